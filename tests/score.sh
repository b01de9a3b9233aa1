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

at_least() { # WHAT GOT BOUND
    if awk -v got="$2" -v bound="$3" 'BEGIN { exit !(got != "" && got >= bound) }'; then
        echo "ok - $1 is $2, at least $3"
    else
        echo "not ok - $1 is $2, below $3"
        status=1
    fi
}

figure() { # ROW NAME: the first number after NAME in the row of totals
    grep "^all, $1" "$scratch/table" | sed "s/.*[ :]$2 *\([0-9.]*\).*/\1/"
}

for set in seeds public; do
    "$program" list --json $(find "$notes/$set" -maxdepth 1 -name '*.txt' -o -maxdepth 1 -name '*__*.md') \
        >"$scratch/entries" 2>"$scratch/said"
    # Some of their pictures are not there, which is no other failure.
    if [ $? -gt 1 ] || grep ': error\[' "$scratch/said" | grep -v IMAGE_MISSING; then status=1; fi
    python3 "$notes/score.py" --labels "$notes/$set/labels" --pred "$scratch/entries" >"$scratch/table" 2>/dev/null
    sed 's/^/# /' "$scratch/table"
    sed -i 's/macro F1/macro/; s/F1±1/near/' "$scratch/table"
    at_least "strict F1 of $set" "$(figure strict F1)" 0.97
    at_least "lenient F1 of $set" "$(figure lenient F1)" 0.99
    at_least "answered state in $set" "$(figure strict answered)" 0.99
    at_least "overlap of answers in $set" "$(figure strict IoU)" 0.95
    at_least "strict F1 of the worst file of $set" \
        "$(awk -F'|' 'NF == 3 && $2 ~ /[0-9]/ { split($2, f, " "); if (f[3] ~ /^[0-9]/) print f[3] }' "$scratch/table" | sort -n | head -1)" 0.90
done
exit $status
