"""The rows of a package as it was written, read without Anki."""
import json
import os
import sqlite3
import zipfile
from collections import namedtuple

Note = namedtuple("Note", "type time tags fields sort checksum")
Package = namedtuple("Package", "notes cards types decks media")


def read_notes(db):
    rows = db.execute("select guid, mid, mod, tags, flds, sfld, csum from notes")
    return {guid: Note(mid, mod, tuple(sorted(tags.casefold().split())), tuple(fields.split("\x1f")), sort, csum)
            for guid, mid, mod, tags, fields, sort, csum in rows}


def read_package(path, folder):
    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", folder)
        names = json.loads(archive.read("media"))
        media = {name: archive.read(member) for member, name in names.items()}
    db = sqlite3.connect(os.path.join(folder, "collection.anki2"))
    models, decks = (json.loads(text) for text in db.execute("select models, decks from col").fetchone())
    cards = {(guid, template): decks[str(deck)]["name"] for guid, template, deck in db.execute(
        "select n.guid, c.ord, c.did from cards c join notes n on n.id = c.nid")}
    package = Package(read_notes(db), cards, models, decks, media)
    db.close()
    return package
