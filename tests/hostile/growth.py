"""The work for hostile shapes grows as they do, by the count of instructions, which no busy machine changes.

usage: growth.py BUILDS FOLDER

Each shape is the answer to a question, once 4 and once 8 KB long; all are built by BUILDS
(tests/tools) in one process, whose instructions valgrind counts after each build.  Beyond what
a note of a line takes, twice as much may take 2.3 times as many.  Formulas are left to
__main__.py: to start KaTeX takes more instructions than all the others together.  Prints TAP.
"""
import os
import re
import subprocess
import sys

from shapes import SHAPES, encode, repeat

SIZE, MOST = 4000, 2.3
LEAST = 0.1  # of what a note of a line takes: what grows by less is not told from it


shapes = {name: make for name, make in SHAPES.items() if not name.startswith("formula")}


def write(folder, name, text):
    path = os.path.join(folder, name + ".md")
    with open(path, "wb") as file:
        file.write("### ?\n\n".encode() + text)
    return path


def count(builds, folder, notes):
    """Instructions of each build; the first one starts the program, too."""
    path = os.path.join(folder, "callgrind.out")
    subprocess.run(["valgrind", "-q", "--tool=callgrind", "--dump-after=deckbind_build", "--combine-dumps=yes",
                    "--callgrind-out-file=" + path, builds, os.path.join(folder, "out"), *notes],
                   stdout=subprocess.DEVNULL, check=True)
    with open(path, encoding="utf-8", errors="replace") as file:
        return [int(line.split()[1]) for line in file if re.match("totals:", line)]


def main(builds, folder):
    os.makedirs(folder, exist_ok=True)
    line = write(folder, "line", b"a\n")
    notes = [line, line]
    for name, make in shapes.items():
        n = repeat(lambda n, make=make: encode(make(n)), SIZE)
        notes += [write(folder, "%s-%d" % (name, times), encode(make(n * times))) for times in (1, 2)]
    counts = count(builds, folder, notes)
    good, base = len(counts) > len(notes), counts[1]  # the last one is what ends the program
    print("%sok - all %d notes were built" % ("" if good else "not ", len(notes)))
    for name, once, twice in zip(shapes, counts[2::2], counts[3::2]):
        growth = (twice - base) / max(once - base, base * LEAST)
        print("%sok - %s: twice as much takes %.2f times the instructions, at most %.1f" % (
            "" if growth <= MOST else "not ", name, growth, MOST))
        good &= growth <= MOST
    return not good


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
