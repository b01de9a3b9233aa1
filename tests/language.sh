#!/bin/sh
# language.sh -- is the language of a fence guessed as its writer names it?
#
#     tests/language.sh FENCE_LANGUAGE NOTES
#
# A wrong name is worse than none: of all fences of the notes that name a language, not
# one in a hundred may get another, and two thirds must get theirs.
find "$2" -name '*.md' -o -name '*.txt' | LC_ALL=C sort | xargs "$1" | awk -F'\t' '
BEGIN { same["javascript"] = same["jsx"] = "js"; same["golang"] = "go"; same["bash"] = same["shell"] = "sh" }
{
    named = $1 in same ? same[$1] : $1
    all++
    right += named == $2
    if ($2 != "-" && named != $2) { wrong++; print "# " $3 " is " $1 ", not " $2 }
}
END {
    ok = all && wrong <= all / 100 && right >= all * 2 / 3
    printf "%sok - of %d languages %d are guessed right, %d wrong\n", ok ? "" : "not ", all, right, wrong
    exit !ok
}'
