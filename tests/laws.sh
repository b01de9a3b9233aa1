#!/bin/sh
# laws.sh OBJECTS -- laws of the house that a machine can see.
status=0
law() { # NAME, faults on standard input
    faults=$(cat)
    if [ -z "$faults" ]; then echo "ok - $1"; return; fi
    echo "not ok - $1"
    echo "$faults" | sed 's/^/# /'
    status=1
}
files=$(find src -name '*.[ch]')

law "no function is longer than 60 lines" <<END
$(awk 'FNR == 1 { open = 0 } /^\{/ { open = FNR } /^\}/ && open {
    if (FNR - open > 60) print FILENAME ":" open ": " FNR - open " lines"; open = 0 }' $files)
END
law "no file is longer than 500 lines" <<END
$(for f in $files; do n=$(wc -l <"$f"); [ "$n" -le 500 ] || echo "$f: $n lines"; done)
END
law "no function of the banned list is called" <<END
$(grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|gets|alloca|setlocale|mktemp|tmpnam|system|popen|localtime|ctime|rand|random|time)\(' $files)
END
law "nothing changes but what a call was given" <<END
$([ -f "$1/src/main.o" ] || echo "no objects in $1/src"
find "$1/src" -name '*.o' | xargs nm -f sysv 2>/dev/null | awk -F '|' \
    '$3 ~ /[bBdDcC]/ && $7 !~ /rel\.ro/ { print "a global that changes: " $1 }' | grep -v '__asan\|__odr\|__tsan')
END
exit $status
