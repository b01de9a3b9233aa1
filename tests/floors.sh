#!/bin/sh
# floors.sh -- the plan of the house, and a look whether the code keeps to it.
#
# A file may include its own room, and any room on a floor below; those of floor 5
# see each other.
floors='base 1
model 2
read 3
recognise 3
inline 3
book 3
render 3
emit 4
compare 5
cmd 5
deckbind 5
options 5
main 6'

# A library is known to one file.
libraries='utf8proc.h base/utf8.c
jansson.h base/json.c
zlib.h base/pack.c
libdeflate.h base/pack.c
isa-l base/pack.c
zstd.h base/zstd.c
sha1.h base/hash.c
sha2.h base/hash.c
pthread.h base/pool.c
duktape.h base/js.c
yaml.h read/yaml.c
cyaml read/config.c
uchardet read/decode.c
iconv.h read/decode.c
sqlite3.h emit/apkg/database.c
zip.h emit/bundle.c
libxml base/xml.c
pango emit/epub/cover_png.c
cairo emit/epub/cover_png.c
fontconfig emit/epub/cover_png.c'

cd "$(dirname "$0")/../src" || exit 2
grep -rn '^#include' --include='*.[ch]' --include='*.def' . | sed 's/^\.\///' |
awk -F: -v floors="$floors" -v libraries="$libraries" '
function table(text, into,   rows, n, i, cell) {
    n = split(text, rows, "\n")
    for (i = 1; i <= n; i++) { split(rows[i], cell, " "); into[cell[1]] = cell[2] }
}
function room(path) { sub(/\/.*/, "", path); sub(/\.[a-z]+$/, "", path); return path }
function complain(what) { print $1 ":" $2 ": " what; bad = 1 }

BEGIN { table(floors, floor); table(libraries, owner) }

$3 ~ /"/ {
    split($3, quoted, "\""); from = room($1); to = room(quoted[2])
    if (!(from in floor) || !(to in floor)) complain("a room without a floor: " quoted[2])
    else if (from != to && floor[to] > floor[from]) complain(from " may not see " quoted[2])
    else if (from != to && floor[to] == floor[from] && floor[to] < 5) complain(from " may not see " quoted[2])
}
$3 ~ /</ {
    for (name in owner)
        if (index($3, "<" name) && $1 != owner[name]) complain(name " belongs to " owner[name])
}
END { exit bad }'
