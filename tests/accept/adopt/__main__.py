"""Decks that other tools made go on as decks of notes, in real Anki.

usage: adopt PROGRAM FOLDER ANKI

For each manner of decks.py a deck is made, adopted by PROGRAM, and built after some edits
of the notes, all in FOLDER.  Readers who have studied the deck import the editions in turn
(see adopter.py), each with the releases of Anki that RELEASES names.  The release 24.11 is
looked for in ANKI/24.11.  Prints TAP.
"""
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "history")]

from decks import MANNERS, Manner, script, write_deck
from editions import ENTRIES as FIRST_ENTRIES, NEW_ENTRY
from notes import GAPS, GO, SYSTEM, TCP, fresh_notes, insert, remove, rename, replace, write_notes
from package import read_package
from tap import Tap

RELEASES = ("2.1.55", "23.12.1", "26.9.3")
AT_A_TIME = 2
READER_SECONDS = 60
FIRST_TIME, DAY = 1_700_000_000, 86_400

CODE, RENAMED = "语言/代码.md", "操作系统.md"
CODE_BLOCKS = [
    "# 代码",
    "### `defer` 的执行顺序是什么？\n\n后进先出：\n\n```go\nfor i := 0; i < 3; i++ {\n    defer fmt.Print(i) // 210\n}\n```",
    "### select 有多个分支就绪时选哪个？\n\n随机选一个。",
]
ENTRIES = (*FIRST_ENTRIES, "defer", "select")
AT_FIRST = set(ENTRIES) - {"屏障", "HTTP"}  # the one has no answer yet
IN_SYSTEM = {"线程", "死锁"}

# What is edited in turn, and what comes of it: new, updated, gone and back.
EDITS = [
    ("edited", [
        replace(TCP, "TIME_WAIT 为什么要等 2MSL？", "主动关闭的一方为什么停在 TIME_WAIT？"),
        replace(GO, "goroutine 之间的管道", "goroutine 之间传值的管道"),
        replace(GAPS, "等人", "三人"),
        replace(GAPS, "三色标记", "==三色==标记"),
        insert(TCP, "握手", NEW_ENTRY),
        rename(SYSTEM, RENAMED),
    ], {"HTTP"}, {"TIME_WAIT", "channel", "发布", "三色"} | IN_SYSTEM, set(), set()),
    ("removed", [remove(TCP, "粘包"), remove(GO, "逃逸"), remove(GAPS, "发布")],
     set(), set(), {"粘包", "逃逸", "发布"}, set()),
    ("back", [insert(TCP, "拥塞", "№、什么是粘包？\n\n字节流没有边界，要自己划分。"),
              replace(RENAMED, "线程共享进程的内存", "线程共享进程的地址空间")],
     set(), {"线程"}, set(), {"粘包"}),
]


def first_notes():
    return {**fresh_notes(), CODE: list(CODE_BLOCKS)}


