#!/bin/sh
# retire.sh PROGRAM FOLDER -- entries go, and their notes are tagged in Anki.
#
# Builds editions of a small book into FOLDER, the later ones with --retire.  The packages
# go to the newest Anki and to an old one, see history/retired.py.  Prints TAP.  Wants
# unzip and sqlite3.
program=$1 folder=$2
accept=$(dirname "$0")
python=$(dirname "$folder")/venv/bin/python
old_python=$(dirname "$folder")/venv-old/bin/python
notes=$folder/notes
status=0

ok() { # WHY-NOT NAME; an empty WHY-NOT is a pass
    if [ -z "$1" ]; then echo "ok - $2"; return; fi
    echo "not ok - $2"
    printf '%s\n' "$1" | head -n 20 | sed 's/^/# /'
    status=1
}

day() { echo $((1750000000 + $1 * 86400)); } # in the past: Anki takes no date to come

build() { # NAME DAY [OPTION...]
    name=$1 day=$(day "$2")
    shift 2
    SOURCE_DATE_EPOCH=$day "$program" build "$notes" -o "$folder/$name" --to apkg -v "$@" >"$folder/$name.log" 2>&1
    code=$?
    ok "$([ $code = 0 ] || cat "$folder/$name.log")" "$name builds"
}

rows() { # PACKAGE; its notes
    unzip -qop "$1" collection.anki2 >"$folder/rows.db"
    sqlite3 "$folder/rows.db" "select mod, guid, tags, flds from notes order by guid"
}

first_notes() {
    mkdir -p "$notes"
    printf 'title: 面试\nidentifier: retire\nfile_name: deck\n' >"$notes/deckbind.yaml"
    cat >"$notes/网络.md" <<'END'
---
tags: [基础]
---
# 网络

## TCP 握手为什么是三次？

双方都要确认对方能收发。

## TIME_WAIT 为什么要等 2MSL？

最后的 ACK 可能丢。

## 什么是粘包？

字节流没有边界。
END
    cat >"$notes/语言.md" <<'END'
# 语言

## {{c1::channel}} 在 {{c2::goroutine}} 之间传值。

## 切片扩容时会发生什么？

分配新的数组，再复制元素。
END
}

remove() { # FILE QUESTION
    grep -qF "## $2" "$notes/$1" || ok "no $2 in $1" "the edit is made"
    awk -v title="## $2" '/^## /{ off = index($0, title) == 1 } !off' "$notes/$1" >"$folder/left"
    mv "$folder/left" "$notes/$1"
}

no_product() { # NAME; a package of what is retired, where there should be none
    [ ! -e "$folder/$1/deck-retired.apkg" ] || echo "$1/deck-retired.apkg is there"
}

told() { # NAME CODE; what was said instead
    grep -q "\[$2" "$folder/$1.log" || cat "$folder/$1.log"
}

rm -rf "$folder"
mkdir -p "$folder"
first_notes
build first 0
first=$folder/first/deck.apkg
build nothing 0 --retire "$first"
ok "$(no_product nothing; told nothing RETIRED_NONE)" "where nothing is retired there is no package, and a note says so"

cp -r "$notes" "$folder/all"
remove 网络.md TIME_WAIT
remove 语言.md "{{c1::channel}}"
cp "$notes/deckbind.lock" "$folder/lock.before"

"$python" - "$folder/foreign.apkg" <<'END'
import sys
import genanki
kind = genanki.Model(1600000000001, "基础", fields=[{"name": "正面"}, {"name": "背面"}],
                     templates=[{"name": "卡片", "qfmt": "{{正面}}", "afmt": "{{背面}}"}])
deck = genanki.Deck(1600000000002, "别的")
deck.add_note(genanki.Note(kind, ["问", "答"]))
genanki.Package(deck).write_to_file(sys.argv[1])
END
build foreign 1 --retire "$folder/foreign.apkg"
ok "$(no_product foreign; told foreign 'RETIRED_MISSING].* 2 of 2$')" "of a deck that has none of them, it is said so"
ok "$(grep tagged "$notes/deckbind.lock")" "and the lock has none for tagged"

cp "$folder/lock.before" "$notes/deckbind.lock"
SOURCE_DATE_EPOCH=$(day 1) "$program" build "$notes" -o "$folder/locked" --locked --retire "$first" >"$folder/locked.log" 2>&1
ok "$([ $? = 2 ] || echo "exit $?"; told locked LOCK_STALE; no_product locked)" "a lock that may not change is not built past"

