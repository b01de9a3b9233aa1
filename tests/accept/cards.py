#!/usr/bin/env python3
"""Lay out the cards of a package in Chromium as the clients do, and measure them.

usage: cards.py DECK.apkg [COUNT [PICTURES]]

The first COUNT notes (40) are rendered by the real templates, on a phone and on a
desktop, by day and by night.  No card may scroll sideways, no element may stand out
of it or be clipped, a picture has the width that its note gives it or that of the line where
this is narrower, code must wrap on a phone, every character must have a glyph (in the
fonts that are here), and text must have a contrast of 4.5.  With a folder
PICTURES, screenshots of the first cards go there.  Needs chromium.  Prints TAP.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.pop(0)  # the folder of this file, where anki.py would hide the package anki

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageRequest

BROWSER = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--allow-file-access-from-files",
]

# What the clients put around a card (their own rules, as far as they touch it).
DESKTOP_CSS = """body{margin:20px;overflow-wrap:break-word}
body.nightMode{background-color:#2c2c2c;color:#fcfcfc} img{max-width:100%;max-height:95vh}
li{text-align:start} pre{text-align:left} #typeans{width:100%;box-sizing:border-box}"""
PHONE_CSS = """body{margin:0} #content{margin:.5em} .chrome img{max-width:100%;max-height:90%}
li{text-align:start} pre{text-align:left}"""

VIEWS = [
    # name, width, height, classes of html, more classes of body, style
    ("phone, day", 390, 844, "mobile android linux js chrome", "", PHONE_CSS),
    ("phone, night", 390, 844, "mobile android linux js chrome", "night_mode nightMode", PHONE_CSS),
    ("narrow phone, night", 320, 640, "mobile android chrome", "nightMode", PHONE_CSS),
    ("desktop, day", 900, 700, "linux chrome", "isLin", DESKTOP_CSS),
    ("desktop, night", 900, 700, "linux chrome", "isLin nightMode night_mode", DESKTOP_CSS),
]

MEASURE = r"""
const brightness = c => {
  const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
};
const colour = text => (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
const ground = (element, view) => {
  for (let e = element; e; e = e.parentElement) {
    const c = colour(view.getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0.5) return c;
  }
  return [255, 255, 255];
};
const contrast = (a, b) => {
  const [x, y] = [brightness(a), brightness(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
const scrolls = (element, view) => {
  for (let e = element.parentElement; e; e = e.parentElement)
    if (["auto", "scroll"].includes(view.getComputedStyle(e).overflowX)) return true;
  return false;
};
// What overflows a box that neither shows it nor scrolls cannot be read.
const clips = (e, view) => {
  const style = view.getComputedStyle(e), hides = v => v == "hidden" || v == "clip";
  return (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
};
// A character that no font has is drawn as the noncharacter U+FFFF is.
const canvas = Object.assign(document.createElement("canvas"), {width: 32, height: 32});
const pen = canvas.getContext("2d", {willReadFrequently: true});
const drawn = (text, font) => {
  pen.clearRect(0, 0, 32, 32);
  pen.font = "20px " + font;
  pen.fillText(text, 4, 24);
  return pen.getImageData(0, 0, 32, 32).data.join();
};
const known = new Map();
const missing = (e, view) => {
  const font = view.getComputedStyle(e).fontFamily, found = [];
  for (const c of new Set([...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data).join(""))) {
    const key = c + font;
    if (!known.has(key)) known.set(key, /\S/.test(c) && drawn(c, font) == drawn("\uFFFF", font));
    if (known.get(key)) found.push(c);
  }
  return found;
};
const copied = (element, view) => {
  const selection = view.getSelection();
  selection.selectAllChildren(element);
  const text = selection.toString().trimEnd();
  selection.removeAllRanges();
  return text;
};
// How wide a picture in a paragraph, a cell or such can be.
const line_of = (e, view) => {
  let p = e.parentElement;
  while (view.getComputedStyle(p).display == "inline") p = p.parentElement;
  const style = view.getComputedStyle(p);
  return p.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
};
const has_text = e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
const label = e => e.tagName.toLowerCase() + (e.className ? "." + e.className : "");
const measure = frame => {
  const view = frame.contentWindow, page = view.document, wide = page.documentElement;
  const phone = wide.classList.contains("mobile"), found = [];
  if (wide.scrollWidth > wide.clientWidth)
    found.push(`scrolls sideways: ${wide.scrollWidth} of ${wide.clientWidth}`);
  const dk = page.querySelector(".dk");
  if (!dk) return ["no card"];
  if (dk.getBoundingClientRect().width < Math.min(0.85 * wide.clientWidth, 600))
    found.push("narrower than the screen");
  for (const e of dk.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    if (!scrolls(e, view) && (box.right > wide.clientWidth + 1 || box.left < -1))
      found.push(`${label(e)} stands out: ${Math.round(box.left)} to ${Math.round(box.right)}`);
    if (phone && e.matches("pre:not(.drawing)") && e.scrollWidth > e.clientWidth + 1)
      found.push("code does not wrap");
    if (e.tagName == "PRE" && copied(e, view) != e.textContent.trimEnd())
      found.push("code is copied otherwise");
    if (e.tagName == "IMG" && !e.naturalWidth)
      found.push(`picture not shown: ${e.getAttribute("src")}`);
    if (e.matches("img[width]") && Math.abs(box.width - Math.min(e.getAttribute("width"), line_of(e, view))) > 1)
      found.push(`picture ${Math.round(box.width)} wide, not ${e.getAttribute("width")}`);
    if (clips(e, view)) found.push(`${label(e)} is clipped`);
    if (has_text(e)) {
      const ratio = contrast(colour(view.getComputedStyle(e).color), ground(e, view));
      for (const c of missing(e, view)) found.push(`${label(e)}: no glyph for U+${c.codePointAt(0).toString(16)}`);
      if (ratio < 4.5) found.push(`${label(e)} has contrast ${ratio.toFixed(1)}`);
    }
  }
  return found;
};
addEventListener("load", () => {
  const all = [...document.querySelectorAll("iframe")].map(f => [f.title, measure(f)]);
  document.body.innerHTML = "";
  document.body.append(Object.assign(document.createElement("pre"),
    { id: "found", textContent: JSON.stringify(all) }));
});
"""


def client_page(card_html, ordinal, view):
    _, _, _, html_classes, body_classes, style = view
    return (f'<!doctype html><html class="{html_classes}"><head><meta charset="utf-8">'
            f"<style>{style}</style></head>"
            f'<body class="card card{ordinal + 1} {body_classes}">'
            f'<div id="content"><div id="qa">{card_html}</div></div></body></html>')


def typed_answer(card_html, side):
    """What a client puts in place of [[type:Field]]."""
    shown = '<input type="text" id="typeans">' if side == "question" else (
        '<code id="typeans"><span class="typeGood">对的</span><span class="typeBad">错的</span>'
        '<span class="typeMissed">缺的</span></code>')
    return re.sub(r"\[\[type:[^\]]+\]\]", shown, card_html)


def card_sides(col, count):
    notes = sorted(col.find_notes(""))[:count]
    for nid in notes:
        for card in col.get_note(nid).cards():
            for side in ("question", "answer"):
                shown = card.question() if side == "question" else card.answer()
                # A hint is measured open.
                shown = shown.replace("<details", "<details open")
                yield f"note {nid}, card {card.ord + 1}, {side}", card.ord, typed_answer(shown, side)


def unpack(deck, folder, count):
    """The sides of the cards of a package; its pictures go to `folder`."""
    col = Collection(os.path.join(folder, "reader.anki2"))
    col.import_anki_package(ImportAnkiPackageRequest(package_path=os.path.abspath(deck)))
    sides = list(card_sides(col, count))
    media = col.media.dir()
    for name in os.listdir(media):
        shutil.copy(os.path.join(media, name), folder)
    col.close()
    return sides


def run_browser(folder, *arguments):
    profile = os.path.join(folder, "profile")
    return subprocess.run([*BROWSER, f"--user-data-dir={profile}", *arguments], check=True,
                          capture_output=True, text=True, timeout=300).stdout


def measure_view(folder, sides, view):
    _, width, height, *_ = view
    page = os.path.join(folder, "measure.html")
    with open(page, "w", encoding="utf-8") as out:
        out.write(f'<!doctype html><meta charset="utf-8"><script>{MEASURE}</script><body>')
        for name, ordinal, card_html in sides:
            source = html.escape(client_page(card_html, ordinal, view))
            out.write(f'<iframe title="{html.escape(name)}" width="{width}" height="{height}"'
                      f' style="border:0" srcdoc="{source}"></iframe>\n')
    dom = run_browser(folder, "--virtual-time-budget=60000", "--dump-dom", "file://" + page)
    found = re.search(r'<pre id="found">(.*?)</pre>', dom, re.S)
    return json.loads(html.unescape(found.group(1))) if found else [["the page", ["not measured"]]]


def take_pictures(folder, sides, view, pictures):
    name, width, height, *_ = view
    for i, (_, ordinal, card_html) in enumerate(sides):
        page = os.path.join(folder, "picture.html")
        with open(page, "w", encoding="utf-8") as out:
            out.write(client_page(card_html, ordinal, view))
        target = os.path.join(pictures, f"{i:02}-{name.replace(', ', '-').replace(' ', '-')}.png")
        # Headless windows are at least 500 wide, so a phone is a frame in one.
        frame = os.path.join(folder, "frame.html")
        with open(frame, "w", encoding="utf-8") as out:
            out.write('<!doctype html><body style="margin:0;background:#888">'
                      f'<iframe src="picture.html" width="{width}" height="{height}"'
                      ' style="border:0"></iframe>')
        run_browser(folder, f"--window-size={max(width, 500)},{height}", f"--screenshot={target}",
                    "file://" + frame)


def main(deck, count=40, pictures=None):
    good, number = True, 0
    with tempfile.TemporaryDirectory() as folder:
        sides = unpack(deck, folder, int(count))
        for view in VIEWS:
            number += 1
            bad = [(name, found) for name, found in measure_view(folder, sides, view) if found]
            good = good and not bad and sides
            print(f"{'not ok' if bad or not sides else 'ok'} {number} - {len(sides)} sides, {view[0]}")
            for name, found in bad[:5]:
                print(f"# {name}: {'; '.join(found[:4])}")
            if pictures:
                os.makedirs(pictures, exist_ok=True)
                take_pictures(folder, sides[:14], view, os.path.abspath(pictures))
    print(f"1..{number}")
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
