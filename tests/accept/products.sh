#!/bin/sh
# products.sh -- decks as their readers take them: the real Anki imports them, and browsers
# lay out the cards.
#
#     tests/accept/products.sh PROGRAM FOLDER [SHARED]
#
# Builds sources/, in each format of a deck, then sources/ with an addition, which is
# imported over the first, the notes of tests/gallery, which have every kind of block,
# and, where SHARED holds real notes, these too, into FOLDER.
# The formats are given to an old Anki too, and what both Ankis export of them is read
# back.  Prints TAP.
program=$1 folder=$2 shared=$3
accept=$(dirname "$0")
python=$(dirname "$folder")/venv/bin/python
old_python=$(dirname "$folder")/venv-old/bin/python
reader=$(dirname "$program")/tests/tools/read_package
status=0

build() { # NAME NOTES [OPTION...]
    name=$1 notes=$2
    shift 2
    if "$program" build "$notes" -o "$folder/$name" -q "$@" >"$folder/$name.log" 2>&1; then echo "ok - $name builds"
    else echo "not ok - $name builds"; sed 's/^/# /' "$folder/$name.log"; status=1; fi
}

# Of note types Anki exports those in use only.
contents() { "$reader" "$1" | grep -E '^(note|cards|media) ' >"$2"; }

same() { # NAME PACKAGE OTHER
    if contents "$2" "$folder/want.txt" && contents "$3" "$folder/got.txt" && [ -s "$folder/want.txt" ] \
        && diff "$folder/want.txt" "$folder/got.txt" >"$folder/diff.txt"; then echo "ok - $1"
    else echo "not ok - $1"; head -20 "$folder/diff.txt" | cut -c 1-200 | sed 's/^/# /'; status=1; fi
}

rm -rf "$folder"
mkdir -p "$folder"
build sources sources --locked
mkdir "$folder/formats"
for format in legacy1 legacy2 latest; do
    build "formats/$format" sources --locked --to apkg --format $format
done
cp -r sources "$folder/notes"
for note in "$folder"/notes/*.md; do
    printf '\n后来补充的一句。\n' >>"$note"
done
build gallery "$(dirname "$accept")/gallery" --no-lock
export SOURCE_DATE_EPOCH=1750000000 # after the date of sources/, and past: Anki takes no date to come
build later "$folder/notes"
unset SOURCE_DATE_EPOCH
if [ -n "$shared" ]; then
    build seeds "$shared/notes/seeds" --lock "$folder/seeds.lock"
    build public "$shared/notes/public" --lock "$folder/public.lock" --keep-going
fi
for deck in "$folder"/*/*.apkg; do
    "$python" "$accept/anki.py" "$deck" || status=1
done
"$python" "$accept/anki.py" "$folder"/sources/*.apkg "$folder"/later/*.apkg || status=1
for anki in "$python" "$old_python"; do
    "$anki" "$accept/anki.py" --formats "$folder"/formats/legacy1/*.apkg \
        "$folder"/formats/legacy2/*.apkg "$folder"/formats/latest/*.apkg || status=1
    "$anki" "$accept/anki.py" --export "$folder"/sources/*.apkg "$folder" || status=1
    for export in legacy latest; do
        same "$export export of $anki is read as it was given" "$folder"/sources/*.apkg "$folder/$export.apkg"
    done
done
for name in sources gallery ${shared:+seeds}; do
    "$python" "$accept/cards.py" "$folder/$name"/*.apkg 40 || status=1
done
exit $status
