"""Commands that are run and measured, alone or in pairs."""
import os
import shlex
import statistics
import subprocess
import tempfile
import time
from collections import namedtuple

MOST_ROUNDS, BUDGET = 7, 40  # seconds for all rounds of a pair, beyond the first

# Of a whole command with all its children; peak is that of the largest one.
Cost = namedtuple("Cost", "cpu wall peak bytes")
FIGURES = Cost._fields


def size_of(paths):
    """Bytes of the files that a command made."""
    return sum(os.path.getsize(path) for path in paths)


class Command:
    """A line for the shell, and the files that it makes."""

    def __init__(self, line, *made):
        self.line, self.made = line, made

    def run(self):
        """The system gives a child of this process at least the peak of this one: time(1) is small."""
        with tempfile.NamedTemporaryFile() as peak:
            before = time.monotonic()
            child = subprocess.Popen(["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, "sh", "-c", self.line],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.monotonic() - before
            if status:
                raise RuntimeError("%.300s\n%s" % (self.line, said.decode(errors="replace")))
            return Cost(usage.ru_utime + usage.ru_stime, wall, int(peak.read()) / 1024, size_of(self.made))


def command(words, made):
    return Command(" ".join(map(shlex.quote, words)), made)


def medians(costs):
    return Cost(*(statistics.median(column) for column in zip(*costs)))


Pair = namedtuple("Pair", "a b ratio runs")  # medians of both, and the median of the ratios


def rounds(commands):
    """The costs of each, in turn A B A B …: of one round more than is counted, where there is
    time, since the first warms the caches."""
    before = time.monotonic()
    first = [command.run() for command in commands]
    long = time.monotonic() - before
    return [[command.run() for command in commands] for _ in range(min(MOST_ROUNDS, int(BUDGET / long)))] or [first]


def pair(a, b):
    """What a busy machine does to a run it mostly does to its neighbour too, so the ratios can be believed."""
    runs = rounds([a, b])
    ratios = [[x / max(y, 1e-3) for x, y in zip(one, other)] for one, other in runs]
    return Pair(medians([one for one, _ in runs]), medians([other for _, other in runs]), medians(ratios), len(runs))


def alone(a):
    return medians([costs[0] for costs in rounds([a])])
