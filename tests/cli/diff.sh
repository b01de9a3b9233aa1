#!/bin/sh
# diff.sh PROGRAM PYTHON -- what changed between two decks is told in three forms, and
# nothing in a deck can do more than be shown.  PYTHON has genanki and the real Anki.
program=$(realpath "$1") python=$(realpath -s "$2") makes=$(realpath "$(dirname "$0")/decks.py")
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
status=0

check() { # NAME WANT GOT
    if [ "$2" = "$3" ]; then echo "ok - $1"; return; fi
    printf '%s\n' "$2" >want
    printf '%s\n' "$3" >got
    echo "not ok - $1"
    diff -u want got | sed 's/^/# /'
    status=1
}

# The values of PATHS in the JSON of a report; each is a Python expression on `r`.
ask() { # A B EXPRESSION
    "$program" diff --json "$1" "$2" | "$python" -c "
import json, sys
r = json.load(sys.stdin)
print($3)"
}

# --- decks of deckbind -----------------------------------------------------------

mkdir -p old new
printf 'title: 面试\nidentifier: urn:test:diff\ndeck: 面试\nfile_name: deck\noutputs: [apkg]\n' |
    tee old/deckbind.yaml >new/deckbind.yaml
cat >old/语言.md <<'NOTE'
# 语言

## 什么是闭包？

函数与它的环境。

常用于回调。

## 什么是切片？ ^q-a1b2c3

数组的窗口。

## 什么是接口？

方法的集合，有**类型**和**值**。

## 什么是通道？

协程之间的管道。

## 什么是反射？

在运行时看类型。
NOTE
cat >new/语言.md <<'NOTE'
# 语言

## 什么是闭包？

函数与它的词法环境。

常用于回调。

## 切片（slice）是什么？ ^q-a1b2c3

数组的窗口。

## 什么是接口？

方法的集合，有类型和值。

## 什么是 channel？

协程之间的管道。

## 什么是协程？

由运行时调度的轻量线程。
NOTE
printf '# 网络\n\n## 什么是反射？\n\n在运行时看类型。\n' >new/网络.md
for side in old new; do "$program" build $side -o $side -q >/dev/null || exit 2; done

report='old/deck.apkg → new/deck.apkg

     1 added
     2 reworded
     1 with another answer
     1 with a new id
     1 moved
     1 with other tags
     1 with the same words in other markup

Added (1)
  面试::语言
    + 什么是协程？  语言.md:21
      | 由运行时调度的轻量线程。

Reworded (2)
  面试::语言
    ~ [-什么是切片-]{+切片（slice）是什么+}？  语言.md:9
    ~ 什么是[-通道-]{+ channel+}？  语言.md:17
      | a new id: Anki adds it as a new card beside the old one

Answer changed (1)
  面试::语言
    ~ 什么是闭包？  语言.md:3
      | 函数与它的{+词法+}环境。
      | 常用于回调。

Moved (1): Anki leaves a card in the deck that it is in
  面试::语言 → 面试::网络
    ~ 什么是反射？  网络.md:3
      | tags: +章节::网络 -章节::语言

Markup changed (1)
  面试::语言
    ~ 什么是接口？  语言.md:13'
check "a report for people" "$report" "$("$program" diff old/deck.apkg new/deck.apkg)"
"$program" diff old/deck.apkg new/deck.apkg >/dev/null
check "packages that differ are no error" 0 $?
check "a deck is like itself" 'old/deck.apkg → old/deck.apkg: no change

     5 unchanged' "$("$program" diff old/deck.apkg old/deck.apkg)"

cp -r old moved
printf '\n第一行之前。\n' | cat - old/语言.md >moved/语言.md
"$program" build moved -o moved -q >/dev/null || exit 2
check "a line further down is only counted" 'old/deck.apkg → moved/deck.apkg

     5 only on another line of their file' "$("$program" diff old/deck.apkg moved/deck.apkg)"

check "a report for a comment" '- 什么是闭包？ <sub>语言\.md\:3</sub>

  > 函数与它的**词法**环境。<br>
  > 常用于回调。' "$("$program" diff --markdown old/deck.apkg new/deck.apkg | grep -A 3 闭包)"
check "words in a comment" '- ~~什么是切片~~**切片（slice）是什么**？ <sub>语言\.md\:9</sub>' \
    "$("$program" diff --markdown old/deck.apkg new/deck.apkg | grep 切片)"
check "counts in a comment" '| 2 | reworded |' "$("$program" diff --markdown old/deck.apkg new/deck.apkg | grep '| reworded')"

color() { "$program" diff "$@" old/deck.apkg new/deck.apkg | grep -c "$(printf '\033')\[3"; }
check "no colour in a pipe" 0 "$(color)"
check "colour where it is wanted" yes "$([ "$(color --color)" -gt 5 ] && echo yes)"
terminal() { env TERM=xterm "$@" script -qec "'$program' diff old/deck.apkg new/deck.apkg" /dev/null | grep -c "$(printf '\033')\[3"; }
check "colour on a terminal" yes "$([ "$(terminal env -u NO_COLOR)" -gt 5 ] && echo yes)"
check "no colour where it is refused" 0 "$(terminal NO_COLOR=1)"

