#!/bin/sh
# books.sh -- books as their readers take them: EPUBCheck and Ace judge them, and MuPDF,
# epub.js and foliate-js show every page.
#
#     tests/accept/books.sh PROGRAM FOLDER [SHARED]
#
# Builds sources/, the notes of tests/gallery, which have every kind of block, and, where
# SHARED holds real notes, these too, into FOLDER.  Prints TAP.
program=$1 folder=$2 shared=$3
accept=$(dirname "$0")
build=$(dirname "$folder")
status=0

build() { # NAME NOTES [OPTION...]
    name=$1 notes=$2
    shift 2
    "$program" build "$notes" -o "$folder/$name" -q --no-lock --to epub "$@" >"$folder/$name.log" 2>&1 && return
    echo "not ok - $name builds"
    sed 's/^/# /' "$folder/$name.log"
    status=1
}

rm -rf "$folder"
mkdir -p "$folder"
build sources sources
build gallery "$(dirname "$accept")/gallery"
if [ -n "$shared" ]; then
    build seeds "$shared/notes/seeds"
    build public "$shared/notes/public" --keep-going
fi
"$accept/epubcheck.sh" "$folder"/*/*.epub >"$folder/epubcheck.tap" & # beside those that wait for a browser
epubcheck=$!
set -- "$folder"/sources/*.epub "$folder"/gallery/*.epub ${shared:+"$folder"/seeds/*.epub}
"$build/venv/bin/python" "$accept/pages.py" "$@" || status=1
"$build/venv/bin/python" "$accept/readers" "$build/tools/node_modules" "$@" || status=1
wait $epubcheck || status=1
cat "$folder/epubcheck.tap"
node "$accept/ace.js" "$build/tools/node_modules" "$folder/ace" "$@" || status=1
exit $status
