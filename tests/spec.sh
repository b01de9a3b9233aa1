#!/bin/sh
# spec.sh -- the chapters of tests/spec come out as they stand.
#
#     tests/spec.sh [--bless] PROGRAM
bless=
if [ "$1" = --bless ]; then bless=1; shift; fi
program=$(realpath "$1")
tests=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
for chapter in "$tests"/spec/*.md; do
    awk -v deckbind="$program" -v scratch="$scratch" -f "$tests/spec.awk" "$chapter" >"$scratch/made"
    if [ -n "$bless" ]; then cat "$scratch/made" >"$chapter"; fi
    if diff -u "$chapter" "$scratch/made" >"$scratch/diff"; then
        echo "ok - chapter $(basename "$chapter"), $(grep -c '^```` example' "$chapter") examples"
    else
        echo "not ok - chapter $(basename "$chapter")"
        sed 's/^/# /' "$scratch/diff"
        status=1
    fi
done
exit $status