def run(*command, time=None):
    environment = {**os.environ, **({"SOURCE_DATE_EPOCH": str(time)} if time else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Book:
    """Notes in a folder, and the editions that the program makes of them."""

    def __init__(self, tap, program, folder, manner):
        self.tap, self.program, self.folder, self.manner = tap, program, folder, manner
        self.notes, self.content, self.guids, self.builds = os.path.join(folder, "notes"), first_notes(), {}, 0
        write_notes(self.notes, self.content)

    def adopt(self, *options):
        code, said = run(self.program, "adopt", os.path.join(self.folder, "old.apkg"), self.notes, *options)
        self.tap.result("the deck is adopted", [] if code == 0 else said.splitlines())
        return said

    def name_of(self, note):
        question = note.fields[self.manner.question if note.type == self.manner.type else 0]
        names = [name for name in ENTRIES if name in question]
        # A short name may be part of a longer question.
        return max(names, key=lambda name: (question.startswith(name), len(name)), default=None)

    def build(self, *options):
        """The package of the notes as they are; its notes by name, and what was said."""
        self.builds += 1
        output = os.path.join(self.folder, str(self.builds))
        time = FIRST_TIME + self.builds * DAY
        code, said = run(self.program, "build", self.notes, "-o", output, "--to", "apkg", *options, time=time)
        self.tap.result("it builds", [] if code == 0 else said.splitlines())
        path = os.path.join(output, "deck.apkg")
        package = read_package(path, output)
        names = {self.name_of(note): guid for guid, note in package.notes.items()}
        decks = {guid: deck for (guid, _), deck in package.cards.items()}
        self.guids.update(names)
        found = re.findall(r"search for\n  (.*)", said)
        return {"package": path, "time": time, "search": found[0] if found else "", "names": names, "decks": decks}

    def edit(self, edits):
        for edit in edits:
            edit(self.content)
        write_notes(self.notes, self.content)

    def step(self, name, build, new, updated, retired, restyled=()):
        guids = lambda names: sorted(self.guids.get(name, name) for name in names)
        return {"name": name, **build, "new": guids(new), "updated": guids(updated), "retired": guids(retired),
                "restyled": restyled or []}


def check_names(tap, build, there):
    tap.result("every entry is in the deck, once", set(build["names"]) ^ there)


def check_again(tap, book):
    """A build that nothing was done for is the one before."""
    lock = os.path.join(book.notes, "deckbind.lock")
    with open(lock, "rb") as file:
        before = file.read()
    first = read_package(os.path.join(book.folder, str(book.builds), "deck.apkg"), book.folder)
    again = read_package(book.build()["package"], book.folder)
    tap.result("a later build has the same notes", first.notes.items() ^ again.notes.items())
    with open(lock, "rb") as file:
        tap.result("a later build leaves the lock as it is", [] if file.read() == before else ["it changes"])


def plan_edits(tap, book, retired):
    there = set(AT_FIRST)
    for name, edits, new, updated, gone, back in EDITS:
        tap.title = f"{book.manner.name}: {name}"
        book.edit(edits)
        build = book.build()
        there = (there | new | back) - gone
        retired = (retired | gone) - back
        check_names(tap, build, there)
        yield book.step(name, build, new, updated, retired)
    deck = build["decks"].get(book.guids["HTTP"])
    tap.result("a new entry is in the deck of the others of its file", [] if deck == book.manner.deck else [deck])


def plan_manner(tap, book):
    said = book.adopt()
    had, names = book.manner.names, set(book.manner.names)
    tap.result("what the notes ask is found, and no more", [] if re.search(rf"^{len(had)} of {len(had) + 1} ", said, re.M)
               else said.splitlines())
    tap.result("what is left is named", [] if "Not found in the notes" in said else said.splitlines())
    build = book.build()
    check_names(tap, build, AT_FIRST)
    check_again(tap, book)
    yield book.step("adopted", build, AT_FIRST - names, names, set(), [book.manner.type])
    tap.title = f"{book.manner.name}: adopted again"
    book.adopt()
    build = book.build()
    yield book.step("adopted again", build, set(), set(), set())
    yield from plan_edits(tap, book, set())


def plan_over_builds(tap, book):
    """The notes had a deck of their own before, which the reader has too."""
    before = book.build()
    own = {name: guid for name, guid in before["names"].items() if name in book.manner.names}
    yield book.step("the deck of the notes", before, set(AT_FIRST), set(), set())
    said = book.adopt()
    tap.result("what the reader has twice is told", [] if "search for" in said else said.splitlines())
    build = book.build()
    check_names(tap, build, AT_FIRST)
    yield book.step("adopted", build, set(), set(book.manner.names), own.values(),
                    [book.manner.type])
    yield from plan_edits(tap, book, set(own.values()))


def plan_own(tap, book):
    """The deck is one of deckbind's own, and its lock was lost."""
    lock = os.path.join(book.notes, "deckbind.lock")
    book.edit([replace(GO, "什么是 goroutine？", "goroutine 是什么样的线？")])
    first = book.build()
    shutil.copy(first["package"], os.path.join(book.folder, "old.apkg"))
    os.remove(lock)
    book.edit([replace(GO, "goroutine 是什么样的线？", "什么是 goroutine？")])
    book.adopt()
    guids = dict(book.guids)
    build = book.build()
    check_names(tap, build, AT_FIRST)
    tap.result("every entry has the guid that it had", guids.items() ^ book.guids.items())
    check_again(tap, book)
    yield book.step("adopted", build, set(), AT_FIRST, set(), True)
    yield from plan_edits(tap, book, set())


def plan_reader(tap, program, folder, manner, write_old, plan):
    """The path of a plan; `write_old` makes the deck of the other tool, where the plan does not."""
    tap.title = manner.name
    os.makedirs(folder)
    write_old(os.path.join(folder, "old.apkg"))
    book = Book(tap, program, folder, manner)
    steps = list(plan(tap, book))
    path = os.path.join(folder, "plan.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"name": manner.name, "first": os.path.join(folder, "old.apkg"), "type": manner.type,
                   "question": manner.question, "steps": steps}, out)
    return path


def export(tap, folder, anki):
    """A deck that was studied, as the newest Anki exports it: the format and the path of each."""
    os.makedirs(folder)
    old = os.path.join(folder, "script.apkg")
    write_deck(script, old)
    done = run_anki(RELEASES[-1], anki, "export", old, folder)
    tap.title = "a studied deck"
    tap.result("Anki exports it", done.stderr.splitlines())
    return [(name, os.path.join(folder, f"{name}.apkg")) for name in ("legacy", "latest")]


def run_anki(release, anki, *arguments):
    environment = {**os.environ, "PYTHONPATH": os.path.join(anki, release)}
    return subprocess.run([sys.executable, os.path.join(HERE, "adopter.py"), release, *arguments], env=environment,
                          timeout=READER_SECONDS, capture_output=True, text=True)


def read_plan(release, anki, path):
    home = os.path.join(os.path.dirname(path), release)
    os.makedirs(home)
    done = run_anki(release, anki, "read", path, home)
    results = re.findall(r"^(?:(?:not )?ok .*|# .*)\n", done.stdout, re.M)
    if not re.search(r"^1\.\.\d+$", done.stdout, re.M):
        results.append(f"not ok - it comes to its end\n{re.sub('^', '# ', done.stderr, flags=re.M)}\n")
    return re.sub(r"^((?:not )?ok (?:\d+ )?- )", rf"\g<1>{release}: ", "".join(results), flags=re.M)


def make_plans(tap, program, folder, anki):
    for make, manner in MANNERS.items():
        yield plan_reader(tap, program, os.path.join(folder, make.__name__), manner, partial(write_deck, make), plan_manner)
    over = MANNERS[script]._replace(name="over a lock that has had builds")
    yield plan_reader(tap, program, os.path.join(folder, "over"), over, partial(write_deck, script), plan_over_builds)
    own = Manner("a deck of its own without its lock", 0, 0, [], "面试::网络")
    yield plan_reader(tap, program, os.path.join(folder, "own"), own, lambda path: None, plan_own)
    for name, deck in export(tap, os.path.join(folder, "export"), anki):
        manner = MANNERS[script]._replace(name=f"exported by Anki, {name}")
        yield plan_reader(tap, program, os.path.join(folder, name), manner, partial(shutil.copy, deck), plan_manner)


def main(program, folder, anki):
    program, folder, anki = map(os.path.abspath, (program, folder, anki))
    shutil.rmtree(folder, ignore_errors=True)
    tap = Tap()
    plans = list(make_plans(tap, program, folder, anki))
    tap.end()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        jobs = [pool.submit(read_plan, release, anki, path) for path in plans for release in RELEASES]
        results = [job.result() for job in jobs]
    print("".join(results), end="")
    return 0 if tap.good and not any(re.search("^not ok", result, re.M) for result in results) else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
