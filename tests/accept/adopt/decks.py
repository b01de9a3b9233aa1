"""Decks of the same questions as other tools make them, for notes that come later.

Each manner is a tool's: its note type, its guids, its decks, and the HTML that it makes.
A row is a question of the notes by its name in editions.py, or one that only the reader has.
"""
import hashlib
from collections import namedtuple

import genanki

Row = namedtuple("Row", "name heading question answer")

ROWS = [
    Row("握手", "网络", "TCP 握手为什么是三次？", '双方都要确认对方能收发。<br><img src="旧的图.png">'),
    Row("TIME_WAIT", "网络", "TIME_WAIT 为什么要等 2MSL？", "最后的 <b>ACK</b> 可能丢，旧的报文也要消失。"),
    Row("拥塞", "网络", "什么是拥塞控制？", "慢启动、拥塞避免、快重传。"),
    Row("粘包", "网络", "什么是粘包？", "字节流没有边界，要自己划分。"),
    Row("channel", "并发", "什么是 channel？", "goroutine&nbsp;之间的管道。"),
    Row("goroutine", "并发", "什么是 goroutine？", "由运行时调度的轻量线程。"),
    Row("互斥锁", "并发", "什么时候用互斥锁？", "保护共享的状态时。"),
    Row("逃逸", "内存", "什么是逃逸分析？", "编译器决定变量放在栈上还是堆上。"),
    Row("切片", "内存", "切片扩容时会发生什么？", "分配新的数组，再复制元素。"),
    Row("defer", "代码", "<code>defer</code> 的执行顺序是什么？",
        "后进先出：<pre><code>for i := 0; i &lt; 3; i++ {\n    defer fmt.Print(i) // 210\n}</code></pre>"),
    Row("select", "代码", "select 有多个分支就绪时选哪个？", "随机选一个。"),
    Row("线程", "进程", "进程和线程有什么区别？", "线程共享进程的内存。"),
    Row("死锁", "进程", "什么是死锁？", "互相等着对方手里的资源。"),
    Row("栈", "术语", "栈", "后进先出的表"),
    Row("", "随手记", "上次面试官最后问了什么？", "问我还有什么想问的。"),
]

GAPS = [
    Row("发布", "填空", "Go 由 {{c1::Google}} 在 {{c2::2009}} 年发布，作者有 {{c3::罗伯特}} 等人。", "官网上写着。"),
    Row("三色", "填空", "三色标记用 {{c1::白色}}、{{c2::灰色}} 和 {{c3::黑色}} 区分对象。", ""),
    Row("", "填空", "{{c1::鲁迅}}本名{{c2::周树人}}。", "背过的。"),
]

OWN_SHEET = ".card { color: navy; font-family: kai; }"
ODD_GUIDS = ["a b", '"', "'", "-", "\\", "问题一", "<b>", "%_*", "x:y", "\\20", " ", "#1", "=1", "a\\nb", "&amp;"]

# The reader's note type: its id, and the field of the question; `names` are the entries that
# it has, and `deck` is where those of the first file of the notes are.
Manner = namedtuple("Manner", "name type question names deck")


def model(number, fields, templates, **more):
    return genanki.Model(1600000000000 + number, f"旧的题型{number}", fields=[{"name": field} for field in fields],
                         templates=[dict(zip(("name", "qfmt", "afmt"), template)) for template in templates],
                         css=OWN_SHEET, **more)


BASIC = ["卡片", "<div class=q>{{%s}}</div>", "{{FrontSide}}<hr id=answer>{{%s}}"]


def basic(number, front, back):
    name, question, answer = BASIC
    return model(number, [front, back], [(name, question % front, answer % back)])


class Decks:
    """Decks by name, made when a note comes."""

    def __init__(self):
        self.decks = {}

    def add(self, deck, note):
        number = 1700000000000 + int(hashlib.sha1(deck.encode()).hexdigest()[:8], 16)
        self.decks.setdefault(deck, genanki.Deck(number, deck)).add_note(note)

    def write(self, path):
        genanki.Package(list(self.decks.values())).write_to_file(path, timestamp=1690000000.0)


def script():
    """A script with genanki, as most are: guids from the fields, one deck."""
    kind = basic(1, "Question", "Answer")
    for row in ROWS:
        yield "面试题", genanki.Note(kind, [row.question, row.answer], tags=["常考", f"来源::{row.heading}", "a:b'c"])


def mdanki():
    """Headings become decks, and cards have the number of the question and HTML of a renderer."""
    kind = basic(2, "Front", "Back")
    for count, row in enumerate(ROWS, 1):
        guid = hashlib.sha1(row.question.encode()).hexdigest()
        yield f"Go::{row.heading}", genanki.Note(
            kind, [f'<h2 id="q{count}">{count}. {row.question}</h2>\n', f"<p>{row.answer}</p>\n"], guid=guid)


def asked():
    """Labels before both sides."""
    kind = basic(3, "正面", "背面")
    for row in ROWS:
        yield "问答", genanki.Note(kind, [f"Q: {row.question}", f"A: {row.answer}"], guid=f"qa-{row.name}")


def reversed_cards():
    """Two cards a note, a field for its number before the question, and one that the notes know nothing of."""
    kind = model(4, ["编号", "题目", "答案", "来源", "Tags"], [
        ("正", "{{题目}}", "{{FrontSide}}<hr>{{答案}}<p>{{来源}}"), ("反", "{{答案}}", "{{题目}}")],
        sort_field_index=1)
    for count, row in enumerate(ROWS, 1):
        yield f"面试::{row.heading}", genanki.Note(
            kind, [f"{count:03}", row.question, row.answer, f"《书》第 {count} 页 & <i>旁注</i>", f"a{count} b"])


def clozes():
    kind = model(5, ["Text", "Back Extra"], [("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}")],
                 model_type=genanki.Model.CLOZE)
    for row in GAPS:
        yield "填空题", genanki.Note(kind, [row.question, row.answer])


def odd_guids():
    kind = basic(6, "Front", "Back")
    for row, guid in zip(ROWS, ODD_GUIDS):
        yield "语言", genanki.Note(kind, [row.question, row.answer], guid=guid)  # a folder of the notes is called so


def names_of(rows):
    return sorted(row.name for row in rows if row.name)


MANNERS = {
    script: Manner("a script", 1600000000001, 0, names_of(ROWS), "面试题"),
    mdanki: Manner("decks by heading, with numbers", 1600000000002, 0, names_of(ROWS), "Go::网络"),
    asked: Manner("labels before both sides", 1600000000003, 0, names_of(ROWS), "问答"),
    reversed_cards: Manner("two cards and more fields", 1600000000004, 1, names_of(ROWS), "面试::网络"),
    clozes: Manner("gaps", 1600000000005, 0, names_of(GAPS), "面试::网络"),
    odd_guids: Manner("odd guids", 1600000000006, 0, names_of(ROWS), "语言"),
}


def write_deck(make, path):
    decks = Decks()
    for deck, note in make():
        decks.add(deck, note)
    decks.write(path)
