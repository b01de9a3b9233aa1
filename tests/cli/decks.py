"""decks.py FOLDER -- decks as another tool makes them, for diff.sh.

first.apkg and second.apkg hold the same notes by guid, with edits; renewed.apkg is
second.apkg with other guids and ids; hostile.apkg and hostile2.apkg hold what would do
harm on a terminal, in a log or in a comment; long.apkg and long2.apkg more than a comment
has room for.
"""
import os
import sys

import genanki

folder = sys.argv[1]


def note_type(number, name="基础", fields=("正面", "背面"), style="", back="{{背面}}"):
    return genanki.Model(1600000000000 + number, name, fields=[{"name": f} for f in fields],
                         templates=[{"name": "卡片", "qfmt": "{{正面}}", "afmt": back}], css=style)


def write(name, number, notes, kind=None, media=()):
    """`notes`: rows of deck, guid, fields and tags."""
    kind = kind or note_type(number)
    decks = {}
    for deck, guid, fields, tags in notes:
        home = decks.setdefault(deck, genanki.Deck(1700000000000 + number + len(decks), deck))
        home.add_note(genanki.Note(model=kind, fields=list(fields), guid=guid, tags=list(tags)))
    package = genanki.Package(list(decks.values()))
    package.media_files = [os.path.join(folder, m) for m in media]
    package.write_to_file(os.path.join(folder, name), timestamp=1700000000)


def picture(name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content)
    return name


edited = [
    ("网络", "a", ("什么是 <b>TCP</b>？", "面向连接的协议。"), ["net"]),
    ("网络", "b", ("什么是 UDP？", "没有连接。<img src=\"udp.png\">"), ["net"]),
    ("网络::应用层", "d", ("什么是 HTTP？", "超文本传输协议。"), ["http", "web"]),
    ("网络", "e", ("什么是 DNS？", "把名字变成<b>地址</b>。"), []),
]
write("first.apkg", 0, [
    ("网络", "a", ("什么是 TCP？", "可靠的、面向连接的协议。"), ["net"]),
    ("网络", "b", ("什么是 UDP？", "没有连接。<img src=\"udp.png\">"), ["net", "old"]),
    ("网络", "c", ("什么是 ARP？", "由 IP 找 MAC。"), []),
    ("网络", "d", ("什么是 HTTP？", "超文本传输协议。"), ["web"]),
    ("网络", "e", ("什么是 DNS？", "把名字变成地址。"), []),
], media=[picture("1/udp.png", b"one"), picture("1/gone.png", b"gone")])
second = {"kind": note_type(0, style=".card { color: red }", back="{{FrontSide}}<hr>{{背面}}"),
          "media": [picture("2/udp.png", b"two"), picture("2/new.png", b"new")]}
write("second.apkg", 0, edited, **second)
write("renewed.apkg", 50, [(d, g + "'", f, t) for d, g, f, t in edited])

bad = "\x1b[31m\x07\u202e</details><script>x()</script>@all #1 ~~a~~ **b** | `c` [d](http://e) ::error::f ##[g]"
lines = "<br>::error::甲<br>::set-output name=x::乙"
write("hostile.apkg", 0, [("\x1b]0;t\x07::\u202e", "a", ("&lt;b&gt; " + bad, lines), [bad.replace(" ", "_")])],
      kind=note_type(0, "\x1b[2J</details>"))
write("hostile2.apkg", 0, [("网络", "a", (bad.replace("a", "x", 1), lines + bad), ["x"]), ("网", "b", (bad, bad), [])],
      kind=note_type(0, "</summary>\u202e"))

write("long.apkg", 0, [("长", f"{i:03}", (f"问题 {i}", "旧" * 400), []) for i in range(200)])
write("long2.apkg", 0, [("长", f"{i:03}", (f"问题 {i}", f"{i} " * 400), []) for i in range(200)])
