#!/usr/bin/env python3
"""pages.py BOOK.epub... -- every page of the books can be seen and read.

MuPDF (mutool) lays the book out on a page of 420 by 560 points, about that of a
six-inch reader, and what it shows is compared with what stands in the files:

  * no page is empty, and none has ink on its right edge, where text was cut off;
  * no character is a box, for want of a glyph;
  * each document of the spine shows all of its text, in its order;
  * none of the text has more bytes than old readers bear.

Prints TAP.  A missing mutool is a failure.
"""
import posixpath
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

LAYOUT = ["-W", "420", "-H", "560", "-S", "12"]
RESOLUTION = 60
EDGE = 0.02  # of the width
INK = 160    # and darker
MOST_BYTES = 300_000  # see src/book/paginate.c
LINES = re.compile("[\u2500-\u257f]")  # of boxes: MuPDF's own face for code has but half of them
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def spine(book):
    """Paths of the documents, in reading order."""
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    path = {i.get("id"): i.get("href") for i in package.iter(OPF + "item")}
    return [posixpath.join("EPUB", path[i.get("idref")]) for i in package.iter(OPF + "itemref")]


def shown_text(element):
    """The text below an element, what is hidden left out."""
    if "hid" in element.get("class", "").split():
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [shown_text(child), child.tail or ""]
    return "".join(parts)


def letters(text):
    """Letters and digits alone: marks of lists and breaks of lines are MuPDF's own."""
    return re.sub(r"[\W_]+", "", text)


def mutool(path, form, *options):
    return subprocess.run(["mutool", "draw", "-q", *LAYOUT, "-F", form, *options, path],
                          capture_output=True, check=True).stdout


def images(data):
    """(width, height, bytes) of each page in a stream of PGM files."""
    while data:
        head = re.match(rb"P5\s+(?:#[^\n]*\n)?(\d+)\s+(\d+)\s+255\s", data)
        width, height = int(head[1]), int(head[2])
        at, end = head.end(), head.end() + width * height
        yield width, height, data[at:end]
        data = data[end:]


def is_dark(row):
    return any(point < INK for point in row)


def look(path):
    """What is wrong with the pages, one line each."""
    data = mutool(path, "pgm", "-c", "gray", "-r", str(RESOLUTION), "-o", "-")
    for number, (width, height, points) in enumerate(images(data), 1):
        rows = [points[y * width:(y + 1) * width] for y in range(height)]
        if not any(map(is_dark, rows)):
            yield f"page {number} is empty"
        edge = int(width * (1 - EDGE))
        if any(is_dark(row[edge:]) for row in rows):
            yield f"page {number} is cut off on the right"


def boxes(path):
    """The characters that no font has."""
    found = re.findall(rb'<g unicode="([^"]*)" glyph="\.notdef"', mutool(path, "trace", "-o", "-"))
    for character in sorted(set(found)):
        if not LINES.match(character.decode()):
            yield f"no font has the character {ascii(character.decode())}"


def read(path):
    """What cannot be read on the pages."""
    shown = letters(mutool(path, "txt", "-o", "-").decode())
    at = 0
    with zipfile.ZipFile(path) as book:
        for name in spine(book):
            body = ElementTree.fromstring(book.read(name)).find(XHTML + "body")
            for block in body.iter():
                if block.tag.split("}")[1] not in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"):
                    continue
                want = letters(shown_text(block))
                found = shown.find(want, at)
                if found < 0:
                    yield f"{name}: not shown, or out of order: {want[:60]}"
                else:
                    at = found + len(want)


def weigh(path):
    """The documents that are too large; those of the text are in one folder."""
    with zipfile.ZipFile(path) as book:
        for name in spine(book):
            size = book.getinfo(name).file_size
            if name.startswith("EPUB/text/") and size > MOST_BYTES:
                yield f"{name} has {size} bytes"


def main():
    books = sys.argv[1:]
    if not books:
        sys.exit(f"usage: {sys.argv[0]} BOOK.epub...")
    print(f"1..{len(books)}")
    failed = False
    for number, path in enumerate(books, 1):
        try:
            wrong = [*look(path), *boxes(path), *read(path), *weigh(path)]
        except (OSError, subprocess.CalledProcessError, zipfile.BadZipFile) as error:
            wrong = [str(error)]
        print(f"{'not ok' if wrong else 'ok'} {number} - {path}")
        for line in wrong:
            print("#", line)
        failed = failed or bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
