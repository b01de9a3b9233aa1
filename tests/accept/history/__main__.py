"""Every release of Anki imports a deck again after every kind of edit.

usage: history PROGRAM FOLDER ANKI

Builds the editions of a small deck with PROGRAM (editions.py says which, and what must
come of them) into FOLDER, and lets each release that releases.txt names import them.  The
release 24.11 is looked for in ANKI/24.11.  Prints TAP.
"""
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

from publish import make_plan
from tap import Tap

AT_A_TIME = 2
READER_SECONDS = 300


def read_releases():
    """The releases that are pinned, by their names."""
    with open(os.path.join(HERE, "releases.txt"), encoding="utf-8") as file:
        return re.findall(r"^anki==(\S+)", file.read(), re.M)


def run_reader(release, anki, plan, folder):
    """The TAP of one release."""
    home, where = os.path.join(folder, release), os.path.join(anki, release)
    os.makedirs(home)
    # Old releases leave files in the folder for them, and expect no other there.
    environment = {**os.environ, "PYTHONPATH": where, "TMPDIR": home}
    run = subprocess.run([sys.executable, os.path.join(HERE, "reader.py"), release, plan, home],
                         env=environment, timeout=READER_SECONDS, capture_output=True, text=True)
    results = re.findall(r"^(?:(?:not )?ok .*|# .*)\n", run.stdout, re.M)
    if not re.search(r"^1\.\.\d+$", run.stdout, re.M):
        results.append(f"not ok - it comes to its end\n{re.sub('^', '# ', run.stderr, flags=re.M)}\n")
    return re.sub(r"^((?:not )?ok (?:\d+ )?- )", rf"\g<1>{release}: ", "".join(results), flags=re.M)


def main(program, folder, anki):
    program, folder, anki = map(os.path.abspath, (program, folder, anki))
    shutil.rmtree(folder, ignore_errors=True)
    tap = Tap()
    plan = make_plan(tap, program, folder)
    tap.end()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(lambda release: run_reader(release, anki, plan, folder), read_releases()))
    print("".join(results), end="")
    return 0 if tap.good and not any(re.search("^not ok", result, re.M) for result in results) else 1


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
