#!/usr/bin/env python3
"""What each stage of a build costs: instructions for each byte of the notes, counted by valgrind.

    instructions.py [--bless] PROGRAM FOLDER COMPILER

Seconds tell of the machine, counts tell of the code: the same build has the same ones, to a
few in ten thousand.  They are compared with those in instructions.tsv and may be 5 % more;
--bless writes them there.  Of PROGRAM the functions must keep their names, so it is not
optimised across files.  Counts of another compiler or system are no others' business: they
are skipped.  Prints TAP.
"""
import os
import platform
import re
import subprocess
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "instructions.tsv")
MOST = 1.05
NOTES = ("200", "heading", "number", "label")

# A stage is what these functions cost with all that they call, without what those behind "-" cost.
STAGES = {
    "read": "source_read",
    "recognise": "recognise",
    "titles and fingerprints": "source_titles source_fingerprint source_seal",
    "bind": "book_gather book_match book_identify book_duplicates book_paginate book_subjects book_slugs book_names",
    "blocks": "source_blocks",
    "inline": "source_inline",
    "links and mentions": "source_link source_mentions",
    "render": "source_render source_sections",
    "pages": "pages_make - page_finish",
    "contents and index": "nav_write ncx_write index_make",
    "notes and cards": "note_fields writer_note writer_card",
    "SQLite": "sqlite3_step sqlite3_exec",
    "XML check": "xml_check",
    "deflate": "pack_again",
    "zip": "bundle_zip",
    "all": "main",
}

# What the C library picks by the processor is to be the same everywhere.
PLAIN = "AVX AVX2 AVX512F AVX512VL AVX512BW AVX_Fast_Unaligned_Load BMI2 ERMS FSRM SSSE3 SSE4_1 SSE4_2"
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C",
               "GLIBC_TUNABLES": "glibc.cpu.hwcaps=" + ",".join("-" + name for name in PLAIN.split())}


def system():
    with open("/etc/os-release", encoding="utf-8") as file:
        release = dict(line.rstrip().replace('"', "").split("=", 1) for line in file if "=" in line)
    return "%s, %s %s" % (platform.machine(), release.get("ID"), release.get("VERSION_ID"))


def make_notes(folder):
    done = subprocess.run([sys.executable, os.path.join(HERE, "notes.py"), folder, *NOTES],
                          stdout=subprocess.PIPE, check=True, encoding="ascii")
    return done.stdout.strip()


def profile(program, notes, folder):
    path = os.path.join(folder, "callgrind.out")
    subprocess.run(["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + path, program, "build", notes,
                    "-o", folder, "--no-lock", "--no-highlight", "--reproducible", "-j", "1", "-q"],
                   stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    return path


def costs(path):
    """What the calls of each function cost, by callgrind's format: a name stands where its number is first used,
    and the line after a `calls=` ends with the cost of those calls."""
    names, total, callee, calls = {}, defaultdict(int), None, False
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            function = re.match(r"(c?)fn=\((\d+)\)(?: (.*))?", line)
            if function:
                if function[3]:
                    names[function[2]] = function[3]
                callee = names[function[2]]
            elif calls:
                total[callee] += int(line.split()[-1])
            calls = line.startswith("calls=")
    return total


def measure(total, size):
    for stage, functions in STAGES.items():
        more, _, less = functions.partition("-")
        for name in more.split() + less.split():
            if not total[name]:
                sys.exit("not ok - %s: nothing calls %s; the table of stages is to name what does the work" % (stage, name))
        cost = sum(total[name] for name in more.split()) - sum(total[name] for name in less.split())
        yield stage, cost / size


def bless(built, notes, counts):
    with open(TABLE, "w", encoding="utf-8") as file:
        print("built", built, sep="\t", file=file)
        print("notes", notes, sep="\t", file=file)
        for stage, count in counts:
            print(stage, "%.1f" % count, sep="\t", file=file)


def report(good, what):
    print("%sok - %s" % ("" if good else "not ", what))
    return good


def compare(built, notes, counts):
    with open(TABLE, encoding="utf-8") as file:
        blessed = dict(line.rstrip("\n").split("\t") for line in file)
    good = report(notes == blessed["notes"], "the notes are those that were measured: %s" % notes)
    if built != blessed["built"]:
        print("ok - the counts # SKIP they are of %s, these of %s" % (blessed["built"], built))
        return good
    for stage, count in counts:
        was = float(blessed[stage])
        good &= report(count <= was * MOST, "%s: %.1f instructions a byte, %+.1f %% of %.1f" % (
            stage, count, 100 * (count / was - 1), was))
    if not good:
        print("# Where the new cost is worth it, `make instructions` writes it into tests/instructions.tsv.")
    return good


def main(argv):
    blessing = argv[1] == "--bless"
    program, folder, compiler = argv[1 + blessing:]
    built, notes_folder = "%s, %s" % (compiler, system()), os.path.join(folder, "notes")
    notes = make_notes(notes_folder)
    counts = measure(costs(profile(os.path.abspath(program), notes_folder, folder)), int(notes.split()[0]))
    if blessing:
        return bless(built, notes, counts)
    return 0 if compare(built, notes, counts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
