#!/usr/bin/env python3
"""What does not change a note's meaning changes no entry.

    perturb.py PROGRAM NOTE...

Each note is written again with other line ends, a BOM, in GB18030, with blanks at line
ends, with tabs for four spaces, and with all numbers ten higher.  `deckbind list` must find the
same entries, and some.  Prints TAP.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"^(\s{0,3}(?:#{1,6}\s+)?)(\d{1,2})([.、 )）])", re.MULTILINE)


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


def main(argv):
    program, bad = os.path.abspath(argv[1]), 0
    with tempfile.TemporaryDirectory() as folder:
        for path in argv[2:]:
            with open(path, encoding="utf-8-sig", newline="") as note:
                text = note.read().replace("\r\n", "\n")
            name = os.path.basename(path)
            faults = list(changed(program, folder, text, name))
            bad += bool(faults)
            print("not ok" if faults else "ok", "-", name)
            for fault in faults:
                print("#", fault)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
