"""The text of one entry: where its wording stands, and how words and sentences change."""
import re

from editing.notes import LABEL, plain
from editing.words import NOUNS

MARKUP = re.compile(r"[*_`~\\]|</?\w+[^>]*>")
FENCE = re.compile(r"^\s*(```|~~~)")
OPENING = re.compile(r"^\s*(?:>\s?)*(?:[-*+]\s+|\d+[.、)]\s*)?(?:\**(?:A|答|答案|回答)\**[:：]\s*)?")
SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])(?=\s)")
GAPS = re.compile(r"\s*C[:：]")  # a mark that makes another type of note
ANSWERING = ("answer", "explanation")

# Either word stands for the other.
SYNONYMS = [
    ("区别", "不同"), ("如何", "怎么"), ("怎样", "如何"), ("为什么", "为何"), ("原理", "机制"), ("有哪些", "都有什么"),
    ("优点", "好处"), ("缺点", "不足"), ("什么是", "何谓"), ("使用", "采用"), ("场景", "场合"), ("流程", "过程"),
    ("作用", "用途"), ("输出", "打印"), ("问题", "故障"), ("保证", "确保"), ("避免", "防止"), ("What is", "Explain"),
    ("difference", "distinction"), ("How do you", "How would you"), ("What are", "Name"), ("output", "result"),
]
ASKING = ["请简述", "说一下", "谈谈", "请问", "讲讲", "面试题：", "请解释", "简单介绍一下"]
ENDING = ["？", "?", "是什么？", "有哪些要点", "（重要）", "。"]
ENGLISH_ASKING = ["Please explain: ", "In your words, ", "Briefly: "]


def span(line, question):
    """Where `question` stands in `line`, whatever marks stand in it."""
    for start in range(len(line)):
        at, done = start, 0
        while done < len(question) and at < len(line):
            mark = MARKUP.match(line, at)
            if line[at] == question[done]:
                at, done = at + 1, done + 1
            elif mark and done:
                at = mark.end()
            else:
                break
        if question and done == len(question):
            return start, at
    return None


def parts(piece):
    """What stands before the wording on the first line, the wording, what stands behind it."""
    line = piece.lines()[0]
    found = span(line, piece.question)
    return found and (line[:found[0]], line[found[0]:found[1]], line[found[1]:])


def is_english(text):
    return sum(ord(c) > 0x2E7F for c in text) * 8 < len(text)


def is_prose(line):
    return not FENCE.match(line) and len(plain(re.sub(r"<[^>]*>", "", LABEL.sub("", line)))) > 1


def answer_lines(piece, roles):
    """The numbers of the lines, after the first, that hold words of the answer."""
    lines = piece.lines()
    return [i for i in range(1, len(lines)) if roles[i] in ANSWERING and is_prose(lines[i])]


def answer_size(piece, roles):
    lines = piece.lines()
    return sum(len(plain(lines[i])) for i in answer_lines(piece, roles))


def respelled(text, rng):
    """The same words: other case, width, blanks and marks."""
    ways = [
        str.upper, str.lower, str.swapcase,
        lambda t: re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", t),
        lambda t: re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) +(?=[\u4e00-\u9fff])", "", t),
        lambda t: re.sub("[A-Za-z0-9]", lambda m: chr(ord(m[0]) + 0xFEE0), t),
        lambda t: t.translate(str.maketrans(",?!()", "，？！（）")),
        lambda t: t.translate(str.maketrans("，？！（）", ",?!()")),
        lambda t: re.sub("[，、,？?]", " ", t).strip(),
        lambda t: t + rng.choice("？?。！"),
        lambda t: re.sub(r"(?<!\w)([A-Za-z]+)(?!\w)", r"**\1**", t, count=1),
    ]
    return rng.choice(ways)(text)


def _reworded_once(text, rng):
    ways = [text.replace(*pair) for a, b in SYNONYMS for pair in ((a, b), (b, a)) if pair[0] in text]
    english = is_english(text)
    asking = ENGLISH_ASKING if english else ASKING
    ways.append(rng.choice(asking) + text)
    ways += [text[len(a):] for a in asking if text.startswith(a) and len(text) > len(a) + 3]
    ways.append(re.sub("[？?。]$", "", text) + rng.choice(ENDING))
    if english:
        words = text.split(" ")
        at = rng.randrange(len(words))
        if len(words) > 3:
            ways.append(" ".join(words[:at] + words[at + 1:]))
        ways.append(" ".join(words[:at] + [rng.choice(["really", "exactly", "usually"])] + words[at:]))
    elif len(plain(text)) > 5:
        at = rng.randrange(1, len(text) - 1)
        ways.append(text[:at] + text[at + rng.randint(1, 2):])
        ways.append(text[:at] + rng.choice(NOUNS) + text[at:])
        ways.append(text[:at] + rng.choice("的与在中各其可所要") + text[at + 1:])
    return rng.choice(ways)


def reworded(text, rng, most=3):
    """`text` with up to `most` small changes of words."""
    for _ in range(rng.randint(1, most)):
        text = _reworded_once(text, rng)
    return text


def sentence_changed(line, rng, fresh):
    """`line` with a sentence more, less or other; `fresh` writes one."""
    opening = OPENING.match(line)[0]
    sentences = [s for s in SENTENCE_END.split(line[len(opening):]) if s]
    if not sentences:
        return line
    at = rng.randrange(len(sentences))
    way = rng.choice(["more", "less", "other"] if len(sentences) > 1 else ["more", "more", "other"])
    sentences[at:at + 1] = {"more": [sentences[at], fresh()], "less": [], "other": [fresh()]}[way]
    return opening + "".join(sentences)


def answered_anew(piece, roles, sentences):
    """The lines of `piece` with `sentences` for all words of its answer; None if it has none."""
    lines, old = piece.lines(), answer_lines(piece, roles)
    if not old:
        return None
    kept = [line for i, line in enumerate(lines) if i not in old[1:]]
    kept[old[0]] = OPENING.match(lines[old[0]])[0] + "".join(sentences)
    return kept


def modelled(like, roles, wording, sentences):
    """The text of a new entry in the manner of `like`, or None."""
    here, lines = parts(like), answered_anew(like, roles, sentences)
    if not here or not lines or len(plain(here[2])) > 0:
        return None
    asked = [i for i, role in enumerate(roles[:len(like.lines())]) if i and role in ("question", "choices")]
    if asked:
        return None  # its question has more lines than one
    return "\n".join([next_number(here[0]) + wording + here[2]] + lines[1:])


def next_number(head):
    return re.sub(r"\d+", lambda m: str(int(m[0]) + 1), head, count=1)


def restyled(piece, like):
    """The text of `piece` as it is written beside `like`."""
    mine, theirs = parts(piece), parts(like)
    if not mine or not theirs or GAPS.match(mine[0]):
        return piece.text
    tail = theirs[2] if not plain(mine[2]) and not plain(theirs[2]) else mine[2]
    body, model = piece.lines()[1:], like.lines()[1:]
    label = next((m[0] for line in model for m in [LABEL.match(line)] if m), "")
    first = next((i for i, line in enumerate(body) if line.strip() and not FENCE.match(line)), None)
    if first is not None:
        body[first] = label + LABEL.sub("", body[first])
    return "\n".join([next_number(theirs[0]) + mine[1] + tail] + body)
