#!/bin/sh
# products.sh -- decks and books as their readers take them: the real Anki imports the
# deck, EPUBCheck reads the book, browsers lay out the cards and MuPDF the pages.
#
#     tests/accept/products.sh PROGRAM FOLDER [SHARED]
#
# Builds sources/, then sources/ with an addition, which is imported over the first, and,
# where SHARED holds real notes, these too, into FOLDER.  Prints TAP.
program=$1 folder=$2 shared=$3
accept=$(dirname "$0")
python=$(dirname "$folder")/venv/bin/python
status=0

build() { # NAME NOTES [OPTION]
    if "$program" build "$2" -o "$folder/$1" -q $3 >"$folder/$1.log" 2>&1; then echo "ok - $1 builds"
    else echo "not ok - $1 builds"; sed 's/^/# /' "$folder/$1.log"; status=1; fi
}

rm -rf "$folder"
mkdir -p "$folder"
build sources sources
cp -r sources "$folder/notes"
for note in "$folder"/notes/*.md; do
    printf '\n后来补充的一句。\n' >>"$note"
done
export SOURCE_DATE_EPOCH=1750000000 # after the date of sources/, and past: Anki takes no date to come
build later "$folder/notes"
unset SOURCE_DATE_EPOCH
if [ -n "$shared" ]; then
    build seeds "$shared/notes/seeds"
    build public "$shared/notes/public" --keep-going
fi
for deck in "$folder"/*/*.apkg; do
    "$python" "$accept/anki.py" "$deck" || status=1
done
"$python" "$accept/anki.py" "$folder"/sources/*.apkg "$folder"/later/*.apkg || status=1
"$accept/epubcheck.sh" "$folder"/*/*.epub || status=1
for name in sources ${shared:+seeds}; do
    "$python" "$accept/cards.py" "$folder/$name"/*.apkg 40 || status=1
    "$python" "$accept/pages.py" "$folder/$name"/*.epub || status=1
done
exit $status
