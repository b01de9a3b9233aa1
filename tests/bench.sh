#!/bin/sh
# bench.sh -- what a build costs, on generated notes.
#
#     tests/bench.sh PROGRAM BENCH FOLDER [SIZE...]
#
# BENCH holds gen_notes.py and bench_outline.sh; corpora are made in FOLDER.  For each size
# (S and M unless given): CPU and wall seconds, MB of notes a second of CPU, peak memory and
# bytes of both products without colours, and of both together with them, cold (each piece
# of code is coloured) and warm (all are known from the build before); the speed of reading
# and recognising alone; then, in paired runs, the deck against its yardstick: cmark-gfm
# parsing the same notes and pigz -6 deflating the same database.
set -eu
program=$(realpath "$1") bench=$2 folder=$3
recognise=$(dirname "$program")/tests/tools/recognise
shift 3
[ $# -gt 0 ] || set -- S M
mkdir -p "$folder"
measure() { # NAME OPTION...: a build of $notes, of $bytes, into $out
    name=$1
    shift
    /usr/bin/time -f '%U %S %e %M' -o "$folder/time" "$program" build "$notes" -o "$out" -q "$@" >/dev/null
    made=$(cat "$out"/*.* | wc -c)
    awk -v size="$size" -v name="$name" -v notes="$bytes" -v made="$made" '{
        cpu = $1 + $2
        printf "%-2s %-12s cpu %7.2f s  wall %7.2f s  %6.1f MB/s  peak %6.0f MiB  (%.2f x notes)  out %d bytes\n",
            size, name, cpu, $3, notes / 1e6 / cpu, $4 / 1024, $4 * 1024 / notes, made }' "$folder/time"
}

for size; do
    notes=$folder/$size
    [ -d "$notes" ] || python3 "$bench/gen_notes.py" "$notes" --size "$size" >/dev/null
    bytes=$(find "$notes" -type f -exec cat {} + | wc -c)
    for to in apkg,epub apkg epub; do
        out=$folder/out-$size-$to
        measure "$to" --to "$to" --no-highlight
    done
    out=$folder/out-$size-coloured
    rm -rf "$out"
    measure "colours cold"
    measure "colours warm"
    find "$notes" -type f >"$folder/files"
    /usr/bin/time -f '%U %S' -o "$folder/time" "$recognise" <"$folder/files" >/dev/null
    awk -v size="$size" -v notes="$bytes" '{ printf "%-2s %-12s cpu %7.2f s  %6.1f MB/s\n", size, "recognise",
        $1 + $2, notes / 1e6 / ($1 + $2) }' "$folder/time"
    sh "$bench/bench_outline.sh" yardstick "$notes" "$folder/out-$size-apkg"/*.apkg >"$folder/yardstick.sh"
    A="$program build $notes -o $folder/out-$size-apkg --to apkg -q --no-highlight" B="sh $folder/yardstick.sh" \
        sh "$bench/bench_outline.sh" pair 5 | sed "s/^/$size yardstick  /"
done
