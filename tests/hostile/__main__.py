"""Shapes of notes that made some Markdown parser take quadratic time, through the whole program.

usage: hostile PROGRAM FOLDER [GENERATOR]

Each is built into both products at about 1 MB, as it is and as the answer to a question, and at
twice the size again until a build takes 0.2 s of CPU: 1 MB must take at most 0.5 s, and 256 MiB,
and twice as much at most 2.3 times as long, or the build must end with an error that says why.
GENERATOR is a script that has more shapes: it lists them (--list) and prints one (KIND N).  What
is over a bound is marked in the table; the exit code tells whether anything is.
"""
import os
import re
import subprocess
import sys

from shapes import ENTRIES, SHAPES, encode, repeat

MEGABYTE, MOST_BYTES = 1000 * 1000, 8 * 1000 * 1000
LONG, TOO_LONG, MOST_CPU, MOST_PER_ENTRY, MOST_MIB, MOST_GROWTH = 0.2, 10, 0.5, 100e-6, 256, 2.3


def shapes_of(generator):
    for name, make in {**SHAPES, **ENTRIES}.items():
        yield name, lambda n, make=make: encode(make(n))
    if generator:
        listed = subprocess.run([sys.executable, generator, "--list"], stdout=subprocess.PIPE, check=True)
        for line in listed.stdout.decode().splitlines():
            name = line.split()[0]
            yield "=" + name, lambda n, name=name: subprocess.run(
                [sys.executable, generator, name, str(n)], stdout=subprocess.PIPE, check=True).stdout


def build(program, folder, text):
    """CPU seconds, peak MiB, the number of entries and the first error."""
    notes, out, said, summary, peak = (os.path.join(folder, name) for name in ("note.md", "out", "said", "summary", "peak"))
    with open(notes, "wb") as file:
        file.write(text)
    with open(said, "wb") as errors, open(summary, "wb") as output:
        # The system gives a child of this process at least the peak of this one: time(1) is small.
        child = subprocess.Popen(["/usr/bin/time", "-q", "-f", "%M", "-o", peak, program, "build", notes, "-o", out,
                                  "--no-lock", "--no-highlight", "-q"], stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
    with open(said, encoding="utf-8", errors="replace") as file:
        error = re.search(r"error\[.*", file.read())
    with open(summary, encoding="utf-8") as file:
        entries = re.match(r"\d+", file.read())
    with open(peak, encoding="ascii") as file:
        mebibytes = int(file.read()) / 1024
    error = error[0][:70] if error else "STATUS %d" % status if status else ""
    return len(text), usage.ru_utime + usage.ru_stime, mebibytes, int(entries[0]) if entries else 0, error


def grow(program, folder, make):
    """A build of 1 MB, and of twice as much until one that takes long has one of its double."""
    n, rows = repeat(make, MEGABYTE), []
    while not rows or rows[-1][0] < MOST_BYTES and rows[-1][1] < TOO_LONG and (len(rows) < 2 or rows[-2][1] < LONG):
        rows.append(build(program, folder, make(n << len(rows))))
        if rows[-1][4] and "EMPTY_BOOK" not in rows[-1][4]:
            break
    return rows


def judge(rows):
    """What is over a bound; each entry may take its own time."""
    size, cpu, peak, entries, error = rows[0]
    if "STATUS" in error:
        yield error
    scale = max(1, size / MEGABYTE)
    if cpu > MOST_CPU * scale + MOST_PER_ENTRY * entries:
        yield "SLOW"
    if peak > MOST_MIB * scale:
        yield "LARGE"
    size, cpu, *_ = rows[-2] if len(rows) > 1 else rows[-1]
    if cpu >= LONG and rows[-1][1] / cpu > MOST_GROWTH * rows[-1][0] / size / 2:
        yield "GROWS"


def measure(program, folder, make):
    """The rows, and what is over a bound twice, since the machine may have been busy."""
    rows = grow(program, folder, make)
    over = list(judge(rows))
    if over and rows[0][1] < TOO_LONG:
        again = grow(program, folder, make)
        rows, over = min(rows, again), [what for what in over if what in list(judge(again))]
    return rows, over


def main(program, folder, generator=None):
    program, bad, total = os.path.abspath(program), 0, 0
    os.makedirs(folder, exist_ok=True)
    head = "shape", "bytes", "CPU s", "peak MiB", "entries", "growth", "over a bound, or the error"
    print("%-24s %9s %6s %8s %7s %6s  %s" % head)
    for name, make in shapes_of(generator):
        for title, question in (name, b""), (name + ", asked", b"### ?\n\n"):
            rows, over = measure(program, folder, lambda n: question + make(n))
            size, cpu, peak, entries, error = rows[0]
            growth = rows[-1][1] / max(rows[-2][1], 1e-3) if len(rows) > 1 else 0
            print("%-24s %9d %6.2f %8.0f %7d %6.2f  %s" % (title, size, cpu, peak, entries, growth, " ".join(over) or error),
                  flush=True)
            bad, total = bad + bool(over), total + 1
    print("%d of %d over a bound" % (bad, total))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