build legacy1 1 --retire "$first"
for format in legacy2 latest; do
    build $format 5 --retire "$first" --locked --format $format
done
retired=$folder/legacy1/deck-retired.apkg
build again 6 --retire "$retired" --retire "$first" --locked
ok "$(rows "$retired" >"$folder/want"; rows "$folder/again/deck-retired.apkg" | diff "$folder/want" - 2>&1)" \
    "what is tagged already is tagged once, and dated as it was"
ok "$([ "$(grep -c . "$folder/want")" = 2 ] || cat "$folder/want")" "what is retired is in the package, and nothing else"

# A lock that does not know what was published learns it from the package.
cp "$folder/lock.before" "$notes/deckbind.lock"
build learnt 7 --retire "$retired"
ok "$(rows "$folder/learnt/deck-retired.apkg" | diff "$folder/want" - 2>&1)" "a package tells that it was tagged, and when"

# A release that came late: Anki may have notes that are dated after all in the lock.
cp "$folder/lock.before" "$notes/deckbind.lock"
unzip -qop "$first" collection.anki2 >"$folder/late.db"
sqlite3 "$folder/late.db" "update notes set mod = $(day 30)"
mkdir "$folder/late-parts"
unzip -qd "$folder/late-parts" "$first"
mv "$folder/late.db" "$folder/late-parts/collection.anki2"
"$python" -c 'import shutil, sys; shutil.make_archive(*sys.argv[1:2], "zip", sys.argv[2])' "$folder/late" "$folder/late-parts"
build late 2 --retire "$first" --retire "$folder/late.zip" --retire "$first"
ok "$(rows "$folder/late/deck-retired.apkg" | cut -d '|' -f 1 | grep -vx "$(($(day 30) + 1))")" \
    "they are dated after the latest package that has them"

cp "$folder/lock.before" "$notes/deckbind.lock"
build once 1 --retire "$first"
cp "$folder/all/网络.md" "$notes"
build back 2
for anki in "$python" "$old_python"; do
    for format in legacy1 legacy2 latest; do
        "$anki" "$accept/history/retired.py" "$(day 1)" "$first" "$folder/legacy1/deck.apkg" \
            "$folder/$format/deck-retired.apkg" "$folder/back/deck.apkg" || status=1
    done
done

# A deck of another tool goes on in its own note type, of which less is known.
notes=$folder/theirs
mkdir "$notes"
printf 'title: 面试\nidentifier: theirs\nfile_name: deck\n' >"$notes/deckbind.yaml"
"$python" - "$folder/theirs.apkg" "$notes/数据库.md" <<'END'
import sys
import genanki
rows = [("什么是事务？", "一起成功，或者一起失败。", "反"), ("什么是索引？", "有序的副本，查得快。", ""),
        ("什么是死锁？", "互相等着对方的锁。", ""), ("什么是幻读？", "同一个查询多出了行。", "反"),
        ("什么是主键？", "唯一地指出一行。", "")]
kind = genanki.Model(1600000000003, "基础", fields=[{"name": name} for name in ("正面", "背面", "反向")],
                     templates=[{"name": "问", "qfmt": "{{正面}}", "afmt": "{{背面}}"},
                                {"name": "反", "qfmt": "{{#反向}}{{背面}}{{/反向}}", "afmt": "{{正面}}"}],
                     css=".card { color: navy; }")
deck = genanki.Deck(1600000000004, "面试")
for row in rows:
    deck.add_note(genanki.Note(kind, row, tags=["旧的"]))
genanki.Package(deck).write_to_file(sys.argv[1], timestamp=1700000000.0)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("# 数据库\n" + "".join(f"\n## {question}\n\n{answer}\n" for question, answer, _ in rows))
END
"$program" adopt "$folder/theirs.apkg" "$notes" >"$folder/adopt.log" 2>&1
ok "$(grep -q '^5 of 5' "$folder/adopt.log" || cat "$folder/adopt.log")" "a deck of another tool is adopted"
remove 数据库.md 什么是事务
remove 数据库.md 什么是索引
for format in legacy1 latest; do
    build "theirs-$format" 1 --retire "$folder/theirs.apkg" --format $format
done
for anki in "$python" "$old_python"; do
    for format in legacy1 latest; do
        "$anki" "$accept/history/retired.py" "$(day 1)" "$folder/theirs.apkg" "$folder/theirs-legacy1/deck.apkg" \
            "$folder/theirs-$format/deck-retired.apkg" || status=1
    done
done
exit $status
