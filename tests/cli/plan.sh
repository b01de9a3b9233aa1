#!/bin/sh
# plan.sh PROGRAM -- `deckbind plan` tells what the next build does, and does none of it.
program=$(realpath "$1")
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset SOURCE_DATE_EPOCH
status=0

check() { # NAME WANT GOT
    if [ "$2" = "$3" ]; then echo "ok - $1"; return; fi
    printf '%s\n' "$2" >want
    printf '%s\n' "$3" >got
    echo "not ok - $1"
    diff -u want got | sed 's/^/# /'
    status=1
}

build() { "$program" build "$@" -q >/dev/null; }
plan() { "$program" plan "$@"; }
state() { find "$@" -type f -exec sha256sum {} + | sort; }
stop() { plan "$@" | sed -n 's/^The build would stop: \(.*\)\.$/\1/p'; }
ask() { plan --json "$1" | python3 -c "
import json, sys
r = json.load(sys.stdin)
print($2)"; }

# --- a note that is edited in every way -------------------------------------------------

mkdir -p notes/styles
printf 'title: 面试\nidentifier: urn:test:plan\nstyles: styles\n' >notes/deckbind.yaml
echo '.dk { color: #222; }' >notes/styles/card.css
cat >notes/语言.md <<'NOTE'
# 语言

## 什么是闭包？

函数与它的环境。

## 什么是常量？

编译时就定下来的值。

## 什么是切片？

数组的一个窗口，由指针、长度和容量组成。

## 什么是接口？

方法的集合，有**类型**和**值**。

## 什么是通道？

协程之间的管道，可以有缓冲。

## 什么是反射？

在运行时看类型。

## 什么是映射？

键到值的表，底层是哈希表。

## 什么是指针？

存放地址的值。

## 什么是包？
NOTE
check "without a lock all is new, and that is said once" 'deckbind.lock → notes

     8 added
     1 new without an answer, so not in the deck yet

There is no lock yet, so nothing is known of an earlier build: to this one all is new.' "$(plan notes)"

build notes -o out || exit 2
check "a plan behind a build changes nothing" 'deckbind.lock → notes: no change

     8 unchanged

An import would change nothing.' "$(plan notes)"

cp notes/语言.md whole.md
sed '/^## 什么是常量/,/^编译/d' whole.md >notes/语言.md
build notes -o out || exit 2
cat >notes/语言.md <<'NOTE'
# 语言

## 什么是闭包？

函数与它的词法环境，可以捕获变量。

## 什么是常量？

编译时就定下来的值。

## 切片是什么？

数组的一个窗口，由指针、长度和容量组成。

## 什么是接口？

方法的集合，有类型和值。

## 什么是映射？

## 什么是指针？

存放地址的值。

## 什么是包？

一个文件夹里的源文件。

## 什么是协程？

由运行时调度的轻量线程。

## 什么是泛型？
NOTE
printf '# 网络\n\n## 什么是通道？\n\n协程之间的管道，可以有缓冲。\n' >notes/网络.md
echo '.dk { color: #333; }' >notes/styles/card.css

before=$(state notes out)
check "a plan for people" 'deckbind.lock → notes

     2 added
     1 back in the notes
     1 removed
     1 left out of the deck
     1 reworded
     1 with another answer
     1 moved
     1 with the same words that look different
     1 new without an answer, so not in the deck yet
     1 unchanged

Added (2)
    + 什么是包？  语言.md:25
      | 一个文件夹里的源文件。
    + 什么是协程？  语言.md:29
      | 由运行时调度的轻量线程。

Back in the notes (1): their cards go on where they were
    + 什么是常量？  语言.md:7

Removed (1): an import deletes nothing; delete them in Anki
    - 什么是反射？  语言.md

Left out of the deck (1): they have no answer any more; Anki keeps the cards
    - 什么是映射？  语言.md:19

Reworded (1)
    ~ [-什么是切片-]{+切片是什么+}？  语言.md:11

Answer changed (1)
    ~ 什么是闭包？  语言.md:3

Moved (1): Anki leaves a card in the deck that it is in
  语言.md → 网络.md
    ~ 什么是通道？  网络.md:3

Look changed (1): a picture, a tag, a heading above, or markup
    ~ 什么是接口？  语言.md:15

Note types and media (2)
    ~ note type Deckbind 问答: its templates or its style sheet
    ~ note type Deckbind 填空: its templates or its style sheet

An import would add 2 cards, change 4 and leave 2 as they are.' "$(plan notes)"
check "a plan for a comment" '- ~~什么是切片~~**切片是什么**？ <sub>语言\.md\:11</sub>' "$(plan --markdown notes | grep 切片)"
check "with what an import would do" 1 "$(plan --markdown notes | grep -c '^An import would add 2 cards')"
plan --json notes >plan.json
check "and nothing is written" "$before" "$(state notes out)"
check "counts for programs" "{'before': 7, 'after': 8, 'added': 2, 'revived': 1, 'removed': 1, 'left_out': 1, 'reworded': 1, 'answer': 1, 'moved': 1, 'look': 1, 'unanswered': 1, 'unchanged': 1}" \
    "$(ask notes "{k: v for k, v in r['summary'].items() if v}")"
check "cards for programs" "{'added': 2, 'changed': 4, 'unchanged': 2}" "$(ask notes "r['cards']")"
check "an answer of the lock is not known" "('语言.md:3', '语言.md', '语言.md', None, '函数与它的词法环境，可以捕获变量。')" \
    "$(ask notes "next((c['source'], *c['place'].values(), *c['answer'].values()) for c in r['changes'] if c['kinds'] == ['answer'])")"
check "with unanswered questions in the deck" '3 added' "$(plan --with-unanswered notes | sed -n 's/^ *\([0-9]* added\)/\1/p')"

# --- what the plan says is what the build does ------------------------------------------

cat >same.py <<'PYTHON'
import json, sys

def entries(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if line.startswith("state "):
            guid, _, state, _, time, question, answer = words[1:8]
            found[guid] = (state, int(time), question, answer)
    return found

before, after = entries(sys.argv[1]), entries(sys.argv[2])
kinds = {c["id"]: c["kinds"] for c in json.load(open(sys.argv[3]))["changes"]}

def really(guid):
    state, time, question, answer = after[guid]
    old = before.get(guid)
    if state == "unanswered":
        return ["left_out"] if old and old[0] == "live" else [] if old else ["unanswered"]
    if state == "retired":
        return ["removed"] if old[0] != "retired" else []
    if not old or not old[1]:
        return ["added"]
    return (["revived"] * (old[0] == "retired") + ["reworded"] * (old[2] != question)
            + ["answer"] * (old[3] != answer)) or (["dated"] if old[1] != time else [])

for guid in after:
    said = [k if k not in ("moved", "look") else "dated" for k in kinds.pop(guid, [])]
    if said != really(guid):
        print(guid, said, really(guid))
print(kinds)
PYTHON
cp notes/deckbind.lock before.lock
build notes -o out || exit 2
check "the build does what the plan said" "{}" "$(python3 same.py before.lock notes/deckbind.lock plan.json)"
check "and then there is nothing to do" 'deckbind.lock → notes: no change' "$(plan notes | head -n 1)"

# --- what a build would not do -----------------------------------------------------------

mkdir many
for i in 1 2 3 4 5 6 7 8 9 10; do printf '## 第 %s 题是什么？\n\n答案 %s。\n\n' $i $i; done >many/题.md
build many -o out || exit 2
cp many/题.md ten.md
head -n 12 ten.md >many/题.md
check "a guard that would stop the build" 'of 10 cards'\'' questions 7 would be gone, 0 left out of the deck, 0 reworded; 30 % are allowed; if that is meant, give it --allow-changes' \
    "$(stop many)"
plan many >/dev/null
check "is told, and no failure" 0 $?
check "programs see it too" True "$(ask many "'7 would be gone' in r['stop']")"
check "and who asks for a comment" 1 "$(plan --markdown many | grep -c '^The build would stop.*7 would be gone')"
build many -o out 2>said
check "and the build stops" "2 1" "$? $(grep -c TOO_MANY_CHANGES said)"
check "unless it is meant" "" "$(stop --allow-changes many)"
printf 'most_changes: 80\n' >many/deckbind.yaml
check "or allowed for good" "" "$(stop many)"
printf '\n![图](没有.png)\n' | cat ten.md - >many/题.md
check "errors in the notes" "there are errors in the notes" "$(stop many 2>said)"
check "are told with their places" 1 "$(grep -c '题.md:42.*IMAGE_MISSING' said)"

cat >twins.md <<'NOTE'
## 数据库的乐观锁如何实现版本控制？

用版本号比较，更新时检查。
NOTE
mkdir doubt && cp twins.md doubt/锁.md && build doubt -o out || exit 2
guid=$(sed -n 's/^entry //p' doubt/deckbind.lock)
{ sed 's/如何实现/怎样实现/' twins.md; echo; sed 's/如何实现/怎么实现/' twins.md; } >doubt/锁.md
plan doubt >out.txt 2>said
check "a question that may be either of two" "1 2" "$(grep -c 'warning\[MATCH_DOUBT\]' said) $(grep -c '^    + ' out.txt)"
check "is the one that it is said to be" 1 "$(plan doubt --same "锁.md:5=$guid" | grep -c '^    ~ .*锁.md:5')"

# Most of the question stayed, and much of the answer.
answer='先拉取最新的 main，再在本地合并，解决冲突之后跑完所有测试。如果测试通过，就推送到远端，请同事评审；'
printf '## 怎样把 devel 分支合并到 main 分支？\n\n%s评审通过以后由机器人合并，合并之后删除分支。\n' "$answer" >doubt/锁.md
rm doubt/deckbind.lock && build doubt -o out || exit 2
guid=$(sed -n 's/^entry //p' doubt/deckbind.lock)
printf '## 怎样把 devel 分支同步到 main 分支？\n\n%s每周一早上再来一次，直到项目结束。\n' "$answer" >doubt/锁.md
plan doubt >out.txt 2>said
check "a question of which all changed much may be another" "1 1 1" \
    "$(grep -c 'question and answer both differ' said) $(grep -c '^    + ' out.txt) $(grep -c '^    - ' out.txt)"
check "unless it is said to be the same" 1 "$(plan doubt --same "锁.md:1=$guid" | grep -c '^    ~ .*锁.md:1')"

cp before.lock broken.lock && sed -i 's/ live .*/ live/' broken.lock
plan notes --lock broken.lock >out.txt 2>said
check "a lock that cannot be read" "2 0 1" "$? $(wc -c <out.txt) $(grep -c LOCK_INVALID said)"
plan nowhere >out.txt 2>said
check "notes that are not there" "2 0" "$? $(wc -c <out.txt)"

# --- harm ---------------------------------------------------------------------------

bad='</details><script>x</script> @all #1 [l](http://x) ::error::x ##[x] '$(printf '\342\200\256')
mkdir bad
printf '## 乙 %s 一？\n\n答。\n\n## 乙 %s 二是什么意思？\n\n用来做坏事的那一段文字。\n' "$bad" "$bad" >bad/a.md
build bad -o out || exit 2
printf '## 乙 %s 二是什么意思呢，说说？\n\n用来做坏事的那一段文字。\n\n## ::error::乙 %s 三？\n\n::error::x %s\n' "$bad" "$bad" "$bad" >bad/a.md
why=
for form in '' --json --markdown --color; do
    plan $form bad >out.txt || why="$why $form: exit $?;"
    [ "$(grep -o '乙' out.txt | wc -l)" -ge 2 ] || why="$why $form: it shows nothing;"
    ! LC_ALL=C grep -q "$(printf '\007\|\342\200\256')" out.txt || why="$why $form: a control character;"
    ! grep -q '^[[:space:]]*::\|##\[' out.txt || why="$why $form: a command for the build server;"
done
check "no control character, no command" "" "$why"
plan --markdown bad >out.txt
check "tags of a comment are its own" "$(grep -c '^<details><summary>' out.txt)" "$(grep -o '</details>' out.txt | wc -l)"
check "a comment mentions nobody, and holds no script or link" "" "$(grep -i '@all\|<script\|#1\|](' out.txt)"
exit $status
