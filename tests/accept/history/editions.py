"""What the writer publishes, and what a reader who imports it must see.

An edition is the notes after some edits.  Entries are named by words that their question
keeps through every edit: those that are new in the deck, those whose cards show something
else, those that are gone, or back.  All others must come to the reader as duplicates.  The
first edition of a history is built on day 1, and so on, unless a day is given.
"""
from collections import namedtuple

from notes import (GAPS, GO, SYSTEM, TCP, TERMS, insert, move, paint, remove, rename, replace,
                   reverse)

ENTRIES = ("握手", "TIME_WAIT", "拥塞", "粘包", "channel", "goroutine", "互斥锁", "逃逸", "切片",
           "发布", "三色", "UDP", "栈", "队列", "线程", "死锁", "屏障", "HTTP")
AT_FIRST = set(ENTRIES) - {"屏障", "HTTP"}  # the one has no answer yet
IN_TCP = {"握手", "TIME_WAIT", "拥塞", "粘包"}

OTHER_SHEET = ".card { color: #204080; background: white; }\n"
NEW_ENTRY = "№、HTTP 是无状态的吗？\n\n是，状态放在 Cookie 里。"

Edition = namedtuple("Edition", "name edits new updated gone back sheet day",
                     defaults=(set(), set(), set(), set(), None, None))

# Histories, each beginning with the first edition, in which nothing was edited yet; and
# the readers of each, by the numbers of the editions that they import after the first.
History = namedtuple("History", "name editions readers", defaults=([(0,)],))


def one(name, *edits, **expected):
    return History(name, [Edition(name, edits, **expected)])


HISTORIES = [
    one("no edit"),
    one("an answer edited",
        replace(GO, "goroutine 之间的管道", "goroutine 之间传值的管道"), updated={"channel"}),
    one("a question reworded",
        replace(GO, "切片扩容时会发生什么？", "给切片追加元素，容量不够时怎么办？"), updated={"切片"}),
    one("question and answer reworded",
        replace(TCP, "TIME_WAIT 为什么要等 2MSL？", "TIME_WAIT 状态为什么要等 2MSL？"),
        replace(TCP, "旧的报文也要消失", "旧的报文也要在网络里消失"), updated={"TIME_WAIT"}),
    one("an entry inserted first", insert(TCP, "握手", NEW_ENTRY), new={"HTTP"}),
    one("entries reordered", reverse(TCP, "握手", "粘包"), reverse(GO, "channel", "互斥锁")),
    one("a file renamed", rename(TCP, "计算机网络.md"), updated=IN_TCP),
    one("a folder renamed", rename(GO, "编程/go.md"), rename(GAPS, "编程/填空.md"),
        updated={"channel", "goroutine", "互斥锁", "逃逸", "切片", "发布", "三色"}),
    one("a section renamed", replace(GO, "## 内存", "## 内存管理"), updated={"逃逸", "切片"}),
    one("an open question answered",
        replace(GO, "什么是内存屏障？", "什么是内存屏障？\n\n不让读写越过它。"), new={"屏障"}),
    one("an open question removed", remove(GO, "屏障")),
    one("an entry moved to another file", move(GO, "逃逸", SYSTEM, "死锁"), updated={"逃逸"}),
    one("a picture replaced", paint, updated={"握手"}),
    one("a numbered gap removed", replace(GAPS, "{{c2::2009}}", "2009"), updated={"发布"}),
    one("a gap removed", replace(GAPS, "==灰色==", "灰色"), updated={"三色"}),
    one("a gap put first", replace(GAPS, "三色标记", "==三色==标记"), updated={"三色"}),
    one("the other way round asked too", replace(TERMS, "队列 ::", "队列 :::"), updated={"队列"}),
    one("another style sheet", sheet=OTHER_SHEET),
    History("an entry removed and brought back", [
        Edition("an entry removed", [remove(TCP, "拥塞")], gone={"拥塞"}),
        Edition("it is back", [insert(TCP, "粘包", "№、什么是拥塞控制？\n\n慢启动、拥塞避免、快重传。")],
                back={"拥塞"}),
    ], readers=[(0, 1), (1,)]),
    History("two editions in a second", [
        Edition("one", [replace(GO, "之间的管道", "之间传值的管道")], updated={"channel"}),
        Edition("two", [replace(GO, "轻量线程", "轻的线程"), replace(GO, "传值的管道", "传话的管道")],
                updated={"channel", "goroutine"}, day=1),
    ], readers=[(0, 1), (1,)]),
    History("a clock that was put back", [
        Edition("before", [replace(GO, "之间的管道", "之间传值的管道")], updated={"channel"}),
        Edition("after", [replace(GO, "传值的管道", "传话的管道")], updated={"channel"}, day=0),
    ], readers=[(0, 1), (1,)]),
    History("five editions", [
        Edition("the second", [
            replace(GO, "goroutine 之间的管道", "goroutine 之间传值的管道"),
            insert(TCP, "握手", NEW_ENTRY),
        ], new={"HTTP"}, updated={"channel"}),
        Edition("the third", [
            replace(GO, "切片扩容时会发生什么？", "给切片追加元素，容量不够时怎么办？"),
            rename(TCP, "计算机网络.md"),
        ], updated={"切片", "HTTP"} | IN_TCP),
        Edition("the fourth", [remove("计算机网络.md", "粘包"), remove(TERMS, "栈")],
                gone={"粘包", "栈"}, sheet=OTHER_SHEET),
        Edition("the fifth", [
            insert("计算机网络.md", "拥塞", "№、什么是粘包？\n\n字节流没有边界，要自己划分。"),
            replace(GAPS, "==灰色==", "灰色"),
            replace(GO, "goroutine 之间传值的管道", "goroutine 之间传值的管道，先进先出"),
        ], updated={"三色", "channel"}, back={"粘包"}),
    ], readers=[(0, 1, 2, 3), (1, 3)]),
]


def there_after(editions, first):
    """The entries of the last of these editions, which follow on the first."""
    there = set(first)
    for edition in editions:
        there = (there | edition.new | edition.back) - edition.gone
    return there


def updated_by(editions):
    """The entries that show something else than before these editions."""
    return set().union(*(edition.updated for edition in editions))
