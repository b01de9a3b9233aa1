"""What Chromium makes of cards and pages, and what they make it do."""
import html
import json
import os
import time

from browser import Browser

# The browser asks its maker things of its own.
OWN_HOSTS = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com")

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "judge.js"), encoding="utf-8") as script:
    JUDGE = script.read()


class Court:
    """Judges documents in turn; each verdict is a list of what was found wrong."""

    def __init__(self, folder):
        self.browser = Browser()
        self.folder = "file://" + os.path.abspath(folder)
        self.home = os.path.join(os.path.abspath(folder), "judge.html")
        for domain in ("Debugger", "Network", "Page", "Runtime"):
            self.browser.call(domain + ".enable")

    def __enter__(self):
        self.go_home()
        return self

    def __exit__(self, *rest):
        os.remove(self.home)
        self.browser.__exit__(*rest)

    def go_home(self):
        with open(self.home, "w", encoding="utf-8") as file:
            file.write("<!doctype html><meta charset=utf-8>")
        self.browser.open("file://" + self.home)
        self.browser.run(JUDGE)
        self.frame = self.browser.call("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def told(self):
        """What ran or was asked for since the last call, by the browser's own account."""
        events, self.browser.events = self.browser.events, []
        for method, told in events:
            if method == "Debugger.scriptParsed" and told["url"] != "judge":
                yield f"a script runs, in {told['url'][:80] or 'an event or address'}"
            elif method == "Network.requestWillBeSent" and not told["request"]["url"].startswith(self.folder):
                yield f"asks for {told['request']['url'][:80]}"
            elif method in ("Page.javascriptDialogOpening", "Page.frameAttached", "Page.windowOpen"):
                yield method
            elif method == "Page.frameRequestedNavigation":
                yield f"goes to {told['url'][:80]}"

    def put(self, document):
        self.browser.events.clear()
        self.browser.call("Page.setDocumentContent", frameId=self.frame, html=document)

    def sides(self, sides):
        """(what the document did, [(what is wrong with a side, its text)])."""
        boxes = "".join(f'<section id="side-{i}">{side}</section>' for i, side in enumerate(sides))
        self.put(f'<!doctype html><html><meta charset="utf-8"><body class="card card1">{boxes}</body></html>')
        found = self.browser.run(f"judge_sides({len(sides)})")
        return list(self.told()), found

    def page(self, path):
        """(what is wrong with a page of the book, its text)."""
        self.browser.open("file://" + path)
        self.browser.run(JUDGE)
        wrong, text = self.browser.run("judge_page()")
        return wrong + list(self.told()), text

    def edited(self, notes):
        """The fields of notes, as an editor would write them back."""
        self.put("<!doctype html><html><body></body></html>")
        return self.browser.run(f"{json.dumps(notes)}.map(edited)")

    def raw(self, payload):
        """What a payload does that nobody has made inert."""
        self.put(f'<!doctype html><html><meta charset="utf-8"><body>{payload}</body></html>')
        self.browser.run("judge_sides(0)")
        told = list(self.told())
        self.go_home()
        return told

    def typeset(self, mathjax, sides):
        """What MathJax makes of the sides, set up as in Anki: [(formulas, what is wrong)]."""
        boxes = "".join(f"<section>{side}</section>" for side in sides)
        with open(self.home, "w", encoding="utf-8") as file:
            file.write(f"""<!doctype html><meta charset="utf-8"><script>MathJax = {{
              tex: {{displayMath: [["\\\\[", "\\\\]"]], processEscapes: false, processEnvironments: false, processRefs: false,
                    packages: {{"[+]": ["noerrors", "mathtools", "mhchem"]}}}},
              loader: {{load: ["[tex]/noerrors", "[tex]/mathtools", "[tex]/mhchem"]}}}}</script>
              <script src="{html.escape('file://' + os.path.abspath(mathjax))}"></script>{boxes}""")
        self.browser.open("file://" + self.home)
        found = self.browser.run("""MathJax.startup.promise.then(() => [...document.querySelectorAll("section")].map(box => [
            box.querySelectorAll("mjx-container").length,
            [...box.querySelectorAll("mjx-container [href], mjx-container [id], mjx-container img")].map(e => e.outerHTML.slice(0, 100))]))""")
        remote = [told["request"]["url"] for method, told in self.browser.events
                  if method == "Network.requestWillBeSent" and not told["request"]["url"].startswith("file:")]
        self.go_home()
        return found, remote

    def forget(self):
        """Begin to count what the listener is asked for."""
        self.go_home()
        time.sleep(1)
        self.browser.net.asked.clear()

    def asked(self):
        """What the listener was asked for, over the whole time."""
        time.sleep(1)
        for line in self.browser.net.asked:
            host = line.split(" ")[1].removeprefix("http://").split("/")[0].split(":")[0] if " " in line else line
            if not host.endswith(OWN_HOSTS):
                yield line
