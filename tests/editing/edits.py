"""What authors do to their notes, one function each, with the truth about it.

An edit gets a Desk and returns the changed files and, by id, the name of what happened to an
entry; or None where there is nothing to do it to.  A new entry has a new id; one that comes
back has its old one.  A name says what the author did, and the figures are counted by it.
"""
import difflib
import re

from editing import text as t
from editing.desk import ENOUGH, ids, one, placed, put, put_after, retitled, without, written
from editing.notes import LABEL, Piece, plain

WORDS = [("线程", "执行流"), ("内存", "存储"), ("goroutine", "协程"), ("数据", "资料"), ("节点", "结点"), ("函数", "方法"),
         ("日志", "log"), ("缓存", "cache"), ("function", "procedure"), ("object", "instance")]


def change_answer(desk):
    found = desk.answered()
    if not found:
        return None
    piece, lines = found[2], found[2].lines()
    at = desk.rng.choice(t.answer_lines(piece, found[3]))
    lines[at] = t.sentence_changed(lines[at], desk.rng, desk.fresh(lines[at]))
    return one(desk, found, piece.changed(lines), "answer changed")


def rewrite_answer(desk):
    found = desk.answered()
    if not found:
        return None
    lines = t.answered_anew(found[2], found[3], desk.writer.answer(t.is_english(found[2].text)))
    return one(desk, found, lines and found[2].changed(lines), "answer rewritten")


def change_question(desk):
    found = desk.answered()
    if not found:
        return None
    old = t.parts(found[2])[1]
    new = t.reworded(old, desk.rng)
    kind = "question respelled" if plain(new) == plain(old) else "question reworded"
    return one(desk, found, retitled(found[2], new), kind)


def rewrite_question(desk):
    found = desk.answered()
    if not found:
        return None
    _, _, piece, roles = found
    topic = desk.writer.topic_of(piece.question)
    if topic:
        return one(desk, found, retitled(piece, desk.writer.wording(topic, piece.question)), "question asked in other words")
    lines = piece.lines()
    words = re.findall(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2,5}", "".join(lines[i] for i in t.answer_lines(piece, roles)))
    if not words:
        return None
    wording = desk.rng.choice(["谈谈你对{}的理解", "关于{}你知道些什么？", "{}要注意哪几点？"]).format(desk.rng.choice(words))
    return one(desk, found, retitled(piece, wording), "question rewritten")


def likeness(a, b):
    """From 0 to 1, how much of two texts is the same."""
    return difflib.SequenceMatcher(None, plain(a), plain(b), autojunk=False).ratio()


def change_both(desk):
    found = desk.answered()
    if not found:
        return None
    piece, lines = found[2], found[2].lines()
    at = desk.rng.choice(t.answer_lines(piece, found[3]))
    lines[at] = t.sentence_changed(lines[at], desk.rng, desk.fresh(lines[at]))
    wording = t.parts(piece)[1]
    new = t.reworded(wording, desk.rng, 1)
    if likeness(wording, new) < 0.6 or likeness("".join(piece.lines()[1:]), "".join(lines[1:])) < 0.6:
        return None
    return one(desk, found, piece.changed(retitled(piece, new).lines()[:1] + lines[1:]), "both changed")


def respell(desk):
    found = desk.pick(lambda p: t.parts(p))
    if not found:
        return None
    piece = desk.files[found[0]][found[1]]
    old = t.parts(piece)[1]
    new = t.respelled(old, desk.rng)
    return one(desk, found, retitled(piece, new), "question respelled") if plain(new) == plain(old) else None


def change_open_question(desk):
    found = desk.pick(lambda p: not p.answered and t.parts(p) and len(plain(p.question)) > 5)
    if not found:
        return None
    piece = desk.files[found[0]][found[1]]
    new = t.reworded(t.parts(piece)[1], desk.rng, 1)
    return one(desk, found, retitled(piece, new), "open question reworded")


def answer_open(desk):
    """An answer at last, as others in the file are written."""
    found = desk.pick(lambda p: not p.answered and t.parts(p) and "\n" not in p.text)
    if not found:
        return None
    name, at = found
    piece = desk.files[name][at]
    for i, like in enumerate(desk.files[name]):
        if like.id is not None and like.answered:
            lines = t.answered_anew(like, desk.roles(name, i), desk.writer.answer())
            return one(desk, found, lines and piece.changed([piece.text] + lines[1:]), "open question answered")
    return None


def drop_answer(desk):
    found = desk.answered()
    if not found or "question" in found[3][1:]:
        return None
    return one(desk, found, found[2].changed(found[2].lines()[:1]), "answer removed")


def insert(desk):
    found = desk.answered(moving=True)
    new = found and written(desk, found, desk.writer.wording(desk.writer.topic()))
    if not new:
        return None
    return {found[0]: put_after(desk.files[found[0]], found[1], new)}, {new.id: "new"}


