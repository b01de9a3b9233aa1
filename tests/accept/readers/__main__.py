"""Books in the reading programs that people build on browsers: epub.js and foliate-js.

usage: readers NODE_MODULES BOOK.epub...

A headless Chromium of a phone's size opens each book in each program (their pages beside
this file), turns every page, follows the contents and a link of the text, and looks
(judge.js): nothing runs over its page, no heading ends one, every picture and formula is
there, the cover is found, and neither program nor browser complains, as it would of what
is not on the shelf.  Prints TAP.
"""
import os
import re
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

from browser import Browser
from shelf import HOME, Shelf
from tap import Tap

PROGRAMS = {"foliate-js": "foliate.html", "epub.js": "epubjs.html"}
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}

def complaints(browser):
    """What the browser told of since the last call that is amiss."""
    events, browser.events = browser.events, []
    for method, told in events:
        if method == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            yield "throws: " + details.get("exception", {}).get("description", details["text"])[:300]
        elif method == "Runtime.consoleAPICalled" and told["type"] in ("error", "assert"):
            yield "console: " + " ".join(str(a.get("value", a.get("description"))) for a in told["args"])[:300]
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            yield f"log: {told['entry']['text'][:200]} {told['entry'].get('url', '')[:100]}"
        elif method == "Network.loadingFailed" and not told.get("canceled"):
            yield f"does not load: {told['errorText']}"


def a_link(path):
    """(document, selector) of a link of the text that leads to another place of the book, or None."""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            found = name.startswith("EPUB/text/") and re.search(r'<p>.*?<a href="([a-z0-9-]*\.xhtml#[^"]+)"',
                                                                book.read(name).decode())
            if found:
                return name, f'a[href="{found[1]}"]'
    return None


def judge(browser, shelf, program, path):
    """(what was looked at, what was wrong with it), in turn."""
    shelf.book = path
    browser.events.clear()
    browser.open(HOME + PROGRAMS[program])
    browser.run("until(() => window.reader)")
    browser.run("reader.open('/book.epub')")
    read = browser.run("readThrough(reader)")
    yield f"its {read['pages']} pages, {read['pictures']} pictures, {read['formulas']} formulas", read["wrong"]
    yield "its cover", [] if browser.run("reader.cover()") else ["is not found"]
    yield "its contents", browser.run("followContents(reader)")
    link = a_link(path)
    if link:
        yield "a link", browser.run(f"followLink(reader, {link[0]!r}, {link[1]!r})")
    yield "no complaint", [*complaints(browser)]


def main(modules, *books):
    tap = Tap()
    with Browser(Shelf(modules)) as browser:
        browser.call("Emulation.setDeviceMetricsOverride", **PHONE)
        for domain in ("Network", "Page", "Runtime", "Log"):
            browser.call(domain + ".enable")
        for path in books:
            for program in PROGRAMS:
                for name, wrong in judge(browser, browser.net, program, path):
                    tap.result(f"{os.path.basename(path)} in {program}: {name}", wrong)
    tap.result("some book has a link to follow", [] if any(map(a_link, books)) else ["none has"])
    return tap.end()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
