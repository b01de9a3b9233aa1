#!/bin/sh
# quiet.sh -- a command passes when it succeeds and prints nothing.
#
#     tests/quiet.sh NAME COMMAND...
name=$1
shift
said=$("$@" 2>&1)
status=$?
if [ $status -eq 0 ] && [ -z "$said" ]; then echo "ok - $name"; exit 0; fi
echo "not ok - $name"
printf '%s\n' "$said" | sed 's/^/# /'
exit 1
