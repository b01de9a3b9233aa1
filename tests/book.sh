#!/bin/sh
# book.sh -- whole small books: what deckbind makes of tests/book/NAME/sources is, file by
# file, tests/book/NAME/want.
#
#     tests/book.sh [--bless] PROGRAM
#
# The products are compared unpacked, so another zlib changes nothing: the book as its
# files, but for pictures, sounds and style sheets, the deck as the rows of its tables.
bless=
if [ "$1" = --bless ]; then bless=1; shift; fi
program=$(realpath "$1")
books=$(cd "$(dirname "$0")/book" && pwd) || exit 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SOURCE_DATE_EPOCH=1700000000

show_deck() { # PACKAGE FOLDER
    mkdir -p "$2" && unzip -q -o "$1" -d "$scratch/apkg"
    db=$scratch/apkg/collection.anki2
    cp "$scratch/apkg/media" "$2/media.json"
    sqlite3 "$db" "select models from col" | python3 -m json.tool --no-ensure-ascii |
        sed 's|^\( *"css": \)".*",$|\1"styles/card.css",|' >"$2/models.json"
    sqlite3 "$db" "select decks from col" | python3 -m json.tool --no-ensure-ascii >"$2/decks.json"
    sqlite3 -separator '
  ' "$db" "select guid, mid, mod, tags, replace(flds, char(31), char(10) || '  | '), csum from notes order by id" >"$2/notes.txt"
    sqlite3 "$db" "select nid, did, ord, due from cards order by id" >"$2/cards.txt"
    rm -rf "$scratch/apkg"
}

status=0
for book in "$books"/*/; do
    name=$(basename "$book")
    rm -rf "$scratch/out" "$scratch/made" "$scratch/sources"
    cp -r "$book/sources" "$scratch"
    if ! (cd "$scratch" && "$program" build sources -o "$scratch/out" -v --reproducible >"$scratch/log" 2>&1); then
        echo "not ok - book $name builds"
        sed 's/^/# /' "$scratch/log"
        status=1
        continue
    fi
    mkdir -p "$scratch/made/epub"
    show_deck "$scratch"/out/*.apkg "$scratch/made/deck"
    unzip -q "$scratch"/out/*.epub -x '*.png' '*.mp3' '*.css' -d "$scratch/made/epub"
    cp "$scratch/sources/deckbind.lock" "$scratch/made"
    sed "s|$scratch/out|OUT|" "$scratch/log" >"$scratch/made/messages.txt"
    if [ -n "$bless" ]; then rm -rf "$book/want" && cp -r "$scratch/made" "$book/want"; fi
    if diff -ru "$book/want" "$scratch/made" >"$scratch/diff"; then
        echo "ok - book $name"
    else
        echo "not ok - book $name"
        head -80 "$scratch/diff" | sed 's/^/# /'
        status=1
    fi
done
exit $status