def insert_sibling(desk):
    """A question much like the one above it, with another answer."""
    found = desk.answered()
    if not found:
        return None
    piece = found[2]
    topic = desk.writer.topic_of(piece.question)
    wording = (desk.writer.wording(desk.writer.topic(topic[0])) if topic
               else t.reworded(t.parts(piece)[1], desk.rng))
    new = written(desk, found, wording)
    if not new or plain(wording) == plain(piece.question):
        return None
    return ({found[0]: put_after(desk.files[found[0]], found[1], new)},
            {new.id: "new, like its neighbour", piece.id: "left beside a new one like it"})


def replace_by_sibling(desk):
    """Another question about the same thing, with another answer, in the place of an entry."""
    found = desk.answered()
    topic = found and desk.writer.topic_of(found[2].question)
    if not topic:
        return None
    new = written(desk, found, desk.writer.wording(desk.writer.topic(topic[0])))
    if not new:
        return None
    return {found[0]: put(desk.files[found[0]], found[1], new)}, {new.id: "new, in the place of one like it"}


def replace_by_held(desk):
    """The same with real text: an entry that was held back, in the place of the one most like it."""
    names = [n for n in sorted(desk.held) if desk.held[n] and n in desk.files]
    if not names:
        return None
    name = desk.rng.choice(names)
    piece = desk.held[name].pop()
    places = [i for i, p in enumerate(desk.files[name]) if p.id is not None and p.answered and p.id not in desk.labels
              and plain(p.question) != plain(piece.question)]
    if not places:
        return None
    at = max(places, key=lambda i: likeness(desk.files[name][i].question, piece.question))
    new = piece._replace(id=desk.new_id()).changed(t.restyled(piece, desk.files[name][at]).split("\n"))
    return {name: put(desk.files[name], at, new)}, {new.id: "real, in the place of one like it"}


def delete(desk):
    found = desk.pick()
    return found and ({found[0]: without(desk.files[found[0]], found[1])}, {})


def delete_file(desk):
    name = desk.rng.choice(sorted(desk.files))
    pieces = desk.files[name]
    if len(desk.files) < 3 or any(p.id in desk.labels for p in pieces) or len(pieces) > 60:
        return None
    return {name: None}, {}


def restore(desk):
    if not desk.dead:
        return None
    id_ = desk.rng.choice(sorted(desk.dead))
    piece, home = desk.dead[id_]
    kind = "restored"
    files = placed(desk, piece, home)
    if files and desk.rng.random() < 0.4 and piece.answered and t.parts(piece) and len(plain(piece.text)) > 3 * ENOUGH:
        old = t.parts(piece)[1]
        new = t.reworded(old, desk.rng, 1)
        if plain(new) != plain(old):
            kind = "restored, reworded"
            files = {n: tuple(p._replace(text=p.text.replace(old, new, 1)) if p.id == id_ else p for p in pieces)
                     for n, pieces in files.items()}
    return files and (files, {id_: kind})


def restore_file(desk):
    names = [n for n in sorted(desk.dead_files) if n not in desk.files
             and all(i in desk.dead for i in ids(desk.dead_files[n]))]
    if not names:
        return None
    name = desk.rng.choice(names)
    pieces = desk.dead_files[name]
    return {name: pieces}, dict.fromkeys(ids(pieces), "restored")


def copy(desk):
    """An entry twice: a reader cannot say which one was there before."""
    found = desk.pick()
    if not found:
        return None
    name, at = found
    piece = desk.files[name][at]
    new = piece._replace(id=desk.new_id())
    files = placed(desk, new, name)
    return files and (files, {new.id: "copy", piece.id: "copied"})


