#!/usr/bin/env python3
"""An entry keeps its guid while its author edits the notes, and gets no other one's.

    identity.py PROGRAM [--seed N] [--runs N] [--rounds N] [--stories N] NOTE...
    identity.py PROGRAM --scale N...

A run makes a folder of the notes given and of some that it writes itself, builds it, edits it
and builds it again, round after round.  It knows for each entry which guid it must have:
tests/editing has the edits.  An edit after which the program reads other entries than meant is
taken back.  The table counts by what was done to an entry:

    right      it has its guid; a new one has a guid that nobody had
    lost       it has a new guid, without a word
    ambiguous  it has a new guid, and a message says that it could not be told
    WRONG      it has the guid of another entry

The same seed makes the same edits; what went wrong is told with the seed, and --stories tells
of the first N that were lost in each row.  Prints TAP.
"""
import argparse
import contextlib
import hashlib
import itertools
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict

sys.dont_write_bytecode = True

from editing import edits, words  # noqa: E402
from editing.notes import Reader, content, cut, joined, listed, run, starts, write  # noqa: E402

OUTCOMES = ("right", "lost", "ambiguous", "WRONG")
SURE = ("answer changed", "answer rewritten", "question reworded", "question respelled",
        "question asked in other words", "question rewritten")  # the other half is as it was
STAYED = ("untouched", "file renamed", "moved", "moved to another file", "swapped", "renumbered",
          "file split", "shuffled", "left beside a new one like it")
NEW = ("new", "new, like its neighbour", "new, in the place of one like it", "copy", "split off")
AMBIGUOUS = re.compile(r"^(.*?):(\d+)(?::\d+)?: .*AMBIGUOUS", re.MULTILINE)
FIRST_DATE = 1_700_000_000


class Tally:
    """What all runs counted."""

    def __init__(self, stories):
        self.rows = defaultdict(Counter)
        self.faults = defaultdict(list)  # by requirement
        self.done, self.misread = Counter(), Counter()
        self.builds, self.seconds = 0, 0  # the seconds of the last one
        self.most, self.told = stories, Counter()

    def is_told(self, row):
        return self.told[row] >= self.most

    def story(self, row, lines):
        if not self.is_told(row):
            self.told[row] += 1
            print("\n".join("# " + line for line in lines))

    def share(self, rows):
        counts = sum((self.rows[row] for row in rows), Counter())
        return counts["right"], counts.total()


def deck_guids(folder):
    name, = [n for n in os.listdir(folder) if n.endswith(".apkg")]
    with zipfile.ZipFile(os.path.join(folder, name)) as package, tempfile.NamedTemporaryFile() as copy:
        copy.write(package.read("collection.anki2"))
        copy.flush()
        with sqlite3.connect(copy.name) as db:
            return [guid for guid, in db.execute("SELECT guid FROM notes")]


def digests(*folders):
    found = {}
    for path in (os.path.join(f, n) for f in folders for n in sorted(os.listdir(f))):
        if path.endswith((".apkg", ".lock")):
            with open(path, "rb") as data:
                found[os.path.basename(path)] = hashlib.sha256(data.read()).hexdigest()
    return found


