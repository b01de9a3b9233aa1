#!/usr/bin/env python3
"""Import a package into real Anki and compare what is there with what was given.

usage: anki.py FIRST.apkg [SECOND.apkg]
       anki.py --formats LEGACY1.apkg OTHER.apkg...
       anki.py --export PACKAGE.apkg FOLDER

FIRST goes into a new collection: every note new, every card there, every field as
the package has it, every card rendering on both sides.  Importing it again changes
nothing.  SECOND is a later build of the same notes: what a reader has done since
(answers, moved cards) stays, and exactly the changed notes are updated.

With --formats the packages are one deck in several formats: each makes the same of a
new collection, and imported over another one it brings nothing but duplicates.

With --export the package goes through Anki: what a new collection has of it then is
written as FOLDER/legacy.apkg and FOLDER/latest.apkg.  Prints TAP.
"""
import os
import sys
import tempfile
import unicodedata
from xml.etree import ElementTree

from package import read_notes, read_package
from tap import Tap, differences

sys.path.pop(0)  # the folder of this file, which would hide the package of its name

from anki.collection import Collection
from anki.import_export_pb2 import (
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportAnkiPackageUpdateCondition as Condition,
)

IF_NEWER = Condition.Value("IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER")
KINDS = ("new", "updated", "duplicate", "conflicting")
CARD_ERRORS = ("templates/errors.html", "#front-of-card-is-blank", "#no-cloze")


def import_package(col, path):
    options = ImportAnkiPackageOptions(update_notes=IF_NEWER, update_notetypes=IF_NEWER)
    request = ImportAnkiPackageRequest(package_path=os.path.abspath(path), options=options)
    log = col.import_anki_package(request).log
    found = {kind: [note.id.nid for note in getattr(log, kind)] for kind in KINDS}
    return found, log.found_notes


def collection_cards(col):
    rows = col.db.execute("select n.guid, c.ord, c.did from cards c join notes n on n.id = c.nid")
    return {(guid, template): col.decks.name(deck) for guid, template, deck in rows}


def check_markup(package):
    """Anki normalises what it stores and a browser reads it: neither may see other tags."""
    for guid, note in package.notes.items():
        for field in note.fields:
            if unicodedata.normalize("NFC", field) != field:
                yield f"note {guid}: a field that is not NFC"
            try:
                ElementTree.fromstring(f"<field>{field}</field>")
            except ElementTree.ParseError as error:
                yield f"note {guid}: {error}"


def check_counts(found, want):
    return (f"{kind}: {len(found[kind])} instead of {want.get(kind, 0)}"
            for kind in KINDS if len(found[kind]) != want.get(kind, 0))


def check_types(col, package):
    used = {str(note.type) for note in package.notes.values()}
    for key in used:  # Anki takes no other
        want = package.types[key]
        got = col.models.get(int(key))
        if got is None:
            yield f"note type {want['name']} is not there"
            continue
        for name in ("name", "type", "sortf", "css", "req"):
            if got[name] != want[name]:
                yield f"{want['name']}: {name} is {got[name]!r} instead of {want[name]!r}"
        for list_name, keys in (("flds", ("name", "id")), ("tmpls", ("name", "id", "qfmt", "afmt"))):
            pick = lambda items: [[item[key] for key in keys] for item in items]
            if pick(got[list_name]) != pick(want[list_name]):
                yield f"{want['name']}: {list_name} differ"


def check_media(col, package):
    report = col.media.check()
    yield from (f"missing: {name}" for name in report.missing)
    yield from (f"unused: {name}" for name in report.unused)
    for name, want in package.media.items():
        path = os.path.join(col.media.dir(), name)
        if not os.path.exists(path):
            yield f"not imported: {name}"
        elif open(path, "rb").read() != want:
            yield f"other bytes: {name}"


def check_side(card, side, html):
    body = html.split("</style>", 1)[-1]
    for error in CARD_ERRORS:
        if error in body:
            yield f"card {card.id}, {side}: {error}"
    if not body.strip():
        yield f"card {card.id}, {side}: nothing"
    if card.note_type()["type"] == 1 and 'class="cloze"' not in body:
        yield f"card {card.id}, {side}: no cloze of number {card.ord + 1}"


def check_rendering(col):
    for cid in col.find_cards(""):
        card = col.get_card(cid)
        yield from check_side(card, "question", card.question())
        yield from check_side(card, "answer", card.answer())


def check_first(tap, col, path, package):
    found, number = import_package(col, path)
    tap.result("every note of the package is found", [] if number == len(package.notes) else
               [f"{number} instead of {len(package.notes)}"])
    tap.result("every note is new", check_counts(found, {"new": len(package.notes)}))
    text, sound = col.fix_integrity()
    tap.result("the collection is sound", [] if sound else [text])
    tap.result("every field is whole markup, and NFC", check_markup(package))
    tap.result("notes are as the package has them",
               differences("note", read_notes(col.db), package.notes))
    tap.result("cards are there, each in its deck",
               differences("card", collection_cards(col), package.cards))
    tap.result("note types are as the package has them", check_types(col, package))
    tap.result("pictures are there", check_media(col, package))
    empty = col.get_empty_cards()
    tap.result("no card is empty", (f"note {note.note_id}" for note in empty.notes))
    tap.result("cards render on both sides", check_rendering(col))


