#!/usr/bin/env python3
"""An entry keeps its guid while its author edits the notes, and gets no other one's.

    identity.py PROGRAM [--seed N] [--runs N] [--rounds N] [--stories N] NOTE...
    identity.py PROGRAM --scale N N...

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
import itertools
import os
import random
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from editing import words  # noqa: E402
from editing.notes import run  # noqa: E402
from editing.run import Run, Tally  # noqa: E402

OUTCOMES = ("right", "lost", "ambiguous", "WRONG")
SURE = ("answer changed", "answer rewritten", "question reworded", "question respelled",
        "question asked in other words", "question rewritten")  # the other half is as it was
STAYED = ("untouched", "file renamed", "moved", "moved to another file", "swapped", "renumbered",
          "file split", "shuffled", "left beside a new one like it")
NEW = ("new", "new, like its neighbour", "new, in the place of one like it",
       "real, in the place of one like it", "copy", "split off")


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


def scaled(program, seed, shape, count):
    """Seconds of the first build, of one after 5 % of edits, and of that without a lock; the tally."""
    tally = Tally(0)
    with opened(program, seed, tally, many(count, shape)) as one:
        one.save()
        one.learn(one.build()[0])
        first = tally.seconds
        one.edit_some(0.05)
        one.save()
        one.judge(*one.build())
        return first, tally.seconds, without_lock(one), tally


def scale(program, seed, counts):
    """What the lock costs must grow as the notes do; time is measured by a build without one."""
    print(f"# {'entries':>8} {'shape':14} {'first':>8} {'edited':>8} {'no lock':>8}  seconds")
    results, times = [], {}
    for shape, count in itertools.product(SHAPES, counts):
        first, edited, without, tally = scaled(program, seed, shape, count)
        times[shape, count] = edited / without
        print(f"# {count:8} {shape:14} {first:8.2f} {edited:8.2f} {without:8.2f}", flush=True)
        if shape == "varied":  # in the others nobody can tell who is who
            table(tally)
            results.append((f"of {count} entries none has the guid of another",
                            not sum(counts_["WRONG"] for counts_ in tally.rows.values())))
    for shape in SHAPES:
        small, large = (times[shape, n] for n in (min(counts), max(counts)))
        results.append((f"{shape}: {small:.1f} times a build without a lock for {min(counts)} entries, "
                        f"{large:.1f} for {max(counts)}", large <= 2 * max(small, 1)))
    for number, (name, good) in enumerate(results, 1):
        print("ok" if good else "not ok", number, "-", name)
    print(f"1..{len(results)}")
    return not all(good for _, good in results)


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
            ("an entry whose question or answer stayed keeps its guid", SURE, 0.99)]:
        right, total = tally.share(rows)
        require(f"{name}: {right} of {total}", total and right >= least * total)
    for name in ("list tells what build gives", "a build without an edit changes no byte",
                 "no guid is given twice", "the deck has the guids of the list"):
        require(f"{name}, in {tally.builds} builds", tally.builds and not tally.faults[name], tally.faults[name][:5])
    edited, misread = tally.done.total(), tally.misread.total()
    require("few edits change how notes are read", edited and misread <= edited / 4, f"{misread} and {edited}")
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
    if options.scale:
        return scale(options.program, options.seed, options.scale)
    tally = Tally(options.stories)
    notes = given_notes(options.notes)
    for seed in range(options.seed, options.seed + options.runs):
        with opened(options.program, seed, tally, mixture(notes)) as one:
            one.go(options.rounds)
    return report(tally)


if __name__ == "__main__":
    sys.exit(main())
