#!/bin/sh
# score.sh -- how many labelled entries of real notes are found.
#
#     tests/score.sh PROGRAM NOTES
#
# NOTES holds seeds/ and public/ with their labels, and score.py.  The bounds only rise.
program=$1 notes=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
check() { # SET BOUND
    "$program" list --json $(find "$notes/$1" -maxdepth 1 -name '*.txt' -o -maxdepth 1 -name '*__*.md') >"$scratch/$1" || status=1
    python3 "$notes/score.py" --labels "$notes/$1/labels" --pred "$scratch/$1" >"$scratch/table" 2>/dev/null
    sed 's/^/# /' "$scratch/table"
    f1=$(sed -n 's/^all, strict.* F1 \([0-9.]*\).*/\1/p' "$scratch/table")
    if awk -v f1="$f1" -v bound="$2" 'BEGIN { exit !(f1 >= bound) }'; then
        echo "ok - strict F1 of $1 is $f1, at least $2"
    else
        echo "not ok - strict F1 of $1 is $f1, below $2"
        status=1
    fi
}
check seeds 0.95
check public 0.97
exit $status
