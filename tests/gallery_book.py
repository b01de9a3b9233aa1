"""Walls of pages to look at: books as a six-inch reader shows them, and a phone by day and by night.

usage: gallery_book.py FOLDER NODE_MODULES BOOK.epub...

Writes FOLDER/BOOK-VIEW-N.png, PAGES pages each: MuPDF's on the page of accept/pages.py,
in grey, and those of foliate-js in a Chromium of a phone's size.  Needs mutool and chromium.
"""
import base64
import glob
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "accept"), os.path.join(HERE, "accept", "readers")]

from browser import Browser
from pages import mutool
from shelf import HOME, Shelf

PAGES = 18
IN_A_ROW = 6
PHONE = {"width": 390, "height": 780, "deviceScaleFactor": 1, "mobile": False}
LIGHTS = {"day": "", "night": "html { background: #111; color: #ccc; color-scheme: dark }"}


def reader_pages(book, folder):
    mutool(book, "png", "-c", "gray", "-r", "75", "-o", os.path.join(folder, "%04d.png"))


def take(browser, path):
    picture = browser.call("Page.captureScreenshot", format="png")
    with open(path, "wb") as file:
        file.write(base64.b64decode(picture["data"]))


def phone_pages(browser, book, light, folder):
    browser.net.book = book
    browser.call("Emulation.setDeviceMetricsOverride", **PHONE)
    browser.open(HOME + "foliate.html")
    browser.run("until(() => window.reader)")
    browser.run(f"reader.open('/book.epub').then(() => reader.dress({light!r}))")
    for number in range(10000):
        take(browser, os.path.join(folder, f"{number:04}.png"))
        if browser.run("reader.atEnd()"):
            break
        browser.run("reader.next()")
    browser.call("Emulation.clearDeviceMetricsOverride")


def hang(browser, pages, path):
    """One picture of pages."""
    page = os.path.join(os.path.dirname(pages[0]), "wall.html")
    with open(page, "w", encoding="utf-8") as file:
        file.write('<!doctype html><style>body{margin:8px;background:#777;display:grid;gap:8px;width:max-content;'
                   f'grid-template-columns:repeat({IN_A_ROW},max-content)}}</style>'
                   + "".join(f'<img src="{os.path.basename(picture)}">' for picture in pages))
    browser.open("file://" + page)
    width, height = browser.run("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    take(browser, path)
    browser.call("Emulation.clearDeviceMetricsOverride")
    print(path)


def main(folder, modules, *books):
    os.makedirs(folder, exist_ok=True)
    with Browser(Shelf(modules)) as browser:
        views = {"page": reader_pages}
        for light, sheet in LIGHTS.items():
            views[f"phone-{light}"] = lambda book, home, sheet=sheet: phone_pages(browser, book, sheet, home)
        for book in books:
            for view, show in views.items():
                with tempfile.TemporaryDirectory() as home:
                    show(book, home)
                    pages = sorted(glob.glob(os.path.join(home, "*.png")))
                    for start in range(0, len(pages), PAGES):
                        name = os.path.splitext(os.path.basename(book))[0]
                        hang(browser, pages[start:start + PAGES],
                             os.path.join(folder, f"{name}-book-{view}-{start // PAGES + 1:02}.png"))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
