#!/bin/sh
# run.sh -- runs suites of tests and counts them.
#
#     tests/run.sh LOGS 'name: command' ...
#
# A suite is a command that prints TAP: a line "ok …" or "not ok …" for each test.
# One that ends with an error and no "not ok", or that prints neither, counts as one
# failure.  A test that was skipped has not passed: it is shown, and counted as neither.
# The output of suite NAME goes to LOGS/NAME.log; what failed is shown.  The last line
# states the counts.
logs=$1
shift
mkdir -p "$logs"
passed=0 failed=0
for suite; do
    name=${suite%%: *} command=${suite#*: } log=$logs/${suite%%: *}.log
    start=$(date +%s)
    sh -c "$command" >"$log" 2>&1
    status=$?
    good=$(grep '^ok' "$log" | grep -cv '# SKIP')
    bad=$(grep -c '^not ok' "$log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then bad=1; fi
    printf '%-24s %5d passed %4d failed  %3d s\n' "$name" "$good" "$bad" $(($(date +%s) - start))
    grep '^ok.*# SKIP' "$log"
    if [ "$bad" -gt 0 ]; then
        grep -A 8 '^not ok' "$log" | head -60
        tail -n 25 "$log"
    fi
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
