"""One folder of notes through its rounds: edited, built, and judged by what is known of it."""
import hashlib
import itertools
import os
import re
import sqlite3
import tempfile
import time
import zipfile
from collections import Counter, defaultdict

from editing import edits
from editing.desk import PLACES, WHOLE, Desk
from editing.notes import Reader, content, cut, joined, listed, run, starts, write

DOUBT = re.compile(r"^(.*?):(\d+)(?::\d+)?: \w+\[MATCH_DOUBT\]", re.MULTILINE)
HELD = 0.1  # of the entries of a file
FIRST_DATE = 1_700_000_000


class Tally:
    """What all runs counted."""

    def __init__(self, stories):
        self.rows = defaultdict(Counter)
        self.faults = defaultdict(list)  # by requirement
        self.done, self.misread = Counter(), Counter()
        self.builds, self.seconds = 0, 0  # the seconds of the last one
        self.most, self.told = stories, Counter()

    def is_told(self, row):
        return self.told[row] >= self.most

    def story(self, row, lines):
        if not self.is_told(row):
            self.told[row] += 1
            print("\n".join("# " + line for line in lines))

    def share(self, rows):
        counts = sum((self.rows[row] for row in rows), Counter())
        return counts["right"], counts.total()


def deck_guids(folder):
    name, = [n for n in os.listdir(folder) if n.endswith(".apkg")]
    with zipfile.ZipFile(os.path.join(folder, name)) as package, tempfile.NamedTemporaryFile() as copy:
        copy.write(package.read("collection.anki2"))
        copy.flush()
        with sqlite3.connect(copy.name) as db:
            return [guid for guid, in db.execute("SELECT guid FROM notes")]


def digests(*folders):
    found = {}
    for path in (os.path.join(f, n) for f in folders for n in sorted(os.listdir(f))):
        if path.endswith((".apkg", ".lock")):
            with open(path, "rb") as data:
                found[os.path.basename(path)] = hashlib.sha256(data.read()).hexdigest()
    return found