# --- decks of another tool ----------------------------------------------------------

"$python" "$makes" . || exit 2
kinds="sorted((c['question']['after'] or c['question']['before'], *c['kinds']) for c in r['changes'])"
check "kinds of changes" "[('什么是 ARP？', 'removed'), ('什么是 DNS？', 'markup'), ('什么是 HTTP？', 'moved', 'tags'), ('什么是 TCP？', 'answer'), ('什么是 UDP？', 'tags')]" \
    "$(ask first.apkg second.apkg "$kinds")"
check "note types and media" "[('added', 'new.png', ''), ('changed', 'udp.png', 'other bytes under the same name'), ('changed', '基础', 'template 卡片; style'), ('removed', 'gone.png', '')]" \
    "$(ask first.apkg second.apkg "sorted((p['kind'], p['name'], p['detail']) for p in r['parts'])")"
check "counts for programs" "{'before': 5, 'after': 4, 'removed': 1, 'answer': 1, 'moved': 1, 'tags': 2, 'markup': 1}" \
    "$(ask first.apkg second.apkg "{k: v for k, v in r['summary'].items() if v}")"
check "other guids, the same questions" "(4, True, True)" \
    "$(ask second.apkg renewed.apkg "(r['summary']['unchanged'], r['changes'] == [], 'guid' in r['remark'])")"
check "other guids, and edits" "$(ask first.apkg second.apkg "$kinds")" "$(ask first.apkg renewed.apkg "$kinds")"

# --- a deck that was studied -----------------------------------------------------------

"$python" - old/deck.apkg exported.apkg <<'PYTHON' || exit 2
import sys
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest

package, exported = sys.argv[1:]
col = Collection("studied.anki2")
col.import_anki_package(ImportAnkiPackageRequest(package_path=package))
note = col.get_note(col.find_notes("什么是闭包")[0])
note.fields[1] += "<div>在 Anki 里补充的。</div>"
note.tags.append("重点")
col.update_note(note)
col.remove_notes(col.find_notes("什么是反射"))
col.export_anki_package(out_path=exported, limit=None, options=ExportAnkiPackageOptions(
    with_scheduling=True, with_deck_configs=False, with_media=True, legacy=False))
PYTHON
check "edits made in Anki are shown with their lines in the notes" 'old/deck.apkg → exported.apkg

     1 removed
     1 with another answer
     1 with other tags
     3 unchanged

Removed (1): an import deletes nothing; delete them in Anki
  面试::语言
    - 什么是反射？  语言.md:21
      | 在运行时看类型。

Answer changed (1)
  面试::语言
    ~ 什么是闭包？  语言.md:3
      | 函数与它的环境。
      | 常用于回调。
      + 在 Anki 里补充的。
      | tags: +重点

Note types and media (1)
    - note type Deckbind 填空' "$("$program" diff old/deck.apkg exported.apkg)"

# --- harm -------------------------------------------------------------------------

why=
for form in '' --json --markdown; do
    "$program" diff $form hostile.apkg hostile2.apkg >out || why="$why $form: exit $?"
    grep -q 乙 out && [ -s out ] || why="$why $form: it shows nothing;"
    ! LC_ALL=C grep -q "$(printf '\033\|\007\|\342\200\256')" out || why="$why $form: a control character;"
    ! grep -q '^[[:space:]]*::\|##\[' out || why="$why $form: a command for the build server;"
done
check "no control character, no command" "" "$why"
"$program" diff --markdown hostile.apkg hostile2.apkg >out
check "tags of a comment are its own" "$(grep -c '^<details><summary>' out)" "$(grep -o '</details>' out | wc -l)"
check "a comment mentions nobody, and holds no script or link" "" "$(grep -i '@all\|<script\|#1\|](' out)"

"$program" diff --markdown long.apkg long2.apkg >out
check "a comment has room" yes "$([ "$("$python" -c 'print(len(open("out").read()))')" -le 60000 ] && echo yes)"
check "what has no room is counted" 200 $(($(grep -c '^- 问题' out) + $(sed -n 's/^\*\([0-9]*\) more do not fit.*/\1/p' out)))
check "and all is closed" "$(grep -c '<details>' out)" "$(grep -c '</details>' out)"

# --- what cannot be compared ----------------------------------------------------------

"$program" diff old/deck.apkg nowhere.apkg >out 2>said
check "a package that is not there" "2 0" "$? $(wc -c <out)"
"$program" diff old/deck.apkg old/语言.md >out 2>said
check "a note is no package" "2 0" "$? $(wc -c <out)"
check "and it is told" 1 "$(grep -c '语言.md' said)"
exit $status
