"""What a build costs, alone and beside what others do with the same notes.

usage: bench PROGRAM FOLDER SIZE...

Generates notes of each size (S, M, L, or a number of entries) in FOLDER, and writes the
figures there: speed.md as tables, speed.svg as a picture.  For a size may stand a folder of
notes, which are built alone: only the generated ones can be read by others.  Where mdanki is
installed, MDANKI is the command that starts it.
"""
import os
import sys

from plot import draw
from run import FIGURES, alone, pair
from sides import ALONE, SIDES, Corpus, our_build

ROWS = {"cpu": "%.2f", "wall": "%.2f", "peak": "%.0f"}


def cells(cost):
    return " | ".join([form % getattr(cost, name) for name, form in ROWS.items()] + ["{:,.0f}".format(cost.bytes)])


def table(title, head, rows):
    yield "\n%s\n\n| %s |\n|%s\n" % (title, " | ".join(head), "---|" * len(head))
    for row in rows:
        yield "| %s |\n" % row


def measure_builds(program, corpus):
    return {name: alone(our_build(program, corpus, name)) for name in ALONE}


def measure_pairs(program, corpus):
    for side in SIDES:
        if 0 < corpus.entries <= side.most:
            build = our_build(program, corpus, side.ours)
            build.run()
            p = pair(build, side.make(corpus, build))
            print("%s: %s %.3f of the wall time of %s" % (corpus.name, side.ours, p.ratio.wall, side.name), file=sys.stderr, flush=True)
            yield side, p


def report(corpus, builds, pairs):
    head = ["CPU s", "wall s", "peak MiB", "bytes made"]
    yield from table("%s: %s%d files, %.1f MB" % (corpus.name, "%d entries, " % corpus.entries if corpus.entries else "",
                                                  len(corpus.files), corpus.bytes / 1e6),
                     ["deckbind"] + head, ("%s | %s" % (name, cells(cost)) for name, cost in builds.items()))
    if not pairs:
        return
    yield from table("Pairs, deckbind to the other; medians of the runs, and of their ratios", [
        "deckbind", "the other", "runs"] + ["%s, ours / theirs" % name for name in FIGURES], (
            "%s | %s | %d | %s" % (side.ours, side.name, p.runs, " | ".join(
                "%s / %s = %.3f" % (form % ours, form % theirs, ratio)
                for form, ours, theirs, ratio in zip([*ROWS.values(), "%d"], p.a, p.b, p.ratio))) for side, p in pairs))


def main(program, folder, *sizes):
    results, text = [], []
    for size in sizes:
        corpus = Corpus(size, folder)
        builds, pairs = measure_builds(program, corpus), list(measure_pairs(program, corpus))
        text += report(corpus, builds, pairs)
        results.append((corpus, builds, pairs))
    for name, content in ("speed.md", "".join(text)), ("speed.svg", draw(results)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(content)
    print("".join(text))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), *sys.argv[3:])