class Run:
    """One folder of notes through its rounds."""

    def __init__(self, program, rng, writer, tally, scratch, notes, seed):
        self.program, self.seed, self.tally, self.rng = program, seed, tally, rng
        self.folder, self.out = os.path.join(scratch, "notes"), os.path.join(scratch, "out")
        self.counter = itertools.count(1)
        self.reader = Reader(program, os.path.join(scratch, "apart"))
        self.truth = {}  # by id: the guid that an entry must have
        self.past = defaultdict(set)  # by id: guids that it had and lost
        self.was, self.before = {}, {}  # by id: the content and the piece at the last build
        self.round, self.predicted = 0, {}
        files = {}
        for name, text in notes:
            write(self.folder, name, text)
        write(self.folder, "deckbind.yaml", "identifier: identity\ntitle: 面试笔记\n")
        texts = dict(notes)
        for name, rows in sorted(listed(program, self.folder).items()):
            pieces = self.reader.read(name, cut(texts[name], rows, self.new_id))
            if pieces:  # alone it is read as among the others
                files[name] = pieces
        self.desk = edits.Desk(rng, writer, self.reader, files, self.new_id)

    def new_id(self):
        return next(self.counter)

    # --- editing ---

    def edit(self, edit):
        desk, tally = self.desk, self.tally
        change = edit(desk)
        if not change:
            return
        files, labels = change
        read = {n: p and self.reader.read(n, p) for n, p in files.items()}
        if any(files[n] and read[n] is None for n in files):
            tally.misread[edit.__name__] += 1
            return
        tally.done[edit.__name__] += 1
        old = {p.id: (p, n) for n in files for p in desk.files.get(n, ()) if p.id is not None}
        for name, pieces in read.items():
            if pieces is None:
                if edit is edits.delete_file:
                    desk.dead_files[name] = desk.files[name]
                del desk.files[name]
            else:
                desk.files[name] = pieces
        here = {p.id for pieces in read.values() for p in pieces or ()}
        self.buried.update({i: at for i, at in old.items() if i not in here and i not in labels})
        for i in here:
            desk.dead.pop(i, None)
        for i, kind in labels.items():
            desk.labels.setdefault(i, []).append(kind)

    def edit_some(self, part):
        self.desk.labels, self.buried = {}, {}
        weights, makers = zip(*edits.EDITS)
        for _ in range(max(4, int(len(self.entries()) * part))):
            self.edit(self.rng.choices(makers, weights)[0])
        self.desk.dead.update(self.buried)

    def entries(self):
        return {p.id: (n, line, p) for n, pieces in sorted(self.desk.files.items())
                for line, p in starts(pieces) if p.id is not None}

    # --- building ---

    def save(self):
        for base, _, names in os.walk(self.folder):
            for name in names:
                if not name.startswith("deckbind."):
                    os.remove(os.path.join(base, name))
        for name, pieces in self.desk.files.items():
            write(self.folder, name, joined(pieces))

    def fault(self, requirement, *lines):
        where = f"seed {self.seed}, round {self.round}"
        self.tally.faults[requirement].append(where)
        self.tally.story(requirement, [f"{where}: {requirement}", *lines])

    def listed(self):
        """By id, the guid that the program gives; None where it reads the folder otherwise."""
        here = {(n, line): i for i, (n, line, _) in self.entries().items()}
        rows = {(n, row["start_line"]): row["guid"] for n, rs in listed(self.program, self.folder).items() for row in rs}
        if set(rows) != set(here):
            raise RuntimeError(f"seed {self.seed}: {sorted(set(rows) ^ set(here))[:4]} are read otherwise in the folder")
        return {here[place]: guid for place, guid in rows.items()}

    def build(self):
        """Builds, and gives the guids and the ids of those that were said to be ambiguous."""
        self.tally.builds += 1
        date = FIRST_DATE + 3600 * self.round
        make = ("build", "--to", "apkg", "--keep-going", self.folder, "-o", self.out)
        promised = self.listed()
        start = time.monotonic()
        said = run(self.program, *make, may_fail=True, date=date)[1]
        self.tally.seconds = time.monotonic() - start
        given = self.listed()
        if promised != given:
            i = next(i for i in given if promised[i] != given[i])
            self.fault("list tells what build gives", f"{promised[i]}, then {given[i]}: {self.entries()[i][2].question}")
        before = digests(self.folder, self.out)
        run(self.program, *make, may_fail=True, date=date)
        if digests(self.folder, self.out) != before:
            self.fault("a build without an edit changes no byte", str(before), str(digests(self.folder, self.out)))
        self.check_deck(given)
        here = {(n, line): i for i, (n, line, _) in self.entries().items()}
        unsure = {here.get((os.path.relpath(f, self.folder), int(line))) for f, line in AMBIGUOUS.findall(said)}
        return given, unsure

    def check_deck(self, given):
        deck, entries = deck_guids(self.out), self.entries()
        answered = {given[i] for i, (_, _, p) in entries.items() if p.answered}
        if len(set(given.values())) < len(given) or len(set(deck)) < len(deck):
            self.fault("no guid is given twice")
        if not answered <= set(deck) <= set(given.values()):
            self.fault("the deck has the guids of the list", str(sorted(answered ^ set(deck))[:4]))

    # --- judging ---

    def trade(self, given):
        """Entries that were alike to the letter are one to everybody: either may have either guid."""
        now = {i: content(p) for i, (_, _, p) in self.entries().items()}
        owner = {guid: i for i, guid in self.truth.items()}
        for i, guid in given.items():
            other = owner.get(guid, i)
            alike = other != i and (
                self.was.get(i, 0) == self.was[other] or now[i] in (now.get(other), self.was[other]))
            if alike:
                self.truth[other], self.truth[i] = self.truth.get(i), guid
                owner[guid] = i
                if self.truth[other] is None:
                    del self.truth[other]
                else:
                    owner[self.truth[other]] = other

    def row(self, i):
        kinds = self.desk.labels.get(i, ["untouched"])
        content_, moved = ([k for k in kinds if (k in edits.PLACES) == place] for place in (False, True))
        return content_[0] + ", and moved" * bool(moved) if content_ else moved[0]

    def outcome(self, i, guid, owner, unsure):
        if owner.get(guid, i) != i:
            return "WRONG"
        if guid == self.truth.get(i) or i not in self.truth:
            return "right"
        return "ambiguous" if i in unsure else "lost"

    def judge(self, given, unsure):
        """Whether no entry has the guid of another."""
        self.trade(given)
        owner = {guid: i for i, guid in self.truth.items()}
        owner.update({guid: i for i, guids in self.past.items() for guid in guids})
        clean = True
        for i, guid in given.items():
            row, result = self.row(i), self.outcome(i, guid, owner, unsure)
            self.tally.rows[row][result] += 1
            if result != "right":
                self.tell(row, result, i, guid, owner)
            clean = clean and result != "WRONG"
            if self.truth.get(i, guid) != guid:
                self.past[i].add(self.truth[i])
        self.learn(given)
        return clean

    def learn(self, given):
        self.truth.update(given)
        self.before.update({i: p for i, (_, _, p) in self.entries().items()})
        self.was.update({i: content(self.before[i]) for i in given})

    def tell(self, row, result, i, guid, owner):
        if self.tally.is_told(f"{result}: {row}"):
            return
        name, line, piece = self.entries()[i]
        lines = [f"seed {self.seed}, round {self.round}: {result}: {row}: {name}:{line}: has {guid}, should have "
                 f"{self.truth.get(i, 'a new one')}"]
        shown = [("now", piece)]
        if i in self.before:
            shown.insert(0, ("was", self.before[i]))
        if result == "WRONG":
            other = owner[guid]
            where = self.entries().get(other, ("a deleted entry", 0))
            lines.append(f"it belongs to {where[0]}:{where[1]} ({self.row(other)})")
            shown.append(("which was", self.before[other]))
        for when, p in shown:
            lines += [f"{when:9} | {text}"[:150] for text in p.lines()[:8]]
        self.tally.story(f"{result}: {row}", lines)

    def go(self, rounds):
        self.save()
        given, _ = self.build()
        self.learn(given)
        for self.round in range(1, rounds + 1):
            self.edit_some(self.rng.choice([0.01, 0.03, 0.1]))
            self.save()
            if not self.judge(*self.build()):
                return  # what follows would only repeat it


