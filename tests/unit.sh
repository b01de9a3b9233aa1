#!/bin/sh
# unit.sh FOLDER [NAME...] -- runs the unit tests of these names in a folder of built ones, or
# all; prints their TAP.
export CMOCKA_MESSAGE_OUTPUT=TAP
folder=$1 status=0
shift
[ $# -gt 0 ] || set -- $(cd "$folder" && ls | sed -n 's/^test_\([a-z]*\)$/\1/p')
for name; do
    echo "# $name"
    "$folder/test_$name" || { status=1; echo "not ok - $name ends well"; }
done
exit $status
