#!/usr/bin/env python3
"""What does not change a note's meaning changes no entry; what takes evidence away, few.

    perturb.py PROGRAM NOTE...

Each note is written again with other line ends, a BOM, in GB18030, with blanks at line
ends, with tabs for four spaces, and with all numbers ten higher.  `deckbind list` must find the
same entries, and some.  Prints TAP.
"""
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"^(\s{0,3}(?:#{1,6}\s+)?)(\d{1,2})([.、 )）])", re.MULTILINE)

SMALL = 40000  # characters of a note that is joined with others


def renumber(text):
    return NUMBER.sub(lambda m: f"{m[1]}{int(m[2]) + 10}{m[3]}", text)


CHANGES = {
    "CRLF": lambda t: t.replace("\n", "\r\n").encode(),
    "a BOM": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "GB18030": lambda t: t.encode("gb18030"),
    "blanks at line ends": lambda t: re.sub("$", "  ", t, flags=re.MULTILINE).encode(),
    "tabs": lambda t: t.replace("    ", "\t").encode(),
    "other numbers": lambda t: renumber(t).encode(),
}


def entries(program, path):
    done = subprocess.run([program, "list", "--json", path], capture_output=True, check=False)
    if done.returncode not in (0, 1):  # 1: pictures are missing where the copy stands
        raise RuntimeError(done.stderr.decode())
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [
        (e["start_line"], e["end_line"], e["answered"])
        for e in found
        if e["kind"] == "question"
    ]


def changed(program, folder, text, name):
    path = os.path.join(folder, "note.md")

    def written(data):
        with open(path, "wb") as out:
            out.write(data)
        return path

    want = entries(program, written(text.encode()))
    if not want:
        yield f"{name}: no entry"
    for change, make in CHANGES.items():
        got = entries(program, written(make(text)))
        if got != want:
            yield f"{name}: {change}: {sorted(set(got) ^ set(want))[:6]}"


def dense(text, starts):
    """`text` without the blank lines right above entries, and where its lines have gone."""
    lines, kept, at = text.split("\n"), [], {}
    for number, line in enumerate(lines, 1):
        if line.strip() or number + 1 not in starts:
            kept.append(line)
            at[number] = len(kept)
    return "\n".join(kept), at


def starts_of(program, path, text):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text)
    return {start for start, _, _ in entries(program, path)}


def changed_by_density(program, path, texts):
    for text in texts:
        want = starts_of(program, path, text)
        less, at = dense(text, want)
        yield len(want), len({at[s] for s in want} ^ starts_of(program, path, less))


def changed_by_joining(program, path, texts):
    starts = [starts_of(program, path, text) for text in texts]
    for (a, first), (b, second) in itertools.permutations(zip(texts, starts), 2):
        above = a.rstrip("\n") + "\n\n"
        want = first | {start + above.count("\n") for start in second}
        yield len(want), len(want ^ starts_of(program, path, above + b))


def report(name, counts, most):
    counts = list(counts)
    total, changed = (sum(column) for column in zip(*counts))
    good = total > 0 and changed <= total * most
    print(f"{'' if good else 'not '}ok - {name}: {changed} of {total} entries lost or new, at most {most:.0%}")
    return good


def main(argv):
    program, bad = os.path.abspath(argv[1]), 0
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        for path in argv[2:]:
            with open(path, encoding="utf-8-sig", newline="") as note:
                text = note.read().replace("\r\n", "\n")
            texts += [text] if len(text) < SMALL else []
            name = os.path.basename(path)
            faults = list(changed(program, folder, text, name))
            bad += bool(faults)
            print("not ok" if faults else "ok", "-", name)
            for fault in faults:
                print("#", fault)
        path = os.path.join(folder, "note.md")
        bad += not report("fewer blank lines", changed_by_density(program, path, texts), 0.03)
        bad += not report("notes joined", changed_by_joining(program, path, texts), 0.05)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
