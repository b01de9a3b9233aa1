#!/bin/sh
# unit.sh -- runs every unit test in a folder of built ones; prints their TAP.
export CMOCKA_MESSAGE_OUTPUT=TAP
status=0
for test in "$1"/test_*; do
    case $test in *.o|*.d) continue ;; esac
    echo "# $(basename "$test")"
    "$test" || { status=1; echo "not ok - $(basename "$test") ends well"; }
done
exit $status
