"""Decks and books of notes that mean harm do none.

usage: inert PROGRAM FOLDER MATHJAX

Each payload of payloads.txt stands in each place of places.py, in notes that PROGRAM makes
into a deck and a book in FOLDER.  Real Anki imports the deck and shows every card, also after
an editor (Chromium) has read each field and written it back: it may find no sound, no LaTeX,
no box to type in, and no gap that the author did not write.  Chromium shows every card and every
page, and touches all that is there: no script may run, nothing may be fetched, nothing stand
there that is not allowed (judge.js), and the words of the note must be there to read.  MathJax
(its tex-chtml-full.js) looks for formulas as in Anki.  Prints TAP.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from xml.etree import ElementTree

from reader import Reader, meant_gaps  # first: beside tap.py lies an anki.py, which is not Anki

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

from chromium import Court
from places import AFTER, BEFORE, IN_NAME, INSIDE, PLACES, UNSEEN, case_in, file_name, one_line, read_payloads, write_notes
from tap import Tap

PICTURE = os.path.join(HERE, "..", "..", "book", "small", "sources", "网络", "点.png")
KEYS = ("title", "author", "description", "deck", "publisher", "rights")
AT_A_TIME = 12  # payloads in one deckbind.yaml
AT_ONE_LOOK = 60  # documents of the self-test
LINKS_AT_ONE_LOOK = 1000
HARMFUL = {"script elements": "a script runs", "handlers": "a script runs", "what phones home": "asks for"}


def build(program, notes, out, *options):
    return subprocess.run([program, "build", notes, "-o", out, "-q", "--no-lock", "--keep-going",
                           "--with-unanswered", *options],
                          capture_output=True, text=True).stderr


def lost(payload, place, text, book=False):
    """Which words of the note `text` does not show."""
    words = [BEFORE, AFTER] + [INSIDE] * (INSIDE in payload and place not in UNSEEN)
    if place == IN_NAME:
        words = [word for word in words if word in BEFORE + file_name(payload) + AFTER]
    if "…" in text:  # a title that is too long
        words = [BEFORE]
    if place == "blocks" and "{{c" in payload:  # a gap makes a note of its paragraph
        words = [INSIDE]
    if book and place == "gap" and "::" in payload:  # what follows is a hint, of which a book has none
        words = [BEFORE]
    return [f"{word} is lost" for word in words if word not in text]


def judge_cards(tap, court, payloads, cases, title):
    """One result for each payload: all cards that it stands in, each side judged."""
    for number, (group, name, payload) in enumerate(payloads):
        mine = [(place, cases.get((number, place))) for place in (*PLACES, IN_NAME)]
        problems = [f"in {place}: no card" for place, case in mine if not case]
        mine = [(place, case) for place, case in mine if case]
        did, found = court.sides([side for _, case in mine for side in case.sides])
        problems += did
        for place, case in mine:
            found_here, found = found[:len(case.sides)], found[len(case.sides):]
            wrong = [*case.wrong, *(w for w_list, _ in found_here for w in w_list)]
            wrong += lost(payload, place, " ".join(text for _, text in found_here))
            if not case.gaps <= meant_gaps(payload, place):
                wrong.append(f"gaps {case.gaps} that nobody wrote")
            problems += [f"in {place}: {w}" for w in dict.fromkeys(wrong)]
        tap.result(f"{title}: {group}: {name}", problems)


def edit(reader, court):
    """Every field as an editor writes it back; the notes with them."""
    notes = reader.notes()
    for start in range(0, len(notes), 500):
        some = notes[start:start + 500]
        for note, fields in zip(some, court.edited([note.fields for note in some])):
            note.fields = fields
    reader.col.update_notes(notes)
    return notes


def judge_formulas(tap, court, mathjax, payloads, cases, title):
    """MathJax finds nothing but what the author wrote as a formula, and no harm in that."""
    some = [(key, side) for key, case in cases.items() for side in case.sides if "\\" in side]
    found, remote = court.typeset(mathjax, [side for _, side in some])
    problems = [f"asks for {url}" for url in remote]
    for ((number, place), _), (count, wrong) in zip(some, found):
        _, name, _ = payloads[number]
        if count and "formula" not in name:
            problems.append(f"{name}, in {place}: {count} formulas")
        problems += [f"{name}, in {place}: {w}" for w in wrong]
    tap.result(f"{title}: MathJax finds no harm on {len(some)} sides", problems if some else ["no sides"])


def join_pages(pages):
    """One page with what stands in many, for one look."""
    head, _ = pages[0].split("<body", 1)
    inner = [page.split("<body", 1)[1].split(">", 1)[1].rsplit("</body>", 1)[0] for page in pages]
    return head + "<body>" + "".join(f"<div>{body}</div>" for body in inner) + "</body></html>"


def in_pieces(page):
    """The contents without its links, and these, so many at one look: a page of 20,000 takes minutes."""
    links = re.findall(r"<a .*?</a>", page, re.S)
    head = page.split("<body", 1)[0]
    yield re.sub(r"<a .*?</a>", "", page, flags=re.S)
    for start in range(0, len(links), LINKS_AT_ONE_LOOK):
        yield head + "<body>" + "".join(links[start:start + LINKS_AT_ONE_LOOK]) + "</body></html>"


def in_bundles(others):
    """(name, page) of the other pages, many documents of the self-test in one, and the contents in pieces."""
    tests = [name for name in others if re.match(r"EPUB/text/[az]-", name)]
    for start in range(0, len(tests), AT_ONE_LOOK):
        some = tests[start:start + AT_ONE_LOOK]
        yield some[0], join_pages([others[name] for name in some])
    for name, page in others.items():
        if name not in tests:
            yield from ((name, piece) for piece in (in_pieces(page) if name.endswith("nav.xhtml") else [page]))


def judge_page(court, path, page):
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)
    wrong, _ = court.page(path)
    os.remove(path)
    return list(dict.fromkeys(wrong))


def read_book(book, folder):
    """{number of a payload: {place: pages}}, and {name: page} of the other pages; the rest goes to `folder`."""
    by_payload, others = defaultdict(dict), {}
    for name in book.namelist():
        if not name.endswith(".xhtml"):
            book.extract(name, folder)
            continue
        page = book.read(name).decode()
        case = case_in(page)
        if case:
            by_payload[case[0]].setdefault(case[1], []).append(page)
        else:
            others[name] = page
    return by_payload, others


def judge_book(tap, court, payloads, by_payload, others, folder):
    for number, (group, name, payload) in enumerate(payloads):
        pages = by_payload[number]
        problems = [f"in {place}: {w}" for place in PLACES for w in lost(payload, place, "".join(pages.get(place, [])), True)]
        problems += judge_page(court, os.path.join(folder, "EPUB", "text", "joined.xhtml"),
                               join_pages([page for some in pages.values() for page in some]))
        tap.result(f"book: {group}: {name}", problems)
    for name, page in in_bundles(others):
        tap.result(f"book: {name}", judge_page(court, os.path.join(folder, name), page))


def judge_settings(tap, court, program, payloads, folder):
    """Payloads as values of deckbind.yaml, and so in the front matter of the book."""
    lines = [text for _, _, text in payloads if all(unicodedata.category(c)[0] != "C" for c in text)]
    for start in range(0, len(lines), AT_A_TIME):
        some = lines[start:start + AT_A_TIME]
        notes = os.path.join(folder, f"settings{start}")
        os.makedirs(notes)
        with open(os.path.join(notes, "deckbind.yaml"), "w", encoding="utf-8") as file:
            value = json.dumps(" ".join([BEFORE, *some, AFTER]), ensure_ascii=False)
            file.write("".join(f"{key}: {value}\n" for key in KEYS) + "file_name: notes\n")
        with open(os.path.join(notes, "note.md"), "w", encoding="utf-8") as file:
            file.write("## 丙是什么？\n\n答。\n")
        said = build(program, notes, notes)
        problems = []
        with zipfile.ZipFile(os.path.join(notes, "notes.epub")) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx")):
                    page = book.read(name).decode()
                    text = "".join(ElementTree.fromstring(page.encode()).itertext())
                    if name.endswith((".opf", "title.xhtml")):
                        problems += [f"{name}: {word} is lost" for word in (BEFORE, AFTER) if word not in text]
                if name.endswith(".xhtml"):
                    problems += judge_page(court, os.path.join(folder, "EPUB", "text", "page.xhtml"), page)
        tap.result(f"settings: payloads from {start} on", problems or ([said] if "error" in said else []))


def judge_judge(tap, court, payloads):
    """The judge sees what harm the payloads do where nobody has made them inert."""
    for group, harm in HARMFUL.items():
        mine = [text for payload_group, _, text in payloads if payload_group == group]
        seen = sum(any(what.startswith(harm) for what in court.raw(text)) for text in mine)
        tap.result(f"raw, {seen} of {len(mine)} payloads do harm: {group}", [] if seen > len(mine) / 4 else ["few"])


class Results(list):
    """What a `Tap` is to be told."""

    def result(self, name, problems):
        self.append((name, list(problems)))


def try_deck(deck, mathjax, payloads):
    results = Results()
    with tempfile.TemporaryDirectory() as home:
        reader = Reader(home, deck)
        with Court(reader.media) as court:
            cases = reader.cases(reader.notes())
            results.result("no media is missing", reader.missing())
            judge_cards(results, court, payloads, cases, "cards")
            judge_formulas(results, court, mathjax, payloads, cases, "cards")
            cases = reader.cases(edit(reader, court))
            judge_cards(results, court, payloads, cases, "edited")
            judge_formulas(results, court, mathjax, payloads, cases, "edited")
            results.result("the deck: no connection is made", court.asked())
        reader.close()
    return results


def try_book(program, book, folder, payloads):
    results = Results()
    os.makedirs(os.path.join(folder, "EPUB", "text"))
    with zipfile.ZipFile(book) as file:
        by_payload, others = read_book(file, folder)
    with Court(folder) as court:
        judge_judge(results, court, payloads)
        court.forget()
        judge_book(results, court, payloads, by_payload, others, folder)
        judge_settings(results, court, program, payloads, folder)
        results.result("the book: no connection is made", court.asked())
    return results


def main(program, folder, mathjax):
    tap = Tap()
    folder = os.path.abspath(folder)
    shutil.rmtree(folder, ignore_errors=True)
    payloads = read_payloads(os.path.join(HERE, "payloads.txt"))
    with open(PICTURE, "rb") as file:
        write_notes(os.path.join(folder, "notes"), payloads, file.read())
    said = build(program, os.path.join(folder, "notes"), folder)
    deck, book = os.path.join(folder, "notes.apkg"), os.path.join(folder, "notes.epub")
    tap.result("deck and book are built", [] if os.path.exists(deck) and os.path.exists(book) else [said])
    with ProcessPoolExecutor(2) as pool:
        for part in (pool.submit(try_deck, deck, mathjax, payloads),
                     pool.submit(try_book, program, book, os.path.join(folder, "book"), payloads)):
            for name, problems in part.result():
                tap.result(name, problems)
    return tap.end()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
