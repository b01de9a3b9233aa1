#!/bin/sh
# look.sh -- is code shown as code, and text as text?
#
#     tests/look.sh CODE_LINES NOTES
#
# tests/look.tsv labels every fence, every indented run and every bare code of the notes
# in sources/ and in NOTES: file, first line, last line, code or prose.  CODE_LINES
# prints which lines of a note become code.  Code that nobody labelled counts as wrong.
tool=$(realpath "$1") notes=$(realpath "$2")
tests=$(cd "$(dirname "$0")" && pwd)
made=$(mktemp)
trap 'rm -f "$made"' EXIT
cut -f1 "$tests/look.tsv" | sort -u | while IFS= read -r file; do
    case $file in sources/*) path=$tests/../$file ;; *) path=$notes/$file ;; esac
    "$tool" "$path" | awk -v file="$file" '{ print file "\t" $1 "\t" $2 }' || exit 1
done >"$made" || echo 'not ok - every note can be read'
awk -F'\t' '
FNR == NR { for (i = $2; i <= $3; i++) code[$1, i] = FILENAME; from[++n] = $1 "\t" $2; next }
{
    inside = 0
    for (i = $2; i <= $3; i++) { inside += ($1, i) in code; labelled[$1, i] = 1 }
    # the line that closes a fence is not there where the fence is never closed
    right = $4 == "code" ? inside >= $3 - $2 : inside == 0
    all++; good += right
    if (!right) print "# " $1 ":" $2 "-" $3 " is " $4
}
END {
    for (k = 1; k <= n; k++) {
        split(from[k], at, "\t")
        if (!((at[1], at[2]) in labelled)) { all++; print "# " at[1] ":" at[2] " became code" }
    }
    ok = all && good / all >= 0.99
    printf "%sok - %d of %d are what they are shown as\n", ok ? "" : "not ", good, all
    exit !ok
}' "$made" "$tests/look.tsv"
