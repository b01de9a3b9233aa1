#!/bin/sh
# run.sh -- runs suites of tests and counts them: one more at a time than there are processors,
# since those with browsers wait much.
#
#     tests/run.sh LOGS 'name: command' ...
#
# A suite is a command that prints TAP: a line "ok …" or "not ok …" for each test.  None
# may want what another leaves.  One that ends with an error and no "not ok", or that
# prints neither, counts as one failure.  A test that was skipped has not passed: it is
# shown, and counted as neither.
# The output of suite NAME goes to LOGS/NAME.log; what failed is shown.  The last line
# states the counts.

# Run a suite; what is to be said of it at one go, since others speak too.
run_suite() { # LOGS 'name: command'
    name=${2%%: *} command=${2#*: } log=$1/${2%%: *}.log
    start=$(date +%s)
    sh -c "$command" >"$log" 2>&1
    status=$?
    sed -i "s/$(printf '\033')\[[0-9;]*m//g" "$log" # colours may stand before an "ok"
    good=$(grep '^ok' "$log" | grep -cv '# SKIP')
    bad=$(grep -c '^not ok' "$log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
    printf '%-24s %5d passed %4d failed  %3d s\n' "$name" "$good" "$bad" $(($(date +%s) - start))
    grep '^ok.*# SKIP' "$log"
    if [ "$bad" -gt 0 ]; then
        grep -A 8 '^not ok' "$log" | head -60
        tail -n 25 "$log"
    fi
    echo "$good $bad" >"$1/$name.count"
}

if [ "$1" = --suite ]; then
    said=$(run_suite "$2" "$3")
    printf '%s\n' "$said"
    exit
fi
logs=$1
shift
mkdir -p "$logs"
rm -f "$logs"/*.count
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(($(nproc) + 1))" sh "$0" --suite "$logs"
cat "$logs"/*.count | awk -v suites=$# '
    {passed += $1; failed += $2}
    END {failed += suites - NR; printf "%d passed, %d failed\n", passed, failed; exit failed > 0}'
