#!/usr/bin/env python3
"""Import a deck, the package that tags what is retired of it, and a later deck.

usage: retired.py TIME FIRST.apkg KEPT.apkg RETIRED.apkg [BACK.apkg]

FIRST has all entries, KEPT those that are left, and RETIRED, dated TIME, is to tag the
others.  BACK is a later deck, in which some of them are there again.  A reader who has
studied FIRST must get the tags and nothing else, and lose them with BACK.  Anki is the one
of this Python.  Prints TAP.
"""
import os
import sys
import tempfile

import clients
from reader import State, counts, settle

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from package import read_notes, read_package
from tap import Tap, differences

TAG = "deckbind::retired"
RATINGS = (3, 4, 1, 3, 2, 3)


def tagged(col):
    guids = dict(col.db.execute("select id, guid from notes"))
    return {guids[nid] for nid in col.find_notes(f"tag:{TAG}")}


def study(tap, col):
    """Answer cards, and suspend, flag and move some."""
    deck = next(deck for deck in col.decks.all_names_and_ids() if deck.name.split("::")[0] == "面试")
    answered = clients.answer_cards(col, deck.id, RATINGS)
    cards = col.db.list("select id from cards order by id")
    col.sched.suspend_cards(cards[-1:])
    clients.flag(col, cards[-2], 3)
    col.set_deck(cards[1:2], col.decks.id("读者自己的牌组"))
    tap.result("cards are answered", [] if answered == len(RATINGS) else [f"{answered} answers"])


def with_tag(note):
    return note._replace(tags=tuple(sorted({*note.tags, TAG})), time=0)


def check_retired(tap, col, path, gone):
    before = State(col)
    found = clients.import_package(col, path)
    after = State(col)
    tap.result("only what is retired is updated", counts(found, updated=len(gone)))
    want = {guid: with_tag(note) if guid in gone else note for guid, note in before.notes.items()}
    got = {guid: note._replace(time=0) if guid in gone else note for guid, note in after.notes.items()}
    tap.result("its notes have the tag, and are as they were", differences("note", got, want))
    tap.result("they are dated later", (guid for guid in gone
               if after.notes[guid].time <= before.notes[guid].time))
    for name in ("cards", "decks", "reviews", "types"):
        tap.result(f"{name} are as they were",
                   differences(name, getattr(after, name), getattr(before, name)))
    tap.result("a search for the tag finds them, and no other", tagged(col) ^ gone)
    check_again(tap, col, path, gone)


def check_again(tap, col, path, gone):
    before = State(col)
    found = clients.import_package(col, path)
    after = State(col)
    tap.result("a second import changes nothing", [
        *counts(found, duplicate=len(gone)),
        *(problem for name in vars(before)
          for problem in differences(name, getattr(after, name), getattr(before, name)))])


def check_back(tap, col, path, gone, there):
    before = State(col)
    found = clients.import_package(col, path)
    back = gone & set(there)
    tap.result("what came back is updated, and nothing else",
               counts(found, updated=len(back), duplicate=len(set(there) - back)))
    tap.result("the rest keeps its tag, and no other note has it", tagged(col) ^ (gone - back))
    exact = lambda notes: {guid: notes[guid][2:] for guid in back}
    tap.result("what came back is as the deck has it", differences("note", exact(read_notes(col.db)), exact(there)))
    tap.result("its cards are as they were", differences("card", State(col).cards, before.cards))


def check_sound(tap, col):
    text, sound = clients.check_integrity(col)
    tap.result("the collection is sound", [] if sound else [text])


def in_new_collection(work):
    with tempfile.TemporaryDirectory() as folder:
        col = clients.Collection(os.path.join(folder, "reader.anki2"))
        try:
            work(col)
        finally:
            col.close()


def main(time, first, kept, retired, back=None):
    tap = Tap(os.path.basename(os.path.dirname(retired)))
    with tempfile.TemporaryDirectory() as folder:
        had, left, there = (read_package(path, folder).notes if path else {} for path in (first, kept, back))
    gone = set(had) - set(left)
    assert gone and gone - set(there) and (not back or gone & set(there))

    def reader(col):
        clients.import_package(col, first)
        study(tap, col)
        check_retired(tap, col, retired, gone)
        settle(col, int(time))
        if back:
            check_back(tap, col, back, gone, there)
        check_sound(tap, col)

    def newcomer(col):
        tap.title += ", who never had the deck"
        tap.result("the notes are new", counts(clients.import_package(col, retired), new=len(gone)))
        tap.result("they are what was retired, tagged", tagged(col) ^ gone)
        settle(col, int(time))
        then = there or had
        found = clients.import_package(col, back or first)
        fresh, back_again = len(set(then) - gone), len(gone & set(there))
        tap.result("the deck can be imported after it", counts(
            found, new=fresh, updated=back_again, duplicate=len(then) - fresh - back_again))
        types = {note.type for note in State(col).notes.values()}
        tap.result("no note type is there twice", types ^ {note.type for note in had.values()})
        check_sound(tap, col)

    in_new_collection(reader)
    in_new_collection(newcomer)
    return tap.end()


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
