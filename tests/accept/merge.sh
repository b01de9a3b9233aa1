#!/bin/sh
# merge.sh PROGRAM -- two writers change the same notes, and git merges notes and lock.
#
# Each case begins with the same repository of notes and its lock.  Two branches edit it,
# and each builds and commits.  After the merge a build must give every entry the guid,
# the date and the text that the branch which changed it gave it, and leave the lock as
# git merged it.  Where git cannot merge the lock, the build must say what to do, and that
# must work.  Prints TAP.  Wants git, sqlite3 and unzip.
set -u

program=$(realpath "$1") || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
export HOME="$scratch" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=w GIT_AUTHOR_EMAIL=w@example.org \
    GIT_COMMITTER_NAME=w GIT_COMMITTER_EMAIL=w@example.org
tab=$(printf '\t') # which no guid has
count=0 failed=0 theirs_day=2

ok() { # WHY-NOT NAME; an empty WHY-NOT is a pass
    count=$((count + 1))
    if [ -z "$1" ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        printf '%s\n' "$1" | head -n 20 | sed 's/^/# /'
    fi
}

# --- notes -----------------------------------------------------------------------

first_notes() {
    printf 'title: 面试笔记\nidentifier: merge\nfile_name: deck\n' >notes/deckbind.yaml
    cat >notes/网络.md <<'END'
# 网络

## TCP 握手为什么是三次？

双方都要确认对方能收发。

## TIME_WAIT 为什么要等 2MSL？

最后的 ACK 可能丢。

## 什么是拥塞控制？

慢启动、拥塞避免、快重传。

## 什么是粘包？

字节流没有边界。
END
    cat >notes/语言.md <<'END'
# 语言

## 什么是 channel？

goroutine 之间的管道。

## 切片扩容时会发生什么？

分配新的数组，再复制元素。
END
}

replace() { # FILE OLD NEW
    grep -qF "$2" "notes/$1" || echo "no $2 in $1" >>faults
    sed -i "s/$2/$3/" "notes/$1"
}

insert() { # FILE BEFORE ENTRY
    grep -qF "## $2" "notes/$1" || echo "no $2 in $1" >>faults
    sed -i "s/^## $2/## $3\n\n&/" "notes/$1"
}

remove() { # FILE QUESTION
    grep -qF "## $2" "notes/$1" || echo "no $2 in $1" >>faults
    awk -v title="## $2" '/^## /{ off = index($0, title) == 1 } !off' "notes/$1" >left && mv left "notes/$1"
}

append() { printf '\n## %s\n\n%s\n' "$2" "$3" >>"notes/$1"; }

add_file() { printf '# %s\n\n## %s\n\n%s\n' "${1%.md}" "$2" "$3" >"notes/$1"; }

restyle() { # COLOUR
    mkdir -p notes/样式
    echo ".card { color: $1; }" >notes/样式/card.css
    echo 'styles: 样式' >>notes/deckbind.yaml
}

rename() { git -C notes mv "$1" "$2" || echo "no $1" >>faults; }

# --- building ----------------------------------------------------------------------

build() { # NAME DAY; the notes and note types of its deck go to NAME.rows
    SOURCE_DATE_EPOCH=$((1700000000 + $2 * 86400)) "$program" build notes -o "out/$1" --to apkg >"$1.log" 2>&1 || return
    unzip -qop "out/$1/deck.apkg" collection.anki2 >"$1.db"
    # The line of the file is no content of a note.
    sqlite3 -separator "$tab" "$1.db" "select guid, mod, replace(flds, x'1f', '$tab') from notes;
        select 'type ' || key, value ->> 'mod', replace(value ->> 'css', x'0a', ' ')
        from col, json_each(models)" | sed 's/\(\.md\):[0-9]*/\1/' | LC_ALL=C sort >"$1.rows"
}

commit() { git -C notes add -A && git -C notes commit -qm "$1"; }

branch() { # NAME DAY EDITS
    git -C notes checkout -qb "$1" first && eval "$3"
    build "$1" "$2" || ok "$(cat "$1.log")" "$title: $1 builds"
    commit "$1" || echo "$1 has nothing to commit" >>faults
}

begin() { # TITLE OURS THEIRS
    title=$1
    rm -rf notes out ./*.rows ./*.db ./*.log faults
    mkdir notes && : >faults
    git -C notes init -q -b first
    first_notes
    build first 0 || ok "$(cat first.log)" "$title: the first build"
    commit first
    branch ours 1 "$2"
    branch theirs $theirs_day "$3"
    ok "$(cat faults)" "$title: the edits are made"
    git -C notes checkout -q ours
}

# --- cases -------------------------------------------------------------------------

# What came of the merge is what either branch made of each entry.
want_rows() {
    awk -F '\t' 'FILENAME == "first.rows" { first[$1] = $0; next }
        FILENAME == "ours.rows" { ours[$1] = $0; next }
        { theirs[$1] = $0 }
        END {
            for (guid in first) all[guid]; for (guid in ours) all[guid]; for (guid in theirs) all[guid]
            for (guid in all) {
                row = ours[guid] != first[guid] ? ours[guid] : theirs[guid]
                if (row != "") print row
            }
        }' first.rows ours.rows theirs.rows | LC_ALL=C sort
}

doubled() {
    grep -q '^entry ' notes/deckbind.lock || echo "no entry is in the lock at all"
    grep '^entry ' notes/deckbind.lock | cut -d ' ' -f 2 | sort | uniq -d
}

# What a reader of NAME would not see of a merge, since Anki takes no earlier date for a change.
unseen() { # MERGED NAME
    awk -F '\t' '{ shown = $0; sub(/\t[0-9]+/, "", shown) }
        NR == FNR { time[$1] = $2; merged[$1] = shown; next }
        $1 in time && merged[$1] != shown && time[$1] <= $2 { print FILENAME ": " $0 ", now " time[$1] }' "$1.rows" "$2.rows"
}

merges() { # TITLE OURS THEIRS
    begin "$@"
    git -C notes merge -q theirs -m merge >merge.log 2>&1
    ok "$(git -C notes diff --name-only --diff-filter=U)" "$title: git merges notes and lock"
    build merged 3 || ok "$(cat merged.log)" "$title: the merge builds"
    want_rows >want
    ok "$(diff want merged.rows 2>&1)" "$title: each entry is as its branch made it"
    ok "$(git -C notes status --porcelain)" "$title: the build leaves the lock as git merged it"
    ok "$(doubled)" "$title: no entry is in the lock twice"
    ok "$(unseen merged ours; unseen merged theirs)" "$title: readers of both branches see the merge"
    build again 4
    ok "$(diff want again.rows 2>&1)" "$title: a later build changes nothing"
}

merges "neighbours edited" \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"' \
    'replace 网络.md "慢启动、" "慢启动，然后是"'
merges "neighbours reworded" \
    'replace 网络.md "TIME_WAIT 为什么要等 2MSL？" "为什么要在 TIME_WAIT 停 2MSL？"' \
    'replace 网络.md "什么是拥塞控制？" "拥塞控制是什么？"'
merges "an entry inserted before one that is edited" \
    'insert 网络.md "什么是拥塞控制" "什么是滑动窗口？\n\n收方能收多少。"' \
    'replace 网络.md "慢启动、" "慢启动，然后是"'
merges "an entry inserted after one that is edited" \
    'insert 网络.md "什么是拥塞控制" "什么是滑动窗口？\n\n收方能收多少。"' \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"'
merges "entries inserted on both sides of one" \
    'insert 网络.md "什么是拥塞控制" "什么是滑动窗口？\n\n收方能收多少。"' \
    'insert 网络.md "什么是粘包" "什么是 MSS？\n\n最大的报文段。"'
merges "an entry removed and its neighbour edited" \
    'remove 网络.md "什么是拥塞控制"' \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"'
merges "a file renamed and another edited" \
    'rename 网络.md 计算机网络.md' \
    'replace 语言.md "之间的管道" "之间传值的管道"'
merges "a file added and another edited" \
    'add_file 系统.md "什么是死锁？" "互相等着对方的资源。"' \
    'replace 语言.md "之间的管道" "之间传值的管道"'
merges "a file renamed, so that it comes last, and another edited" \
    'rename 网络.md 高级网络.md' \
    'replace 语言.md "之间的管道" "之间传值的管道"'
merges "an entry moved to another file and its neighbour edited" \
    'remove 网络.md "什么是粘包"; append 语言.md "什么是粘包？" "字节流没有边界。"' \
    'replace 网络.md "慢启动、" "慢启动，然后是"'
merges "entries appended to two files" \
    'append 网络.md "什么是 MSS？" "最大的报文段。"' \
    'append 语言.md "什么是 map？" "散列表。"'
merges "the style changed and an entry edited" \
    'restyle "#204080"' \
    'replace 语言.md "之间的管道" "之间传值的管道"'
merges "the same entry removed on both branches" \
    'remove 网络.md "什么是拥塞控制"' \
    'remove 网络.md "什么是拥塞控制"; replace 语言.md "之间的管道" "之间传值的管道"'

# --- where git cannot ----------------------------------------------------------------

guids() { cut -f 1 "$@" | sort -u; }

refused() {
    cp notes/deckbind.lock lock.before
    build refused 3
    status=$?
    [ "$status" = 2 ] || echo "exit $status, not 2"
    grep -q 'deckbind.lock:[0-9]*.*LOCK_CONFLICT' refused.log || cat refused.log
    cmp lock.before notes/deckbind.lock
}

# RESOLVE is what the writer does to the notes, after git said that they conflict.
conflicts() { # TITLE OURS THEIRS RESOLVE
    begin "$1" "$2" "$3"
    git -C notes merge -q theirs -m merge >merge.log 2>&1
    grep -q '^<<<<<<<' notes/deckbind.lock || ok "the lock is whole" "$title: git cannot merge the lock"
    eval "$4"
    ok "$(refused 2>&1)" "$title: the build refuses, says why, and changes nothing"
    grep -q 'take out the lines that begin with <<<<<<<' refused.log || echo "it says something else" >>faults
    sed -i -E '/^(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)/d' notes/deckbind.lock
    ok "$(cat faults)" "$title: what it says can be done"
    build solved 4 || ok "$(cat solved.log)" "$title: then it builds"
    guids solved.rows >solved.guids
    ok "$(guids ours.rows theirs.rows | diff - solved.guids 2>&1)" "$title: all guids are kept"
    ok "$(unseen solved ours; unseen solved theirs)" "$title: readers of both branches see the merge"
    ok "$(doubled)" "$title: no entry is in the lock twice"
    commit merge
    build again 5
    ok "$(diff solved.rows again.rows 2>&1; git -C notes status --porcelain)" "$title: a later build changes nothing"
}

conflicts "the same answer edited on both branches" \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"' \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢了"' \
    'git -C notes checkout -q --ours 网络.md; replace 网络.md "可能丢失" "也许会丢"'
conflicts "the same question reworded on both branches" \
    'replace 网络.md "什么是拥塞控制？" "拥塞控制是什么？"' \
    'replace 网络.md "什么是拥塞控制？" "拥塞控制做什么？"' \
    'git -C notes checkout -q --theirs 网络.md'
conflicts "a file renamed and an entry of it edited" \
    'rename 网络.md 计算机网络.md' \
    'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"' \
    :
conflicts "two entries inserted at the same place" \
    'insert 网络.md "什么是拥塞控制" "什么是滑动窗口？\n\n收方能收多少。"' \
    'insert 网络.md "什么是拥塞控制" "什么是 MSS？\n\n最大的报文段。"' \
    'sed -i -E "/^(<<<<<<<|=======|>>>>>>>)/d" notes/网络.md'
conflicts "an entry removed and edited" \
    'remove 网络.md "什么是拥塞控制"' \
    'replace 网络.md "慢启动、" "慢启动，然后是"' \
    'git -C notes checkout -q --theirs 网络.md'
conflicts "two files added at the same place" \
    'add_file 系统.md "什么是死锁？" "互相等着对方的资源。"' \
    'add_file 索引.md "什么是索引？" "有序的表。"' \
    :
conflicts "a file renamed, so that it comes last, and the entry before it edited" \
    'rename 网络.md 高级网络.md' \
    'replace 语言.md "再复制" "然后复制"' \
    :
conflicts "the style changed on both branches" \
    'restyle "#204080"' \
    'restyle "#208040"' \
    'git -C notes checkout -q --ours 样式/card.css'

# Dates tell nothing where both were built in one second.
theirs_day=1
for side in ours theirs; do
    conflicts "the same answer edited in the same second, and that of $side kept" \
        'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢失"' \
        'replace 网络.md "最后的 ACK 可能丢" "最后的 ACK 可能丢了"' \
        "git -C notes checkout -q --$side 网络.md"
    conflicts "the style changed in the same second, and that of $side kept" \
        'restyle "#204080"' \
        'restyle "#208040"' \
        "git -C notes checkout -q --$side 样式/card.css"
done

echo "1..$count"
[ $failed = 0 ]