def split(desk):
    """The later part of an answer gets a question of its own."""
    found = desk.answered()
    if not found:
        return None
    name, at, piece, roles = found
    lines, old = piece.lines(), t.answer_lines(piece, roles)
    if len(old) < 3 or plain(t.parts(piece)[2]):
        return None
    half = old[desk.rng.randrange(len(old) // 2, len(old))]
    head, _, tail = t.parts(piece)
    opening = t.OPENING.match(lines[old[0]])[0]
    rest = [opening + t.OPENING.sub("", lines[half])] + lines[half + 1:]
    wording = desk.writer.wording(desk.writer.topic())
    new = Piece(desk.new_id(), "\n".join([t.next_number(head) + wording + tail] + rest))
    kept = piece.changed("\n".join(lines[:half]).rstrip("\n").split("\n"))
    files = put_after(put(desk.files[name], at, kept), at, new)
    return {name: files}, {piece.id: "split", new.id: "split off"}


def merge(desk):
    """An entry takes in the answer of the next one, which is gone."""
    found = desk.answered()
    if not found:
        return None
    name, at, piece, _ = found
    pieces = desk.files[name]
    after = next((i for i in range(at + 1, len(pieces)) if pieces[i].id is not None), None)
    if after is None or any(p.text.strip() for p in pieces[at + 1:after]) or pieces[after].id in desk.labels:
        return None
    other = pieces[after]
    more = LABEL.sub("", "\n".join(other.lines()[1:]))
    if not more:
        return None
    merged = piece.changed(piece.lines() + more.split("\n"))
    return {name: put(without(pieces, after), at, merged)}, {piece.id: "merged", other.id: "merged away"}


def move(desk):
    found = desk.pick(moving=True)
    if not found:
        return None
    name, at = found
    piece, rest = desk.files[name][at], without(desk.files[name], at)
    places = [i for i, p in enumerate(rest) if p.id is not None and abs(i - at) > 2]
    if not places:
        return None
    return {name: put_after(rest, desk.rng.choice(places), piece)}, {piece.id: "moved"}


def move_to_file(desk):
    found = desk.pick(lambda p: t.parts(p), moving=True)
    there = desk.after_some()
    if not found or not there or found[0] == there[0]:
        return None
    name, at = found
    piece, like = desk.files[name][at], desk.files[there[0]][there[1]]
    moved = piece.changed(t.restyled(piece, like).split("\n"))
    return ({name: without(desk.files[name], at), there[0]: put_after(desk.files[there[0]], there[1], moved)},
            {piece.id: "moved to another file"})


def swap(desk):
    found = desk.pick(moving=True)
    if not found:
        return None
    name, a = found
    pieces = desk.files[name]
    places = [i for i, p in enumerate(pieces) if p.id is not None and i != a and desk.fits(p, True)]
    if not places:
        return None
    b = desk.rng.choice(places)
    x, y = pieces[a], pieces[b]
    return {name: put(put(pieces, a, y), b, x)}, {x.id: "swapped", y.id: "swapped"}


def whole(desk, kind, change):
    """A change of all entries of a file to which nothing else has happened."""
    name = desk.rng.choice(sorted(desk.files))
    files, labels = change(name, desk.files[name]) or ({}, {})
    return (files, {i: kind for i in labels if i not in desk.labels}) if files else None


def rename(desk):
    def change(name, pieces):
        folder = desk.rng.choice(["", "整理/", "网络/"])
        new = f"{folder}笔记{desk.rng.randrange(1000)}{name[name.rindex('.'):]}"
        return None if new in desk.files else ({name: None, new: pieces}, ids(pieces))
    return whole(desk, "file renamed", change)


def renumber(desk):
    def change(name, pieces):
        more, new, changed = desk.rng.choice([1, 10]), [], []
        for p in pieces:
            here = p.id is not None and t.parts(p)
            head = here and re.sub(r"\d+", lambda m: str(int(m[0]) + more), here[0], count=1)
            if head and head != here[0]:
                changed.append(p.id)
                p = p.changed([head + here[1] + here[2]] + p.lines()[1:])
            new.append(p)
        return changed and ({name: tuple(new)}, changed)
    return whole(desk, "renumbered", change)


def split_file(desk):
    def change(name, pieces):
        places = [i for i, p in enumerate(pieces) if p.id is not None]
        if len(places) < 12:
            return None
        at = places[len(places) // 2]
        new = f"{name[:name.rindex('.')]}续{name[name.rindex('.'):]}"
        return None if new in desk.files else ({name: pieces[:at], new: pieces[at:]}, ids(pieces))
    return whole(desk, "file split", change)


def shuffle(desk):
    def change(name, pieces):
        places = [i for i, p in enumerate(pieces) if p.id is not None]
        order = desk.rng.sample(places, len(places))
        new = list(pieces)
        for to, source in zip(places, order):
            new[to] = pieces[source]
        return len(places) > 2 and ({name: tuple(new)}, ids(pieces))
    return whole(desk, "shuffled", change)


def everywhere(desk, names, kind, change):
    """The text of all entries changes by rule."""
    files, labels = {}, {}
    for name in names:
        new = []
        for p in desk.files[name]:
            text = change(p.text) if p.id is not None and p.id not in desk.labels else p.text
            if text != p.text:
                labels[p.id] = kind
                p = p.changed(text.split("\n"))
            new.append(p)
        files[name] = tuple(new)
    return (files, labels) if labels else None


def space(desk):
    beside = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")
    return everywhere(desk, [desk.rng.choice(sorted(desk.files))], "blanks beside Latin", lambda s: beside.sub(" ", s))


def replace_word(desk):
    old, new = desk.rng.choice(WORDS)
    names = [n for n in sorted(desk.files) if any(old in p.text for p in desk.files[n])]
    return everywhere(desk, names[:40], "word replaced everywhere", lambda s: s.replace(old, new))


# How often each is done.
EDITS = [
    (10, change_answer), (10, rewrite_answer), (14, change_question), (10, rewrite_question),
    (8, change_both), (6, respell), (4, change_open_question), (3, answer_open), (3, drop_answer),
    (6, insert), (6, insert_sibling), (6, replace_by_sibling), (6, replace_by_held), (10, delete), (1, delete_file), (10, restore), (2, restore_file),
    (4, copy), (4, split), (3, merge), (6, move), (6, move_to_file), (4, swap),
    (1, rename), (1, renumber), (1, split_file), (1, shuffle), (1, space), (1, replace_word),
]