def given_notes(paths):
    """Name and text of each note."""
    notes = {}
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as note:
            text = note.read().replace("\r\n", "\n")
        name = os.path.basename(path)
        notes[name if name not in notes else f"{len(notes)}{name}"] = text
    return sorted(notes.items())


@contextlib.contextmanager
def opened(program, seed, tally, make):
    """A run on the notes that `make` gives, in a folder that goes away."""
    scratch, rng = tempfile.mkdtemp(), random.Random(seed)
    try:
        writer = words.Writer(rng)
        yield Run(program, rng, writer, tally, scratch, make(rng, writer), seed)
    finally:
        shutil.rmtree(scratch)


def mixture(given):
    def make(rng, writer):
        return given + [(f"{rng.choice(['', '基础/', '进阶/'])}写{i}.{rng.choice(['md', 'txt'])}", words.note(writer, 20, i))
                        for i in range(len(words.STYLES))]
    return make


# --- scale ---

SHAPES = {
    "varied": lambda writer: {},
    "one question": lambda writer: {"question": "下面的代码输出什么？"},
    "one answer": lambda writer: {"answer": writer.answer(least=4)},
}
IN_A_FILE = 50


def many(count, shape):
    def make(_, writer):
        same = SHAPES[shape](writer)
        return [(f"第{i % 20}章/写{i}.md", words.note(writer, IN_A_FILE, i, **same)) for i in range(count // IN_A_FILE)]
    return make


def without_lock(one):
    """Seconds of the build of the same notes that knows of none before it."""
    lock = os.path.join(one.folder, "deckbind.lock")
    if os.path.exists(lock):
        os.rename(lock, lock + ".kept")
    start = time.monotonic()
    run(one.program, "build", "--to", "apkg", "--keep-going", one.folder, "-o", one.out + "-new", may_fail=True)
    return time.monotonic() - start


def scale(program, seed, tally, counts):
    print(f"# {'entries':>8} {'shape':14} {'first':>8} {'edited':>8} {'no lock':>8}  seconds")
    times = {}
    for shape, count in itertools.product(SHAPES, counts):
        with opened(program, seed, tally, many(count, shape)) as one:
            one.save()
            one.learn(one.build()[0])
            first = tally.seconds
            one.edit_some(0.05)
            one.save()
            one.judge(*one.build())
            times[shape, count] = tally.seconds, without_lock(one)
            print(f"# {count:8} {shape:14} {first:8.2f} {times[shape, count][0]:8.2f} {times[shape, count][1]:8.2f}", flush=True)
    table(tally)
    good = not sum(counts_["WRONG"] for counts_ in tally.rows.values())
    print("ok" if good else "not ok", "1 - no entry has the guid of another")
    for number, shape in enumerate(SHAPES, 2):
        small, large = (times[shape, n][0] / n for n in (min(counts), max(counts)))
        linear = large <= 2 * small and times[shape, max(counts)][0] <= 3 * times[shape, max(counts)][1]
        good = good and linear
        print("ok" if linear else "not ok", f"{number} - {shape}: {small * 1e6:.1f} us an entry of {min(counts)}, "
              f"{large * 1e6:.1f} us of {max(counts)}")
    print(f"1..{len(SHAPES) + 1}")
    return not good


def table(tally):
    print(f"# {'':42}" + "".join(f"{name:>10}" for name in OUTCOMES))
    for row in sorted(tally.rows, key=lambda r: (r in NEW, r)):
        print(f"# {row:42}" + "".join(f"{tally.rows[row][name] or '.':>10}" for name in OUTCOMES))
    edited, misread = tally.done.total(), tally.misread.total()
    print(f"# {edited} edits, {misread} more were read otherwise: "
          + ", ".join(f"{name} {count}" for name, count in tally.misread.most_common(8)))


def report(tally):
    table(tally)
    results = []

    def require(name, good, why=""):
        results.append(bool(good))
        print(f"{'ok' if good else 'not ok'} {len(results)} - {name}")
        if not good and why:
            print("# " + str(why))

    wrong = sum(counts["WRONG"] for counts in tally.rows.values())
    entries = sum(counts.total() for counts in tally.rows.values())
    require(f"no entry of {entries} has the guid of another", entries and not wrong, wrong)
    for name, rows, least in [
            ("an entry that nobody edited keeps its guid", STAYED, 1),
            ("an entry that comes back as it was has its guid again", ("restored",), 1),
            ("an entry of which half stayed keeps its guid", SURE, 0.99)]:
        right, total = tally.share(rows)
        require(f"{name}: {right} of {total}", total and right >= least * total)
    for name in ("list tells what build gives", "a build without an edit changes no byte",
                 "no guid is given twice", "the deck has the guids of the list"):
        require(f"{name}, in {tally.builds} builds", tally.builds and not tally.faults[name], tally.faults[name][:5])
    edited, misread = tally.done.total(), tally.misread.total()
    require("few edits change how notes are read", edited and misread <= 0.2 * edited, f"{misread} and {edited}")
    print(f"1..{len(results)}")
    return not all(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("notes", nargs="*")
    for name, default in [("seed", 1), ("runs", 1), ("rounds", 12), ("stories", 3)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--scale", type=int, nargs="+")
    options = parser.parse_intermixed_args()
    tally = Tally(options.stories)
    if options.scale:
        return scale(options.program, options.seed, tally, options.scale)
    notes = given_notes(options.notes)
    for seed in range(options.seed, options.seed + options.runs):
        with opened(options.program, seed, tally, mixture(notes)) as one:
            one.go(options.rounds)
    return report(tally)


if __name__ == "__main__":
    sys.exit(main())
