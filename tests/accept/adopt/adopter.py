#!/usr/bin/env python3
"""A reader who studied the deck of another tool imports the decks of the notes that adopted it.

usage: adopter.py RELEASE read PLAN FOLDER
       adopter.py RELEASE export OLD.apkg FOLDER

PLAN says which packages are imported in turn, and what must be seen of each (__main__.py
makes it).  With export, OLD.apkg is studied and then written with its schedule, as
FOLDER/legacy.apkg and FOLDER/latest.apkg.  Anki is the one that PYTHONPATH leads to, and
must be RELEASE.  Prints TAP.
"""
import json
import os
import re
import sys
from importlib import metadata

ACCEPT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(os.path.join(ACCEPT, "history"))

import clients  # before what lies beside anki.py, which would hide the package of its name
from reader import State, check_sound, check_step, settle
from tap import Tap, differences

MY_DECK = "读者自己的牌组"
RATINGS = (3, 1, 4, 3, 2, 4)
CARD_ERRORS = ("class=\"template-error\"", "templates/errors.html", "#front-of-card-is-blank", "#no-cloze")


def study(col):
    """Do what a reader does: answer cards, move some elsewhere, flag and suspend."""
    col.conf["curDeck"] = 1
    for deck in col.decks.all_names_and_ids():
        clients.answer_cards(col, deck.id, RATINGS)
    cards = col.db.list("select id from cards order by id")
    col.set_deck(cards[::5], col.decks.id(MY_DECK))
    col.sched.suspend_cards(cards[2::6])
    for card in cards[::7]:
        clients.flag(col, card, 3)
    clients.check_integrity(col)  # mends what Anki's scheduler left; what is found later is an import's


def check_study(tap, col):
    found = {search: bool(col.find_cards(search)) for search in (f"deck:{MY_DECK}", "is:suspended", "flag:3", "rated:1")}
    tap.result("cards are answered, moved, suspended and flagged", (name for name in found if not found[name]))


def deck_names(col):
    return {deck.name for deck in col.decks.all_names_and_ids(skip_empty_default=True)}


def check_decks(tap, col, before):
    """A deck that an import makes is there for a card."""
    used = {col.decks.name(deck) for deck in col.db.list("select distinct did from cards")}
    made = deck_names(col) - before
    tap.result("no empty deck is made", (name for name in made
               if not any(deck == name or deck.startswith(name + "::") for deck in used)))


def bare(html):
    """A question as a reader tells it from others."""
    text = re.sub(r"<[^>]*>|\s", "", html.split("</style>", 1)[-1]).lower()
    return re.sub(r"^(q:|\d+\.)", "", text)


def check_questions(tap, state, plan, twice):
    seen = {}
    for guid, note in state.notes.items():
        question = bare(note.fields[plan["question"] if note.type == plan["type"] else 0])
        if guid not in twice:
            seen.setdefault(question, []).append(guid)
    tap.result("no question is there twice", (f"{question}: {guids}" for question, guids in seen.items() if len(guids) > 1))


def check_rendering(tap, col):
    def problems():
        for card in map(col.get_card, col.find_cards("")):
            for side, html in ("question", card.question()), ("answer", card.answer()):
                yield from (f"card {card.id}, {side}: {error}" for error in CARD_ERRORS if error in html)
                if not bare(html):
                    yield f"card {card.id}, {side}: nothing"
            if bare(card.question()) == bare(card.answer()):
                yield f"card {card.id}: the answer shows nothing else"
    tap.result("cards render, with something on both sides", problems())


def check_type(tap, plan, first, state):
    """Their note type has all that it had, and our style sheet behind its own."""
    had, has = first.types.get(plan["type"]), state.types.get(plan["type"])
    if not had:
        return
    names = lambda kind: {"name": kind["name"], "fields": [field["name"] for field in kind["flds"]],
                          "templates": [(card["name"], card["qfmt"], card["afmt"]) for card in kind["tmpls"]],
                          "browser": [(card["bqfmt"], card["bafmt"]) for card in kind["tmpls"]],
                          "sort": kind["sortf"], "latex": (kind["latexPre"], kind["latexPost"], kind.get("latexsvg"))}
    tap.result("the note type is what it was", differences("its", names(has), names(had)))
    tap.result("it has its own style, and ours", [] if has["css"].startswith(had["css"]) and ".dk" in has["css"]
               else [has["css"][:200]])


def check_kept(tap, plan, first, state, answer):
    """What the notes say nothing about stays: all fields but two."""
    def problems():
        for guid, note in first.notes.items():
            kept = [index for index in range(len(note.fields)) if index not in (plan["question"], answer)]
            for index in kept:
                if note.type == plan["type"] and state.notes[guid].fields[index] != note.fields[index]:
                    yield f"{state.notes[guid].fields[index]!r} instead of {note.fields[index]!r}"
            if not set(note.tags) <= set(state.notes[guid].tags):
                yield f"tags {state.notes[guid].tags} instead of {note.tags}"
    tap.result("fields that hold neither question nor answer, and tags, stay", problems())


def follow(tap, col, plan, scratch):
    first, twice = State(col), set()
    for step in plan["steps"]:
        tap.title = f"{plan['name']}: {step['name']}"
        decks = deck_names(col)
        check_step(tap, col, step, scratch)
        settle(col, step["time"])
        state = State(col)
        if step["name"] == "the deck of the notes":
            twice = set(step["new"])
        check_questions(tap, state, plan, twice)
        check_decks(tap, col, decks)
        check_rendering(tap, col)
        check_kept(tap, plan, first, state, plan["question"] + 1)
        if step["name"] != "the deck of the notes":
            check_type(tap, plan, first, state)


def read(tap, plan_path, folder):
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    tap.title = plan["name"]
    col = clients.Collection(os.path.join(folder, "reader.anki2"))
    try:
        clients.import_package(col, plan["first"])
        study(col)
        check_study(tap, col)
        follow(tap, col, plan, folder)
        check_sound(tap, col)
    finally:
        col.close()


def export(tap, old, folder):
    from anki.import_export_pb2 import ExportAnkiPackageOptions
    col = clients.Collection(os.path.join(folder, "writer.anki2"))
    try:
        clients.import_package(col, old)
        study(col)
        for name in ("legacy", "latest"):
            options = ExportAnkiPackageOptions(with_media=True, with_scheduling=True, with_deck_configs=True,
                                               legacy=name == "legacy")
            col.export_anki_package(out_path=os.path.join(folder, f"{name}.apkg"), options=options, limit=None)
    finally:
        col.close()


def main(release, work, *arguments):
    tap = Tap()
    found = metadata.version("anki")
    tap.result("this release is what runs", [] if found == release else [f"{found} does"])
    {"read": read, "export": export}[work](tap, *arguments)
    return tap.end()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
