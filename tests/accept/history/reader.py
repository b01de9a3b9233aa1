#!/usr/bin/env python3
"""One release of Anki imports the editions of a deck, and every import is looked at.

usage: reader.py RELEASE PLAN FOLDER

PLAN says which packages are imported in turn, and what must be seen of each (publish.py
makes it).  Every reader begins with a copy of one collection in FOLDER, in which the first
edition was studied.  Anki is the one that PYTHONPATH leads to, and must be RELEASE.
Prints TAP.
"""
import json
import os
import re
import shutil
import sys
from importlib import metadata

import clients

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from package import read_notes, read_package
from tap import Tap, differences

MY_DECK, MY_TAG = "读者自己的牌组", "重点"
TAGGED = "死锁"  # in the question of an entry that no edition changes
RATINGS = (3, 1, 4, 3, 2, 4, 1, 3, 4, 3, 3, 4)


class State:
    """What the reader has: copies of rows, by guid or id, to compare with later ones."""

    def __init__(self, col):
        self.notes = read_notes(col.db)
        self.cards = {row[0]: tuple(row) for row in col.db.execute("select * from cards")}
        self.decks = {cid: col.decks.name(row[2]) for cid, row in self.cards.items()}
        self.reviews = {row[0]: tuple(row) for row in col.db.execute("select * from revlog")}
        self.types = {mid: clients.note_type(col, mid) for mid in {note.type for note in self.notes.values()}}
        self.places = {tuple(row[:2]): row[2] for row in col.db.execute(
            "select n.guid, c.ord, c.id from cards c join notes n on n.id = c.nid")}


def shown(note):
    """What a note shows: without the line of the file where it was written, or the reader's tag."""
    tags = [tag for tag in note.tags if tag != MY_TAG]
    return note.type, tags, tuple(re.sub(r"(\.md):\d+$", r"\1", field) for field in note.fields)


def exact(note):
    return note.type, note.tags, note.fields, note.sort, note.checksum


def kept(before, after):
    """Of what there is after, that which was there before."""
    return {key: after.get(key) for key in before}


def names(guids, *all_notes):
    """The first fields of notes, for people to read."""
    for guid in sorted(guids):
        yield next((notes[guid].fields[0] for notes in all_notes if guid in notes), guid)


def only(keys, items, view):
    return {key: view(items[key]) for key in keys if key in items}


# --- checks ----------------------------------------------------------------------


def counts(found, **want):
    return (f"{kind}: {found[kind]} instead of {want.get(kind, 0)}"
            for kind in clients.KINDS if found[kind] != want.get(kind, 0))


def check_notes(tap, before, after, package, new, updated):
    changed = {guid for guid in before.notes if after.notes.get(guid) != before.notes[guid]}
    added = set(after.notes) - set(before.notes)
    tap.result("the changed entries are updated, and no other", names(changed ^ updated, after.notes))
    tap.result("the new entries are added, and no other", names(added ^ new, after.notes, package.notes))
    tap.result("what is new or updated is as the package has it", differences(
        "note", only(new | updated, after.notes, exact), only(new | updated, package.notes, exact)))
    tap.result("what is not updated shows the same already", differences(
        "note", only(package.notes, after.notes, shown), only(package.notes, package.notes, shown)))


def check_cards(tap, before, after, package):
    tap.result("the cards there were keep schedule, flag, suspension and deck", [
        *differences("card", kept(before.cards, after.cards), before.cards),
        *differences("deck of card", kept(before.decks, after.decks), before.decks)])
    tap.result("the review log is as it was", differences("review", after.reviews, before.reviews))
    added = {place: after.decks[cid] for place, cid in after.places.items()
             if place not in before.places}
    want = {place: deck for place, deck in package.cards.items() if place not in before.places}
    tap.result("cards are added where the package has more", differences("card", added, want))


def check_types(tap, before, after, package, restyled):
    looks = lambda types: {key: (t["css"], [(c["qfmt"], c["afmt"]) for c in t["tmpls"]])
                           for key, t in types.items()}
    known = {mid: package.types[str(mid)] for mid in after.types if str(mid) in package.types}
    tap.result("note types look as the package has them", differences(
        "note type", looks({mid: after.types[mid] for mid in known}), looks(known)))
    changed = {mid for mid in before.types if before.types[mid] != after.types[mid]}
    want = set(before.types) if restyled is True else set(restyled or ())
    tap.result(f"{'every' if restyled is True else len(want) or 'no'} note type is updated", want ^ changed)


