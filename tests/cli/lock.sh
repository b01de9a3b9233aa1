#!/bin/sh
# lock.sh PROGRAM -- what a build makes of its lock, and what it leaves in it.
#
# An entry keeps its guid, and is dated anew exactly when what it shows changes; what is
# known of an entry outlives builds that do not see it.  Prints TAP.
program=$(realpath "$1")
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset SOURCE_DATE_EPOCH
status=0

check() { # NAME WANT GOT
    if [ "$2" = "$3" ]; then echo "ok - $1"; return; fi
    echo "not ok - $1"
    printf '# want: %s\n# got: %s\n' "$2" "$3"
    status=1
}

# Two files of four questions, one of which has no answer, and their first build.
fresh() {
    rm -rf notes out
    mkdir notes
    printf '## 什么是闭包？\n\n函数与它的环境。\n\n## 什么是常量？\n\n编译时就定下来的值。\n' >notes/a.md
    printf '## 什么是接口？\n\n方法的集合。\n\n## 程序包的初始化顺序是怎样规定的？\n' >notes/b.md
    build || exit 2
}
build() { "$program" build notes -o out "$@" >said 2>&1; }
state() { sed -n "s/^state [^ ]* [0-9]* \([a-z]*\) [a-z]* \([0-9]*\) .* $1\$/\1 \2/p" notes/deckbind.lock; } # QUESTION
guid() { sed -n "s/^state \([^ ]*\) .* $1\$/\1/p" notes/deckbind.lock; } # QUESTION
later() { # QUESTION TIME; whether it is dated after that
    [ "$(state "$1" | cut -d ' ' -f 2)" -gt "$2" ] && echo later
}

# --- files that come and go ---------------------------------------------------------

fresh
printf 'files:\n  - match: b.md\n    ignore: true\n' >notes/deckbind.yaml
build
check "what is ignored is retired" "retired 1704067200" "$(state 什么是接口？)"

fresh
rm notes/b.md && mkdir notes/b.md
build
check "so is what was in a note that is a folder now" "retired 1704067200" "$(state 什么是接口？)"

fresh
cp notes/deckbind.lock before
"$program" build notes/a.md -o out >said 2>&1
check "a build of one file leaves the others alone" "" "$(diff before notes/deckbind.lock)"

# --- what is said to be the same --------------------------------------------------------

fresh
closure=$(guid 什么是闭包？)
build --same "a.md:1=$closure" --same "a.md:5=$closure"
check "an entry is the same as one question only" "2 1" "$? $(grep -c SAME_UNKNOWN said)"
build --same "a.md:1=$closure" --same "a.md:1=$(guid 什么是常量？)"
check "and a question as one entry" "2 1" "$? $(grep -c SAME_UNKNOWN said)"
fresh
closure=$(guid 什么是闭包？)
printf '## {{c1::闭包}} 是什么？\n\n函数与它的环境。\n' >notes/a.md
build --allow-changes --same "a.md:1=$closure"
check "gaps never go on with a question that has none" "2 1" "$? $(grep -c SAME_UNKNOWN said)"

fresh
guid=$(guid 什么是接口？)
printf '\n## 接口在 Go 里指什么东西？\n\n一组方法签名。\n' >>notes/a.md
"$program" build notes/a.md -o out --lock notes/deckbind.lock --same "a.md:9=$guid" >said 2>&1
check "an entry of a file that is not built can be taken out of it" "0 1 $guid" \
    "$? $(grep -cxF "entry $guid" notes/deckbind.lock) $(guid 接口在.*)"

# --- what is out of the deck for a while ------------------------------------------------

fresh
build --with-unanswered
sed -i 's/是怎样/究竟是怎样/' notes/b.md
build
before=$(state 程序包.* | cut -d ' ' -f 2)
build --with-unanswered
check "what was reworded while it was out of the deck is dated when it is back" later "$(later 程序包.* "$before")"

# An earlier deckbind, as far as the lock can tell: what is shown is not what this one shows.
fresh
revision=$(sed -n 's/^render //p' notes/deckbind.lock)
sed -i 's/^render .*/render 0/; s/^\(state .* 1704067200 [0-9a-f]* [0-9a-f]* [0-9a-f]*\) [0-9a-f]*/\1 0123456789abcdef/' notes/deckbind.lock
cp notes/deckbind.lock before
sed "s/^render .*/render $revision/" before >notes/deckbind.lock
build
check "what is only rendered in another way is no change" "live 1704067200" "$(state 什么是接口？)"
cp before notes/deckbind.lock
"$program" build notes/a.md -o out >said 2>&1
check "but where readers are to have it" later "$(later 什么是闭包？ 1704067200)"
build
check "also in files that the first build since then did not read" later "$(later 什么是接口？ 1704067200)"

# --- where it lies ----------------------------------------------------------------------

