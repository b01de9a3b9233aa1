#!/bin/sh
# headers.sh -- every header stands on its own.
#
#     tests/headers.sh COMPILER FLAGS...
status=0
for h in $(find src -name '*.h'); do
    if "$@" -Werror -fsyntax-only -include "$h" -x c /dev/null; then echo "ok - $h"
    else echo "not ok - $h"; status=1; fi
done
exit $status
