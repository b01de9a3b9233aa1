"""What is measured: our builds, and the commands that they are compared with.

A peer makes the same thing of the same notes with the tools that people have.  A yardstick is
no peer: it does just the two jobs that no converter can leave out, parsing the notes with
cmark-gfm, and deflating with pigz the very bytes that stand in our product.
"""
import glob
import os
import shutil
import subprocess
import sys
import zipfile
from collections import namedtuple

from run import Command, command

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"S": 1000, "M": 20000, "L": 200000}
CMARK = "cmark-gfm -e table -e strikethrough -e autolink -e tasklist"

# `ours` names a build; `most` is how many entries the other one bears, or has the time for;
# `peer` is false for a yardstick.
Side = namedtuple("Side", "name ours make most peer", defaults=[True])

OUR_BUILDS = {
    "deck": "--to apkg --no-highlight",
    "deck --fast": "--to apkg --no-highlight --fast",
    "book": "--to epub --no-highlight",
    "book --fast": "--to epub --no-highlight --fast",
    "deck and book": "--no-highlight",
    "deck and book in colours, first time": "",
    "deck and book in colours, again": "",
    "deck and book in colours, after an edit": "",
    "book with bold keywords, first time": "--to epub",
}
ALONE = list(OUR_BUILDS)[:-1]


class Corpus:
    """The notes of a size, or a copy of those in a folder, and where what is made of them goes."""

    def __init__(self, size, folder):
        self.name, self.entries = os.path.basename(size), 0 if os.path.isdir(size) else SIZES.get(size) or int(size)
        self.folder = os.path.join(folder, self.name)
        self.notes = os.path.join(self.folder, "notes")
        if not os.path.isdir(self.notes) and self.entries:
            subprocess.run([sys.executable, os.path.join(os.path.dirname(HERE), "notes.py"), self.notes, str(self.entries)],
                           stdout=subprocess.DEVNULL, check=True)
        elif not os.path.isdir(self.notes):
            shutil.copytree(size, self.notes)
        self.files = sorted(path for end in ("md", "txt")
                            for path in glob.glob(os.path.join(self.notes, "**", "*." + end), recursive=True))
        self.bytes = sum(map(os.path.getsize, self.files))

    def at(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, chunks):
        with open(self.at(name), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        return self.at(name)

    def joined(self):
        return self.write("all.md", (open(path, "rb").read() for path in self.files))


def our_build(program, corpus, name):
    """All is packed anew but after an edit; the first time means that no code is known from the build before either."""
    out = corpus.at("out-" + name.replace(" ", "-").replace(",", ""))
    notes, before = corpus.notes, "rm -f '%s/.deckbind-cache/packed'; " % out
    if name.endswith("first time"):
        before = "rm -rf '%s/.deckbind-cache'; " % out
    elif name.endswith("after an edit"):
        notes = corpus.at("edited")
        shutil.copytree(corpus.notes, notes, dirs_exist_ok=True)
        before = "date +%%N >>'%s'; " % corpus.files[0].replace(corpus.notes, notes)
    made = [os.path.join(out, os.path.basename(notes) + end) for end in (".apkg", ".epub")
            if "--to" not in OUR_BUILDS[name] or "--to " + end[1:] in OUR_BUILDS[name]]
    return Command("%s'%s' build '%s' -o '%s' -qk %s" % (before, program, notes, out, OUR_BUILDS[name]), *made)


def members(corpus, build, end):
    """The bytes of the members whose names end so, of the product of `build`."""
    with zipfile.ZipFile(build.made[0]) as product:
        for name in product.namelist():
            if name.endswith(end):
                yield product.read(name)


def yardstick(end):
    def make(corpus, build):
        notes, inner = corpus.joined(), corpus.write("inner", members(corpus, build, end))
        return Command("%s '%s' >'%s.html'; pigz -p 1 -6 -c '%s' >'%s.gz'" % (CMARK, notes, notes, inner, inner), inner + ".gz")
    return make


def zipped(corpus, build):
    """What a common packer makes of the files of the book."""
    tree, archive = corpus.at("tree"), corpus.at("tree.zip")
    with zipfile.ZipFile(build.made[0]) as product:
        product.extractall(tree)
    return Command("rm -f '%s'; cd '%s' && zip -6 -X -q -r '%s' ." % (archive, tree, archive), archive)


def genanki(library):
    def make(corpus, build):
        out = corpus.at("genanki-%s.apkg" % library)
        return command([sys.executable, os.path.join(HERE, "genanki_deck.py"), library, corpus.notes, out], out)
    return make


def mdanki(corpus, build):
    out = corpus.at("mdanki.apkg")
    return Command("%s '%s' '%s'" % (os.environ["MDANKI"], corpus.notes, out), out)


def pandoc(*options):
    def make(corpus, build):
        out = corpus.at("pandoc.epub")
        return command(["pandoc", "-f", "gfm", "-t", "epub3", "--metadata", "title=notes", *options, "-o", out, *corpus.files], out)
    return make


SIDES = [
    Side("cmark-gfm + pigz -6 of the same database", "deck", yardstick("collection.anki2"), SIZES["L"], False),
    Side("cmark-gfm + pigz -6 of the same database", "deck --fast", yardstick("collection.anki2"), SIZES["L"], False),
    Side("genanki + mistune", "deck", genanki("mistune"), SIZES["L"]),
    Side("genanki + Python-Markdown", "deck", genanki("markdown"), SIZES["M"]),
    Side("cmark-gfm + pigz -6 of the same pages", "book", yardstick(".xhtml"), SIZES["L"], False),
    Side("cmark-gfm + pigz -6 of the same pages", "book --fast", yardstick(".xhtml"), SIZES["L"], False),
    Side("zip -6 of the same files", "book", zipped, SIZES["L"], False),
    Side("pandoc --no-highlight", "book", pandoc("--no-highlight"), SIZES["M"]),
    Side("pandoc", "book with bold keywords, first time", pandoc(), SIZES["M"]),
]
if os.environ.get("MDANKI"):
    SIDES.append(Side("mdanki", "deck", mdanki, 400))
