#!/bin/sh
# explain.sh PROGRAM -- `deckbind explain` accounts for every line, and gives reasons;
# `deckbind list` knows the tags of an entry and of its file.
program=$(realpath "$1")
cd "$(mktemp -d)" || exit 2
cat >note.md <<'END'
---
title: t
---
### 1 GC?
1. a
2. b
<!-- hidden -->

### 2 STW?
答案：stop
END
status=0
check() { # NAME WANT GOT
    if [ "$2" = "$3" ]; then echo "ok - $1"
    else echo "not ok - $1"; printf '# want: %s\n# got:  %s\n' "$2" "$3"; status=1; fi
}
check "every line has its place" 'note.md:1-3: front matter
note.md:4: question (heading): GC?
note.md:5-6: answer of line 4
note.md:7: comment, left out
note.md:8: blank
note.md:9: question (heading): STW?
note.md:10: answer of line 9' "$("$program" explain note.md)"
check "a line has its reasons" 'note.md:5: answer of line 4
    numbered line: text: it counts inside an answer, and an outer count goes on after it' \
    "$("$program" explain note.md:5)"
"$program" explain note.md:11 >/dev/null 2>&1
check "a line that is not there is an error" 2 $?
printf -- '---\ntags: [net]\n---\n## HTTP? #card #own\n\nyes\n' >tags.md
check "tags of an entry and of its file" \
    '{"file":"tags.md","start_line":4,"end_line":6,"kind":"question","answered":true,"question":"HTTP?","tags":"own net","section":"tags","guid":"B?a[sXeYZ@"}' \
    "$("$program" list --json tags.md | tail -n 1)"
exit $status
