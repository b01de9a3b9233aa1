"""Walls of cards to look at: every side of decks, as the clients show it.

usage: gallery.py FOLDER DECK.apkg...

Writes FOLDER/DECK-VIEW-N.png, SIDES sides each, for the views of accept/cards.py.
Needs chromium.
"""
import base64
import html
import os
import sys
import tempfile

ACCEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "accept")
sys.path.insert(0, ACCEPT)

from cards import VIEWS, client_page, unpack  # which takes its folder off the path, for Anki's sake

sys.path.append(ACCEPT)

from browser import Browser

SIDES = 12
ALL = 1000
WIDTHS = {"phone": 6, "desktop": 3}  # in a row
FIT = """Promise.all([...document.querySelectorAll("iframe")].map(f => new Promise(done => {
  const fit = () => { // a few times, since pictures are as high as the frame lets them
    for (let i = 0; i < 5; i++)
      f.style.height = Math.ceil(f.contentDocument.querySelector(".dk").getBoundingClientRect().bottom) + 20 + "px";
    done();
  };
  f.contentDocument.readyState == "complete" && f.contentDocument.body.firstChild ? fit() : f.onload = fit;
}))).then(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])"""


def wall(sides, view):
    """A page of frames, each with a side."""
    _, width, height, *_ = view
    frames = "".join(f'<div><p>{html.escape(name)}</p><iframe style="width:{width}px" srcdoc="'
                     f'{html.escape(client_page(side, ordinal, view))}"></iframe></div>' for name, ordinal, side in sides)
    columns = WIDTHS[view[0].split(",")[0]]
    return ('<!doctype html><meta charset="utf-8"><style>body{margin:8px;background:#777;display:grid;gap:8px;'
            f'width:max-content;align-items:start;grid-template-columns:repeat({columns},max-content)}}'
            f'p{{margin:0;font:12px sans-serif}}iframe{{border:0;height:{height}px}}</style>{frames}')


def take(browser, page, path):
    browser.open("file://" + page)
    width, height = browser.run(FIT)
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
    with open(path, "wb") as file:
        file.write(base64.b64decode(picture["data"]))
    browser.call("Emulation.clearDeviceMetricsOverride")
    print(path)


def main(folder, *decks):
    os.makedirs(folder, exist_ok=True)
    with Browser() as browser:
        for deck in decks:
            with tempfile.TemporaryDirectory() as home:
                sides = unpack(deck, home, ALL)
                page = os.path.join(home, "wall.html")
                for view in VIEWS:
                    if view[0].split(",")[0] not in WIDTHS:
                        continue
                    for start in range(0, len(sides), SIDES):
                        with open(page, "w", encoding="utf-8") as file:
                            file.write(wall(sides[start:start + SIDES], view))
                        name = os.path.splitext(os.path.basename(deck))[0]
                        take(browser, page, os.path.join(
                            folder, f"{name}-{view[0].replace(', ', '-')}-{start // SIDES + 1:02}.png"))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