def check_pictures(tap, col, package):
    def problems():
        for name, want in package.media.items():
            path = os.path.join(col.media.dir(), name)
            if not os.path.exists(path):
                yield f"not imported: {name}"
            elif open(path, "rb").read() != want:
                yield f"other bytes: {name}"
    tap.result("pictures are there", problems())


def check_again(tap, col, path, package):
    before = State(col)
    found = clients.import_package(col, path)
    after = State(col)
    tap.result("a second import changes nothing", [
        *counts(found, duplicate=len(package.notes)),
        *(problem for name in vars(before)
          for problem in differences(name, getattr(after, name), getattr(before, name)))])


def check_sound(tap, col):
    text, sound = clients.check_integrity(col)
    tap.result("the collection is sound", [] if sound else [text])


def check_retired(tap, col, search, retired):
    guids = {row[0]: row[1] for row in col.db.execute("select id, guid from notes")}
    found = {guids[nid] for nid in col.find_notes(search)} if search else set()
    tap.result("the search for retired entries finds them, and no other",
               names(found ^ retired, read_notes(col.db)))


def check_step(tap, col, step, scratch):
    package = read_package(step["package"], scratch)
    new, updated = set(step["new"]), set(step["updated"])
    before = State(col)
    found = clients.import_package(col, step["package"])
    after = State(col)
    tap.result("new, updated, duplicate and conflicting notes are counted as expected", counts(
        found, new=len(new), updated=len(updated),
        duplicate=len(package.notes) - len(new) - len(updated)))
    check_notes(tap, before, after, package, new, updated)
    check_cards(tap, before, after, package)
    check_types(tap, before, after, package, step["restyled"])
    check_pictures(tap, col, package)
    check_again(tap, col, step["package"], package)
    check_retired(tap, col, step["search"], set(step["retired"]))
    check_sound(tap, col)


# --- the reader ------------------------------------------------------------------


def check_first(tap, col, path, scratch):
    package = read_package(path, scratch)
    found = clients.import_package(col, path)
    tap.result("every note is new", counts(found, new=len(package.notes)))
    tap.result("notes are as the package has them", differences("note", read_notes(col.db), package.notes))


def study(tap, col, deck):
    """Do what a reader does: answer cards, move some elsewhere, flag, suspend and tag."""
    answered = clients.answer_cards(col, col.decks.id(deck), RATINGS)
    cards = col.db.list("select id from cards order by id")
    col.set_deck(cards[1::4], col.decks.id(MY_DECK))
    col.sched.suspend_cards(cards[2:4])
    clients.flag(col, cards[4], 3)
    col.tags.bulk_add(col.find_notes(TAGGED), MY_TAG)
    found = {search: len(col.find_cards(search))
             for search in (f'deck:"{MY_DECK}"', "is:suspended", "flag:3", f"tag:{MY_TAG}")}
    tap.result("cards are answered", [] if answered == len(RATINGS) else [f"{answered} answers"])
    tap.result("cards are moved, suspended, flagged and tagged", differences(
        "found by", found, dict(zip(found, (len(cards[1::4]), 2, 1, 1)))))
    clients.check_integrity(col)  # mends what Anki's scheduler left; what is found later is an import's


def settle(col, time):
    """Let an import be of the day of its package.

    Before 25.02 an updated note was dated by its import, which here is today, and took
    only what was written later; no edition of this test is.
    """
    col.db.execute("update notes set mod = ? where mod > ?", time, time)


def follow(tap, home, reader, scratch):
    col = clients.Collection(os.path.join(home, "reader.anki2"))
    try:
        for step in reader["steps"]:
            tap.title = ": ".join(dict.fromkeys((reader["name"], step["name"])))
            check_step(tap, col, step, scratch)
            settle(col, step["time"])
    finally:
        col.close()


def begin(tap, home, plan, scratch):
    tap.title = "the first edition"
    col = clients.Collection(os.path.join(home, "reader.anki2"))
    try:
        check_first(tap, col, plan["first"], scratch)
        study(tap, col, plan["deck"])
        check_sound(tap, col)
    finally:
        col.close()


def main(release, plan_path, folder):
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    tap = Tap()
    found = metadata.version("anki")
    tap.result("this release is what runs", [] if found == release else [f"{found} does"])
    first = os.path.join(folder, "first")
    os.makedirs(first)
    begin(tap, first, plan, folder)
    for number, reader in enumerate(plan["readers"]):
        home = os.path.join(folder, str(number))
        shutil.copytree(first, home)
        follow(tap, home, reader, folder)
    return tap.end()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
