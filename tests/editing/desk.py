"""The notes on the author's desk: which entry may be taken next, and how entries are put in."""
from editing import text as t
from editing.notes import Piece

PLACES = ("moved", "moved to another file", "swapped")
WHOLE = ("file renamed", "renumbered", "file split", "shuffled")
AROUND = (*WHOLE, "blanks beside Latin", "word replaced everywhere")
ENOUGH = 20  # characters of an answer that tell an entry from others


class Desk:
    """The notes while a round of edits goes on."""

    def __init__(self, rng, writer, reader, files, new_id):
        self.rng, self.writer, self.reader, self.files = rng, writer, reader, files
        self.new_id = new_id
        self.dead = {}  # by id: an entry that was deleted before this round, and its file
        self.dead_files = {}  # by name: pieces
        self.held = {}  # by file: entries of it that the first build does not have
        self.labels = {}  # by id: what happened to it in this round

    def fits(self, piece, slot):
        return all((kind in PLACES) != slot and kind not in AROUND for kind in self.labels.get(piece.id, []))

    def pick(self, want=lambda piece: True, moving=False):
        """A file and the place in it of an entry that nothing of the kind has happened to."""
        names = sorted(self.files)
        for _ in range(12):
            name = self.rng.choice(names)
            places = [i for i, p in enumerate(self.files[name])
                      if p.id is not None and want(p) and self.fits(p, moving)]
            if places:
                return name, self.rng.choice(places)
        return None

    def roles(self, name, at):
        pieces = self.files[name]
        return self.reader.roles(name, pieces)[pieces[at].id]

    def answered(self, moving=False):
        """An entry with enough of an answer: name, place, piece, roles of its lines."""
        for _ in range(5):
            found = self.pick(lambda p: p.answered and t.parts(p), moving)
            if not found:
                return None
            roles = self.roles(*found)
            piece = self.files[found[0]][found[1]]
            if t.answer_size(piece, roles) >= ENOUGH:
                return (*found, piece, roles)
        return None

    def after_some(self):
        """A place to put an entry at: a file, and an entry that it stands behind."""
        return self.pick(lambda p: t.parts(p))

    def fresh(self, like):
        return lambda: self.writer.sentence(t.is_english(like))


def put(pieces, at, *new):
    return pieces[:at] + new + pieces[at + 1:]


def put_after(pieces, at, piece):
    airy = any(p.id is None and p.text.startswith("\n") or p.text == "" for p in pieces)
    blank = (Piece(None, ""),) if airy else ()
    return pieces[:at + 1] + blank + (piece,) + pieces[at + 1:]


def without(pieces, at):
    return put(pieces, at)


def retitled(piece, wording):
    head, _, tail = t.parts(piece)
    return piece.changed([head + wording + tail] + piece.lines()[1:])


def one(desk, found, new, kind):
    """The change of one entry in its place; nothing if it stays what it was."""
    name, at = found[:2]
    piece = desk.files[name][at]
    if new is None or new.text == piece.text:
        return None
    return {name: put(desk.files[name], at, new)}, {piece.id: kind}


def written(desk, found, wording):
    """A new entry after the entry at `found`, in its manner."""
    name, at = found[:2]
    like = desk.files[name][at]
    body = t.modelled(like, desk.roles(name, at), wording, desk.writer.answer())
    return body and Piece(desk.new_id(), body)


def placed(desk, piece, home):
    """`piece` behind an entry of `home`, or of any file, written as it is done there."""
    found = None
    if home in desk.files and desk.rng.random() < 0.7:
        places = [i for i, p in enumerate(desk.files[home]) if p.id is not None]
        found = (home, desk.rng.choice(places)) if places else None
    found = found or desk.after_some()
    if not found:
        return None
    name, at = found
    piece = piece.changed(t.restyled(piece, desk.files[name][at]).split("\n"))
    return {name: put_after(desk.files[name], at, piece)}


def ids(pieces):
    return [p.id for p in pieces if p.id is not None]
