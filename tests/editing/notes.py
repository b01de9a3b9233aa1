"""A folder of notes as the program reads it, cut into entries that can be edited one by one.

The program says where entries are; what stands between them is kept as it is.  An edit makes
new pieces, and `Reader.read` asks the program whether it reads the changed file as meant: where
it does not, the edit is about recognition and not about identity.
"""
import json
import os
import re
import subprocess
import unicodedata
from typing import NamedTuple, Optional

LABEL = re.compile(r"^\**(?:A|答|答案|回答)\**[:：]\s*", re.MULTILINE)
ROLE = re.compile(r"^.*?:(\d+)(?:-(\d+))?: (\w+)(.*)", re.MULTILINE)


class Piece(NamedTuple):
    """Lines of a file: an entry, or what stands between two, which has no id.

    `question` is what the program called it, or empty where it has not read it yet.
    """

    id: Optional[int]
    text: str
    question: str = ""
    answered: bool = False

    def lines(self):
        return self.text.split("\n")

    def changed(self, lines):
        return self._replace(text="\n".join(lines), question="")


def run(program, *arguments, may_fail=False, date=None):
    env = dict(os.environ, SOURCE_DATE_EPOCH=str(date)) if date else None
    done = subprocess.run([program, *arguments], capture_output=True, check=False, env=env)
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    if done.returncode not in ((0, 1) if may_fail else (0,)):
        raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}\n{err[-2000:]}")
    return out, err


def listed(program, path):
    """The questions that the program finds, by file (relative to `path`) in their order."""
    rows = {}
    for line in run(program, "list", "--json", path, may_fail=True)[0].splitlines():
        row = json.loads(line)
        if row["kind"] == "question":
            rows.setdefault(os.path.relpath(row["file"], path), []).append(row)
    return rows


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text)
    return path


def joined(pieces):
    return "\n".join(p.text for p in pieces)


def starts(pieces):
    """Each piece with the number of its first line."""
    line = 1
    for piece in pieces:
        yield line, piece
        line += piece.text.count("\n") + 1


def cut(text, rows, new_id):
    """The pieces of a file whose entries the program listed as `rows`."""
    lines, at, pieces = text.split("\n"), 0, []
    for row in rows:
        start, end = row["start_line"] - 1, row["end_line"]
        if start > at:
            pieces.append(Piece(None, "\n".join(lines[at:start])))
        pieces.append(Piece(new_id(), "\n".join(lines[start:end]), row["question"], row["answered"]))
        at = end
    if at < len(lines):
        pieces.append(Piece(None, "\n".join(lines[at:])))
    return tuple(pieces)


def plain(text):
    """`text` without what identity does not look at."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def content(piece):
    """What makes two entries one to a reader: question and answer, not number or place."""
    return plain(piece.question), plain(LABEL.sub("", piece.text.partition("\n")[2]))


class Reader:
    """Asks the program how it reads a file, apart from the notes themselves."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.known = {}

    def read(self, name, pieces):
        """`pieces` as the program reads them, or None where it reads other entries."""
        write(self.folder, name, joined(pieces))
        rows = listed(self.program, os.path.join(self.folder, name)).get(".", [])
        entries = [(line, p) for line, p in starts(pieces) if p.id is not None]
        if len(rows) != len(entries):
            return None
        found = {}
        for row, (line, piece) in zip(rows, entries):
            if (row["start_line"], row["end_line"]) != (line, line + piece.text.count("\n")):
                return None
            now = piece._replace(question=row["question"], answered=row["answered"])
            if piece.question and now != piece:
                return None  # nobody touched it
            found[piece.id] = now
        return tuple(found.get(p.id, p) for p in pieces)

    def roles(self, name, pieces):
        """For each entry, by id, what the program takes each of its lines for."""
        text = joined(pieces)
        if text not in self.known:
            path = write(self.folder, name, text)
            by_line = {}
            for first, last, role, _ in ROLE.findall(run(self.program, "explain", path, may_fail=True)[0]):
                by_line.update(dict.fromkeys(range(int(first), int(last or first) + 1), role))
            self.known = {text: by_line}
        by_line = self.known[text]
        return {
            p.id: [by_line.get(line + i, "") for i in range(p.text.count("\n") + 1)]
            for line, p in starts(pieces)
            if p.id is not None
        }
