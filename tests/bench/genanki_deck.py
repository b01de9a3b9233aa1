"""What people write to get notes into Anki today: genanki, and a Markdown library.

usage: genanki_deck.py mistune|markdown NOTES DECK.apkg

Each heading of level 3 is a question, what stands below it the answer; a file is a deck.
"""
import glob
import os
import re
import sys

import genanki


def renderer(name):
    if name == "mistune":
        import mistune
        return mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])
    import markdown
    converter = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    return lambda text: converter.reset().convert(text)


def entries(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for entry in re.split(r"^### ", text, flags=re.M)[1:]:
        question, _, answer = re.split(r"^## ", entry, flags=re.M)[0].partition("\n")
        yield question, answer


def main(library, notes, out):
    render, decks = renderer(library), []
    model = genanki.Model(1607392319, "Question", fields=[{"name": "Question"}, {"name": "Answer"}], templates=[{
        "name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}])
    for number, path in enumerate(sorted(glob.glob(os.path.join(notes, "**", "*.md"), recursive=True))):
        deck = genanki.Deck(2059400110 + number, os.path.splitext(os.path.relpath(path, notes))[0].replace("/", "::"))
        for question, answer in entries(path):
            deck.add_note(genanki.Note(model=model, fields=[render(question), render(answer)]))
        decks.append(deck)
    genanki.Package(decks).write_to_file(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
