"""Notes that hold a payload, one place each.

Round every payload stand two words, and many payloads hold a third: what is to be read
must be there in the end.  A place that is one line gets the payload's lines as one.
"""
import html
import json
import os
import re

BEFORE, INSIDE, AFTER = "前标", "标记", "后标"

FRONT = "# 章\n\n"


def read_payloads(path):
    """[(group, name, text)] of the file."""
    payloads, group, name, lines = [], None, None, []

    def finish():
        if name:
            text = "\n".join(lines).rstrip("\n")
            payloads.append((group, name, re.sub("⟨([0-9A-F]+)⟩", lambda m: chr(int(m[1], 16)), text)))

    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("    "):
                lines.append(line[4:])
                continue
            finish()
            name, lines = None, []
            if line.startswith("== "):
                group = line[3:]
            elif line and group:
                name = line
    finish()
    return payloads


def one_line(text):
    return re.sub(r"[\r\n]+", " ", text)


def fence(text, mark):
    longest = max(map(len, re.findall(re.escape(mark) + "+", text)), default=0)
    return mark * max(3, longest + 1)


def code_span(text):
    marks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{marks} {text} {marks}"


def code_block(text):
    mark = fence(text, "~")
    return f"{mark}html\n{text}\n{mark}"


def quoted(text):
    return "\n".join("> " + line for line in text.split("\n"))


def target(text):
    """As the target of a link: between angles, with none of its own."""
    return "<" + re.sub(r"[<>\r\n]", "", text) + ">"


def within(form):
    """A place for the payload in one line, between the two words."""
    return lambda p: form.replace("§", f"{BEFORE} {one_line(p)} {AFTER}")


def block(form):
    return lambda p: form.replace("§", p)


PLACES = {
    "question": within("## 丙的 § 是什么？\n\n答。\n"),
    "answer": block(f"## 丙是什么？\n\n{BEFORE} § {AFTER}\n"),
    "blocks": block(f"## 丙是什么？\n\n{BEFORE}\n\n§\n\n{AFTER}\n"),
    "choices": within("## 丙是哪个？\n\nA. §\nB. 丁\n\n答案：A\n"),
    "hint": within("## 丙是什么？\n\n答案：丁\n\n提示：§\n"),
    "explanation": within("## 丙是什么？\n\n答案：丁\n\n解析：§\n"),
    "list": within("## 丙是什么？\n\n- §\n  1. §\n- 丁\n"),
    "table": lambda p: within("## 丙是什么？\n\n| § | 丁 |\n|---|---|\n| 戊 | § |\n")(p.replace("|", "\\|")),
    "quote": lambda p: f"## 丙是什么？\n\n{quoted(f'{BEFORE} {p} {AFTER}')}\n",
    "heading": within("## 丙是什么？\n\n### §\n\n答。\n"),
    "emphasis": within("## 丙是什么？\n\n**§** ~~§~~ ==§==\n"),
    "code": lambda p: f"## 丙是什么？\n\n{BEFORE} {code_span(one_line(p))} {AFTER}\n",
    "code block": lambda p: f"## 丙是什么？\n\n{BEFORE}\n\n{code_block(p)}\n\n{AFTER}\n",
    "language": lambda p: f"## 丙是什么？\n\n{BEFORE}\n\n~~~{one_line(p)}\nx\n~~~\n\n{AFTER}\n",
    "words of a link": within("## 丙是什么？\n\n[§](https://example.org/)\n"),
    "target of a link": lambda p: f"## 丙是什么？\n\n[{BEFORE}]({target(p)} {json.dumps(one_line(p))}) {AFTER}\n",
    "reference": lambda p: f"## 丙是什么？\n\n[{BEFORE}][jump] {AFTER}\n\n[jump]: {target(p)} {json.dumps(one_line(p))}\n",
    "picture": lambda p: f"## 丙是什么？\n\n{BEFORE} ![{one_line(p)}]({target(p)}) {AFTER}\n",
    "words of a picture": within("## 丙是什么？\n\n![§](dot.png \"§\")\n"),
    "footnote": lambda p: f"## 丙是什么？\n\n{BEFORE}[^1] 完。\n\n[^1]: {one_line(p)} {AFTER}\n",
    "raw markup": block(f"## 丙是什么？\n\n<div>\n{BEFORE} § {AFTER}\n</div>\n"),
    "details": block(f"<details><summary>{BEFORE} 丙是什么？</summary>\n\n答。\n\n§\n\n{AFTER}\n\n</details>\n"),
    "gap": within("## 丙\n\n{{c1::丁 § 戊}}是己。\n"),
    "beside a gap": within("## 丙\n\n{{c1::丁}}是己。§\n\n- §\n"),
    "section": within("# §\n\n## 丙是什么？\n\n答。\n"),
    "front matter": lambda p: f"---\ntitle: {json.dumps(f'{BEFORE} {one_line(p)} {AFTER}')}\n"
                              f"tags: [{json.dumps(one_line(p))}]\n---\n## 丙是什么？\n\n答。\n",
}
IN_NAME = "name of a file"

# Where all or some of the payload is no text for readers.
UNSEEN = {"language", "target of a link", "reference", "picture"}


def file_name(text):
    """As much of the payload as a file's name can be."""
    text = re.sub(r"[\x00-\x1f\x7f/]", "", text)
    return text.encode()[:120].decode(errors="ignore")


def write_file(folder, name, data):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def write_notes(folder, payloads, picture):
    """Each payload in each place, a file each; its question says in which (see `case_in`)."""
    for number, (_, _, text) in enumerate(payloads):
        for place, form in PLACES.items():
            front = "" if place in ("section", "front matter") else FRONT
            note = (front + form(text)).replace("丙", f"丙{number:03}{place}丙")
            write_file(os.path.join(folder, place), f"{number:03}.md", note.encode())
        write_file(os.path.join(folder, IN_NAME), f"{number:03}{BEFORE}{file_name(text)}{AFTER}.md",
                   f"## 丙{number:03}{IN_NAME}丙是什么？\n\n答。\n".encode())
    for place in PLACES:
        write_file(os.path.join(folder, place), "dot.png", picture)


def case_in(text):
    """(number of the payload, place) of the first note that `text` shows, or None."""
    found = re.search("丙([0-9]{3})([a-z ]+)丙", text)
    return found and (int(found[1]), found[2])


def case_of(source):
    """The same, by the name of the file that a card is from."""
    place, name = html.unescape(source).split("/", 1)
    return int(name[:3]), place
