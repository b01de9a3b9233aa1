#!/usr/bin/env python3
"""Run the examples of the CommonMark specification; print TAP.

    commonmark.py SPEC.TXT MARKDOWN [LEAST]

SPEC.TXT is the specification 0.31.2 (`npm pack commonmark-spec@0.31.2`), MARKDOWN
the tool of tests/tools.  The test passes where at least LEAST examples do (all,
without it); the numbers of the others are listed.
"""

import re
import subprocess
import sys

FENCE = "`" * 32
EXAMPLE = re.compile(
    "^" + FENCE + r" example\n(.*?)^\.\n(.*?)^" + FENCE + "$", re.MULTILINE | re.DOTALL
)


def examples(path):
    with open(path, encoding="utf-8", newline="") as spec:
        text = spec.read().replace("→", "\t")
    return EXAMPLE.findall(text)


def convert(tool, markdown):
    done = subprocess.run([tool], input=markdown.encode(), stdout=subprocess.PIPE, check=False)
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def main(argv):
    if len(argv) not in (3, 4):
        sys.stderr.write(__doc__)
        return 2
    cases = examples(argv[1])
    least = int(argv[3]) if len(argv) == 4 else len(cases)
    failed = [n for n, (note, want) in enumerate(cases, 1) if convert(argv[2], note) != want]
    passed = len(cases) - len(failed)
    ok = len(cases) > 600 and passed >= least
    print("1..1")
    print("%s - CommonMark: %d of %d examples" % ("ok" if ok else "not ok", passed, len(cases)))
    if failed:
        print("# not as specified: " + " ".join(map(str, failed)))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
