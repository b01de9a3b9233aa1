#!/bin/sh
# rebuild.sh PROGRAM -- an edit changes only those documents of the book that show it.
#
# So a reading program keeps its places in all others.  Prints TAP.
set -u
program=$(realpath "$1") || exit 2
here=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cp -r "$here/book/study/sources" "$scratch/notes" && cd "$scratch" || exit 2
export SOURCE_DATE_EPOCH=1700000000

build() { # FOLDER
    "$program" build notes -o out -q --allow-changes >log 2>&1 && mkdir "$1" && unzip -q out/*.epub -d "$1"
}

count=0 failed=0
changes() { # NAME WANT: what changed since the build before, by the first letters of the documents
    count=$((count + 1))
    build "after$count" || { echo "Bail out! $(tail -n 1 log)"; exit 1; }
    changed=$(diff -rq "before" "after$count" | sed 's|.*/\([^/ ]*\) .* differ|\1|; s/-.*//' | sort | tr '\n' ' ')
    rm -rf before && mv "after$count" before
    if [ "$changed" = "$2" ]; then
        echo "ok $count - $1"
    else
        failed=1
        echo "not ok $count - $1"
        echo "# changed: $changed, and not: $2"
    fi
}

build before || { echo "Bail out! $(tail -n 1 log)"; exit 1; }
changes "nothing was edited" ""
sed -i 's/四个条件同时成立/四个条件要同时成立/' notes/并发.md
changes "an answer: its page, its copy, and the facts of the file" "a c colophon.xhtml "
sed -i 's/^## sync.Pool 什么时候清空？/## sync.Pool 在什么时候清空？/' notes/并发.md
changes "a question: its page, its copies, contents and index" "a c colophon.xhtml index.xhtml nav.xhtml toc.ncx z "

echo "1..$count"
exit $failed