class Run:
    """One folder of notes through its rounds."""

    def __init__(self, program, rng, writer, tally, scratch, notes, seed):
        self.program, self.seed, self.tally, self.rng = program, seed, tally, rng
        self.folder, self.out = os.path.join(scratch, "notes"), os.path.join(scratch, "out")
        self.counter = itertools.count(1)
        self.reader = Reader(program, os.path.join(scratch, "apart"))
        self.truth = {}  # by id: the guid that an entry must have
        self.past = defaultdict(set)  # by id: guids that it had and lost
        self.was, self.before = {}, {}  # by id: the content and the piece at the last build
        self.published = set()  # guids that a deck had
        self.round = 0
        files = {}
        for name, text in notes:
            write(self.folder, name, text)
        write(self.folder, "deckbind.yaml", "identifier: identity\ntitle: 面试笔记\n")
        texts = dict(notes)
        for name, rows in sorted(listed(program, self.folder).items()):
            pieces = self.reader.read(name, cut(texts[name], rows, self.new_id))
            if pieces:  # alone it is read as among the others
                files[name] = pieces
        self.desk = Desk(rng, writer, self.reader, files, self.new_id)
        for name in sorted(files):
            self.hold_back(name)

    def new_id(self):
        return next(self.counter)

    def hold_back(self, name):
        """Takes some answered entries out of a file, to put them in later."""
        pieces = self.desk.files[name]
        for piece in [p for p in pieces if p.answered and self.rng.random() < HELD]:
            less = self.reader.read(name, tuple(p for p in pieces if p.id != piece.id))
            if less:
                pieces = less
                self.desk.held.setdefault(name, []).append(piece)
        self.desk.files[name] = pieces

    # --- editing ---

    def edit(self, edit):
        desk, tally = self.desk, self.tally
        change = edit(desk)
        if not change:
            return
        files, labels = change
        read = {n: p and self.reader.read(n, p) for n, p in files.items()}
        if any(files[n] and read[n] is None for n in files) or self.spoilt(read, labels):
            tally.misread[edit.__name__] += 1
            return
        tally.done[edit.__name__] += 1
        old = {p.id: (p, n) for n in files for p in desk.files.get(n, ()) if p.id is not None}
        for name, pieces in read.items():
            if pieces is None:
                if edit is edits.delete_file:
                    desk.dead_files[name] = desk.files[name]
                del desk.files[name]
            else:
                desk.files[name] = pieces
        here = {p.id for pieces in read.values() for p in pieces or ()}
        self.buried.update({i: at for i, at in old.items() if i not in here and i not in labels})
        for i in here:
            desk.dead.pop(i, None)
        for i, kind in labels.items():
            desk.labels.setdefault(i, []).append(kind)

    def spoilt(self, files, labels):
        """Whether an entry that was only put elsewhere says something else there."""
        return any(
            labels.get(p.id) in (*PLACES, *WHOLE, "restored") and content(p) != self.was[p.id]
            and not self.desk.labels.get(p.id)
            for pieces in files.values() for p in pieces or () if p.id in self.was)

    def edit_some(self, part):
        self.desk.labels, self.buried = {}, {}
        weights, makers = zip(*edits.EDITS)
        for _ in range(max(4, int(len(self.entries()) * part))):
            self.edit(self.rng.choices(makers, weights)[0])
        self.desk.dead.update(self.buried)

    def entries(self):
        return {p.id: (n, line, p) for n, pieces in sorted(self.desk.files.items())
                for line, p in starts(pieces) if p.id is not None}

    # --- building ---

    def save(self):
        for base, _, names in os.walk(self.folder):
            for name in names:
                if not name.startswith("deckbind."):
                    os.remove(os.path.join(base, name))
        for name, pieces in self.desk.files.items():
            write(self.folder, name, joined(pieces))

    def fault(self, requirement, *lines):
        where = f"seed {self.seed}, round {self.round}"
        self.tally.faults[requirement].append(where)
        self.tally.story(requirement, [f"{where}: {requirement}", *lines])

    def listed(self):
        """By id, the guid that the program gives; None where it reads the folder otherwise."""
        here = {(n, line): i for i, (n, line, _) in self.entries().items()}
        rows = {(n, row["start_line"]): row["guid"] for n, rs in listed(self.program, self.folder).items() for row in rs}
        if set(rows) != set(here):
            raise RuntimeError(f"seed {self.seed}: {sorted(set(rows) ^ set(here))[:4]} are read otherwise in the folder")
        return {here[place]: guid for place, guid in rows.items()}

    def build(self):
        """Builds, and gives the guids and the ids of those that were said to be ambiguous."""
        self.tally.builds += 1
        date = FIRST_DATE + 3600 * self.round
        make = ("build", "--to", "apkg", "--keep-going", "--allow-changes", self.folder, "-o", self.out)
        promised = self.listed()
        start = time.monotonic()
        said = run(self.program, *make, may_fail=True, date=date)[1]
        self.tally.seconds = time.monotonic() - start
        given = self.listed()
        if promised != given:
            i = next(i for i in given if promised[i] != given[i])
            self.fault("list tells what build gives", f"{promised[i]}, then {given[i]}: {self.entries()[i][2].question}")
        before = digests(self.folder, self.out)
        run(self.program, *make, may_fail=True, date=date)
        if digests(self.folder, self.out) != before:
            self.fault("a build without an edit changes no byte", str(before), str(digests(self.folder, self.out)))
        self.check_deck(given)
        here = {(n, line): i for i, (n, line, _) in self.entries().items()}
        unsure = {here.get((os.path.relpath(f, self.folder), int(line))) for f, line in DOUBT.findall(said)}
        return given, unsure

    def check_deck(self, given):
        deck, entries = deck_guids(self.out), self.entries()
        self.published.update(deck)
        answered = {given[i] for i, (_, _, p) in entries.items() if p.answered}
        if len(set(given.values())) < len(given) or len(set(deck)) < len(deck):
            self.fault("no guid is given twice")
        if not answered <= set(deck) <= set(given.values()):
            self.fault("the deck has the guids of the list", str(sorted(answered ^ set(deck))[:4]))

    # --- judging ---

    def trade(self, given):
        """Entries that were alike to the letter are one to everybody: either may have either guid.

        So is a new one that asks to the letter what one that is gone asked.
        """
        now = {i: content(p) for i, (_, _, p) in self.entries().items()}
        owner = {guid: i for i, guid in self.truth.items()}
        for i, guid in 2 * list(given.items()):  # a trade may make way for another
            other = owner.get(guid, i)
            again = other != i and i not in self.truth and other not in now and now[i][0] == self.was[other][0]
            alike = other != i and (again or
                self.was.get(i, 0) == self.was[other] or now[i] in (now.get(other), self.was[other]))
            if alike:
                self.truth[other], self.truth[i] = self.truth.get(i), guid
                owner[guid] = i
                if self.truth[other] is None:
                    del self.truth[other]
                else:
                    owner[self.truth[other]] = other

    def row(self, i):
        kinds = self.desk.labels.get(i, ["untouched"])
        if kinds[0].startswith("restored") and self.truth.get(i) not in self.published:
            return "restored, never in a deck"
        content_, moved = ([k for k in kinds if (k in PLACES) == place] for place in (False, True))
        return content_[0] + ", and moved" * bool(moved) if content_ else moved[0]

    def outcome(self, i, guid, owner, unsure):
        if owner.get(guid, i) != i:
            return "WRONG"
        if guid == self.truth.get(i) or i not in self.truth:
            return "right"
        return "ambiguous" if i in unsure else "lost"

    def judge(self, given, unsure):
        """Whether no entry has the guid of another."""
        self.trade(given)
        owner = {guid: i for i, guid in self.truth.items()}
        owner.update({guid: i for i, guids in self.past.items() for guid in guids})
        clean = True
        for i, guid in given.items():
            row, result = self.row(i), self.outcome(i, guid, owner, unsure)
            self.tally.rows[row][result] += 1
            if result != "right":
                self.tell(row, result, i, guid, owner)
            clean = clean and result != "WRONG"
            if self.truth.get(i, guid) != guid:
                self.past[i].add(self.truth[i])
        self.learn(given)
        return clean

    def learn(self, given):
        self.truth.update(given)
        self.before.update({i: p for i, (_, _, p) in self.entries().items()})
        self.was.update({i: content(self.before[i]) for i in given})

    def tell(self, row, result, i, guid, owner):
        if self.tally.is_told(f"{result}: {row}"):
            return
        name, line, piece = self.entries()[i]
        lines = [f"seed {self.seed}, round {self.round}: {result}: {row}: {name}:{line}: has {guid}, should have "
                 f"{self.truth.get(i, 'a new one')}"]
        shown = [("now", piece)]
        if i in self.before:
            shown.insert(0, ("was", self.before[i]))
        if result == "WRONG":
            other = owner[guid]
            where = self.entries().get(other, ("a deleted entry", 0))
            lines.append(f"it belongs to {where[0]}:{where[1]} ({self.row(other)})")
            shown.append(("which was", self.before[other]))
        for when, p in shown:
            lines += [f"{when:9} | {text}"[:150] for text in p.lines()[:8]]
        self.tally.story(f"{result}: {row}", lines)

    def go(self, rounds):
        self.save()
        given, _ = self.build()
        self.learn(given)
        for self.round in range(1, rounds + 1):
            self.edit_some(self.rng.choice([0.01, 0.03, 0.1]))
            self.save()
            if not self.judge(*self.build()):
                return  # what follows would only repeat it