def check_again(tap, col, path, package):
    notes, cards = read_notes(col.db), collection_cards(col)
    found, _ = import_package(col, path)
    tap.result("a second import finds nothing new",
               check_counts(found, {"duplicate": len(package.notes)}))
    tap.result("a second import changes no note", differences("note", read_notes(col.db), notes))
    tap.result("a second import changes no card", differences("card", collection_cards(col), cards))


def study(col):
    """Do what a reader does: answer a few cards, and move one elsewhere."""
    col.decks.set_current(col.get_card(col.find_cards("")[0]).did)
    for rating in (3, 3, 4):
        card = col.sched.getCard()
        if card:
            col.sched.answerCard(card, rating)
    col.set_deck([col.find_cards("")[-1]], col.decks.id("Moved by the reader"))


def history(col):
    rows = col.db.execute("select id, nid, did, ord, type, queue, due, ivl, reps from cards")
    return {row[0]: tuple(row[1:]) for row in rows}


def check_second(tap, col, path, second):
    study(col)
    notes, cards = read_notes(col.db), history(col)
    reviews = col.db.scalar("select count() from revlog")
    found, _ = import_package(col, path)
    after, guids = read_notes(col.db), dict(col.db.execute("select id, guid from notes"))
    tap.result("no note conflicts with its earlier self", map(str, found["conflicting"]))
    now = history(col)
    tap.result("the reader's cards are untouched",
               differences("card", {cid: now.get(cid) for cid in cards}, cards))
    tap.result("no review is lost", [] if reviews == col.db.scalar("select count() from revlog")
               else ["their number changed"])
    changed = {guid for guid in notes if guid in second.notes
               and (notes[guid].tags, notes[guid].fields)
               != (second.notes[guid].tags, second.notes[guid].fields)}
    tap.result("the changed notes are updated, and no other",
               changed ^ {guids[nid] for nid in found["updated"]})
    tap.result("new notes are those that were not there",
               {guids[nid] for nid in found["new"]} ^ (set(second.notes) - set(notes)))
    tap.result("notes are as the later package has them", differences(
        "note", {guid: after[guid][2:] for guid in second.notes if guid in after},
        {guid: note[2:] for guid, note in second.notes.items()}))
    text, sound = col.fix_integrity()
    tap.result("the collection is still sound", [] if sound else [text])


def in_new_collection(work):
    """What `work` makes of a collection with nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(os.path.join(folder, "reader.anki2"))
        try:
            return work(col)
        finally:
            col.close()


def contents(col):
    """All that an import leaves, as one dict; what Anki stamps itself is left out."""
    used = {mid for mid, in col.db.execute("select distinct mid from notes")}
    types = {}
    for kind in col.models.all():
        if kind["id"] in used:
            # Old clients want these keys; new ones carry them along and never look.
            fields = [{key: field[key] for key in field if key != "media"} for field in kind["flds"]]
            kept = {key: kind[key] for key in kind if key not in ("mod", "usn", "vers", "tags")}
            types[kind["name"]] = {**kept, "flds": fields}
    decks = {deck["name"]: {key: deck[key] for key in deck if key not in ("id", "mod", "usn")}
             for deck in col.decks.all()}
    due = dict(col.db.execute("select n.guid || ' ' || c.ord, c.due from cards c join notes n on n.id = c.nid"))
    media = {}
    for name in os.listdir(col.media.dir()):
        with open(os.path.join(col.media.dir(), name), "rb") as file:
            media[name] = file.read()
    return {"note": read_notes(col.db), "card": collection_cards(col), "place": due,
            "note type": types, "deck": decks, "picture": media}


def imported(path):
    def work(col):
        found, number = import_package(col, path)
        text, sound = col.fix_integrity()
        return contents(col), found, number, [] if sound else [text]
    return in_new_collection(work)


def imported_over(first, second):
    def work(col):
        import_package(col, first)
        before = contents(col)
        found, number = import_package(col, second)
        problems = list(check_counts(found, {"duplicate": number}))
        for what, after in contents(col).items():
            problems += differences(what, after, before[what])
        return problems
    return in_new_collection(work)


def compare_formats(first, *others):
    tap = Tap()
    want, _, number, _ = imported(first)
    assert number and want["note"]
    for path in others:
        name = os.path.relpath(path)
        got, found, _, unsound = imported(path)
        tap.result(f"{name}: every note is new", check_counts(found, {"new": number}))
        tap.result(f"{name}: the collection is sound", unsound)
        for what in want:
            tap.result(f"{name}: every {what} is that of the first format",
                       differences(what, got[what], want[what]))
        tap.result(f"{name}: over the first format it brings only duplicates", imported_over(first, path))
        tap.result(f"{name}: the first format over it brings only duplicates", imported_over(path, first))
    return tap.end()


def export(path, folder):
    def work(col):
        import_package(col, path)
        for name in ("legacy", "latest"):
            options = ExportAnkiPackageOptions(with_media=True, legacy=name == "legacy")
            col.export_anki_package(
                out_path=os.path.join(os.path.abspath(folder), f"{name}.apkg"), options=options, limit=None)
    in_new_collection(work)
    return 0


def main(first, second=None):
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        package = read_package(first, folder)
        col = Collection(os.path.join(folder, "reader.anki2"))
        try:
            check_first(tap, col, first, package)
            check_again(tap, col, first, package)
            if second:
                check_second(tap, col, second, read_package(second, folder))
        finally:
            col.close()
    return tap.end()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--formats"] and len(sys.argv) > 3:
        sys.exit(compare_formats(*sys.argv[2:]))
    if sys.argv[1:2] == ["--export"] and len(sys.argv) == 4:
        sys.exit(export(*sys.argv[2:]))
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