fresh
mv notes/deckbind.lock kept.lock && ln -s ../kept.lock notes/deckbind.lock
before=$(cat kept.lock)
echo 更多。 >>notes/a.md
build
check "a lock that is a link stays one, and is written where it leads" "0 ../kept.lock yes" \
    "$? $(readlink notes/deckbind.lock) $([ "$(cat kept.lock)" != "$before" ] && echo yes)"
rm kept.lock
build
check "one that leads nowhere is no first build" "2 ../kept.lock" "$? $(readlink notes/deckbind.lock)"

# --- dates that no lock may hold ------------------------------------------------------

for year in 2098 2099 2200 5000; do
    fresh
    rm notes/deckbind.lock
    echo "date: $year-01-31" >notes/deckbind.yaml
    build
    echo 更多。 >>notes/a.md
    SOURCE_DATE_EPOCH=$(((year - 1970) * 31556952)) build
    build
    check "a book of the year $year can be built again and again" 0 $?
done

# --- the guard ------------------------------------------------------------------------

fresh
for about in 垃圾回收的三色标记 协程调度器的抢占 数据库事务的隔离级别 网络连接的四次挥手 哈希表的渐进式扩容 操作系统的缺页中断; do
    printf '\n## %s是如何完成的，它的每一步各有什么作用？\n' $about >>notes/b.md
done
build
sed -i 's/如何完成/怎么完成/' notes/b.md
build
check "nobody has cards of what was never answered, however much of it is reworded" 0 $?

# --- locked ---------------------------------------------------------------------------

# EDIT of fresh notes, then a build that may not change the lock.
locked() { # NAME EXIT EDIT
    fresh
    cp notes/deckbind.lock before
    sh -c "$3"
    build --locked
    check "$1" "$2" "$?$(cmp before notes/deckbind.lock 2>&1)"
}
locked "a lock that knows all is enough" 0 :
locked "one that does not know a question" 2 "printf '\n## 什么是通道？\n\n管道。\n' >>notes/a.md"
locked "an answer that there was none to" 2 "echo '先初始化被导入的包。' >>notes/b.md"
locked "another answer" 2 "echo 更多。 >>notes/a.md"
locked "another wording" 2 "sed -i 's/什么是闭包/闭包是什么/' notes/a.md"
locked "another place" 2 "mv notes/b.md notes/c.md"
locked "another tag" 2 "sed -i '1i ---\ntags: [go]\n---' notes/a.md"
locked "another style" 2 "mkdir notes/s; echo '.dk {}' >notes/s/card.css; echo 'styles: s' >notes/deckbind.yaml"
locked "or one that is gone" 2 "rm notes/b.md"
locked "is not; but blanks are no change" 0 "sed -i 's/。$/。 /' notes/a.md"
rm notes/deckbind.lock
build --locked
check "no lock at all knows nothing, and none is made" "2 1" "$? $(grep -c LOCK_STALE said)$(ls notes | grep lock)"
build --locked --no-lock
check "without a lock there is none to keep" "2 1" "$? $(grep -c -- --no-lock said)"

# --- retired by the thousand --------------------------------------------------------------

fresh
seq 1 1100 | sed 's/.*/## 第 & 题是什么？\n\n答案 &。\n/' >notes/c.md
build
rm notes/c.md
build --allow-changes
check "no search is longer than Anki can bear, and all are searched for" "1100 500" \
    "$(grep -o 'Id:q-' said | wc -l) $(sed -n '/^ *Id:q-/p' said | awk '{ n = gsub("Id:", ""); if (n > m) m = n } END { print m }')"

# --- as far as dates go -----------------------------------------------------------------

fresh
rm notes/deckbind.lock
SOURCE_DATE_EPOCH=99999999999 build
check "a date after 2100 is told, and not used" "0 1 live 1704067200" \
    "$? $(grep -c EPOCH_INVALID said) $(state 什么是闭包？)"
fresh
rm notes/deckbind.lock
echo 'date: 9999-12-31' >notes/deckbind.yaml
build && build
check "a book of a later date has a lock that can be read" 0 $?
sed -i 's/^函数.*/另一个答案。/' notes/a.md
build
check "and what is dated last in it can still change" "0 live 4070822401" "$? $(state 什么是闭包？)"
fresh
sed -i 's/ [0-9]* live / 4102444800000 live /' notes/deckbind.lock
cp notes/deckbind.lock before
build
check "ids that are all spent are told with a line" "2 1" "$? $(grep -c 'deckbind.lock:[0-9]*: error.LOCK_INVALID' said)"
fresh
sed -i '0,/ [0-9]* live /s// 4102444800000 live /' notes/deckbind.lock
printf '\n## 什么是通道？\n\n管道。\n' >>notes/a.md
build
check "so are those that a new question lacks" "2 1" "$? $(grep -c 'deckbind.lock:9: error.LOCK_INVALID' said)"

exit $status
