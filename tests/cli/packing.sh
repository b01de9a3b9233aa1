#!/bin/sh
# packing.sh PROGRAM -- however the products are packed, they hold the same.
#
# PROGRAM-zlib is the program as it is built without libdeflate and ISA-L.  Prints TAP.
set -u
program=$(realpath "$1") && zlib=$(realpath "$1-zlib") || exit 2
here=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cp -r "$here/book/small/sources" "$scratch/notes" && cd "$scratch" || exit 2
export SOURCE_DATE_EPOCH=1700000000

# Long enough for several blocks of a deck that is deflated.
seq 4000 | sed 's|.*|## 第 & 题问什么？\n\n答案 & 与 `f(&)` 有关，因为 & 乘以 & 不是 &&。\n|' >notes/长.md
# Beside a PNG and an MP3, a drawing and a sound whose forms are not packed.
printf '## 图和声音？\n\n![图](a.svg) ![声](a.wav)\n' >notes/媒体.md
printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1L8 8"/></svg>' >notes/a.svg
printf 'RIFF\204\0\0\0WAVEfmt %0120d' 0 >notes/a.wav

count=0 failed=0
result() { # NAME COMMAND...
    count=$((count + 1)) name=$1
    shift
    if "$@" >log 2>&1; then
        echo "ok $count - $name"
    else
        failed=1
        echo "not ok $count - $name"
        tail -n 20 log | sed 's/^/# /'
    fi
}

build() { # FOLDER PROGRAM OPTION...
    out=$1 by=$2
    shift 2
    "$by" build notes -o "$out" -q --no-lock "$@" >log 2>&1 || { echo "Bail out! $(tail -n 1 log)"; exit 1; }
    mkdir "$out/unpacked"
    for product in "$out"/*.*; do
        unzip -q "$product" -d "$out/unpacked/${product##*.}"
    done
}

same_bytes() { # FOLDER FOLDER
    for product in "$1"/*.*; do cmp "$product" "$2/${product##*/}" || return; done
}

larger() { # FOLDER FOLDER
    for product in "$1"/*.*; do
        [ "$(wc -c <"$product")" -gt "$(wc -c <"$2/${product##*/}")" ] || return
    done
}

methods_are() { # WANT PACKAGE: how many of its media are packed how
    unzip -v "$2" | awk '$NF ~ /^[0-9]+$|(images|sounds)\// { print $2 }' | sort | uniq -c | tr -s ' \n' ' ' >got
    cat got
    [ "$(cat got)" = "$1" ]
}

build default "$program"
build fast "$program" --fast
build one "$program" --fast -j 1
build eight "$program" --fast -j 8
build pinned "$program" --reproducible
build zlib "$zlib"
build zlib-fast "$zlib" --fast
build zlib-pinned "$zlib" --reproducible
build zlib-one "$zlib" --fast -j 1

result "--fast: the same content" diff -r default/unpacked fast/unpacked
result "--fast: more bytes" larger fast default
result "--fast: the same bytes on one thread" same_bytes fast one
result "--fast: the same bytes on eight threads" same_bytes fast eight
result "zlib alone: the same content" diff -r default/unpacked zlib/unpacked
result "zlib alone, --fast: the same content" diff -r default/unpacked zlib-fast/unpacked
result "zlib alone, --fast: more bytes" larger zlib-fast zlib
result "zlib alone, --fast: the same bytes on one thread" same_bytes zlib-fast zlib-one
result "--reproducible: the same bytes with zlib alone" same_bytes pinned zlib-pinned
result "--version tells that zlib is alone" test "$("$zlib" --version | grep -c 'built without \(libdeflate\|ISA-L\)$')" = 2

result "a deck stores PNG and MP3, and deflates SVG and WAV" methods_are ' 2 Defl:N 2 Stored ' pinned/*.apkg
result "a book stores PNG and MP3, and deflates SVG and its drawn cover" methods_are ' 2 Defl:N 2 Stored ' pinned/*.epub

# --- what an earlier build packed -------------------------------------------------------------

rebuild() { "$program" build notes -o "$1" -q --no-lock; }
edit() { printf '## 又问第 %s 个？\n\n答。\n' "$1" >>notes/长.md; }
rebuild_same() { # EDIT DAMAGE: what is made beside the products of before the edit, and by itself
    rm -rf again afresh
    rebuild again && edit "$1" && (cd again && eval "$2") && rebuild again && rebuild afresh && same_bytes afresh again
}
result "beside the products of an earlier build the bytes are the same" rebuild_same 1 :
result "and where they are gone" rebuild_same 2 'rm *.apkg *.epub'
result "or touched" rebuild_same 3 'touch *.apkg *.epub'
result "or other ones that look alike" rebuild_same 4 'for p in *.*; do touch -r "$p" stamp; tr a b <"$p" >other; cat other >"$p"; touch -r stamp "$p"; done; rm stamp other'
export damage
for damage in 's/^\(.*\) \([0-9]* [^ ]*\)$/\1 9\2/' 's/ [0-9]* / 0 /' 's/ [0-9]*/ 99999999999999999999/' 's/[a-z]*\.epub/..\/a.epub/' '1d' 's/^../zz/'; do
    result "or what is written of them is wrong: $damage" rebuild_same "$damage" 'sed -i "$damage" .deckbind-cache/packed'
done

echo "1..$count"
exit $failed
