#!/usr/bin/env python3
"""Study notes to measure with: as many as wanted, the same bytes on every machine.

    notes.py FOLDER ENTRIES [FORM...]

Writes files of 40 entries, their forms in turn: heading (the default), number, label.  Only
random() of random.Random is drawn from, whose numbers are the same in every Python; words
follow Zipf's law, so that the notes deflate as real ones do.  A larger corpus begins with the
files of a smaller one.  Prints the bytes written and the first digits of their SHA-256.
"""
import hashlib
import os
import random
import sys

PER_FILE, PER_SECTION, FILES_PER_FOLDER = 40, 10, 100

SMALL_WORDS = ("的 是 在 会 了 和 不 时 可以 一个 有 就 为 到 对 如果 所以 因为 而 需要 通过 没有 之后 并且 那么 当 也 都 要 "
               "被 从 与 或 则 只 能 但是 时候 这个 多个 所有 同时 然后 以及 由于 例如 每个 自己 最后 之前").split()
TERMS = ("goroutine channel map slice interface defer mutex context runtime 协程 线程 进程 调度器 内存 垃圾回收 指针 数组 "
         "切片 闭包 反射 泛型 互斥锁 读写锁 原子操作 缓冲 队列 哈希表 扩容 逃逸分析 写屏障 三色标记 系统调用 死锁 竞态 事务 索引 "
         "隔离级别 主从复制 分片 缓存穿透 缓存雪崩 一致性 负载均衡 熔断 限流 消息队列 消费者 连接池 幂等 握手 挥手 滑动窗口 拥塞控制 "
         "信号量 共享内存 页表 虚拟内存 上下文切换 跳表 红黑树 二叉树 链表 Redis MySQL Kafka TCP UDP HTTP gRPC epoll").split()
NAMES = "user task item node conn req resp ctx cache pool job batch lock result event key val index err done".split()
QUESTIONS = ("什么是 {} {}？", "{} 和 {} 有什么区别？", "为什么 {} 需要 {}？", "{} 怎样实现 {}？", "`{}` 在 {} 里安全吗？",
             "如何用 {} 避免 {}？", "简述 {} 与 {} 的关系？", "How does {} work with {}?")
CODE = ("{a} := make(chan int, {n})\n", "for i, {a} := range {b} {{\n\tfmt.Println(i, {a}, \"{n}\")\n}}\n",
        "if err := {a}.{b}(ctx); err != nil {{\n\treturn fmt.Errorf(\"{b}: %w\", err)\n}}\n",
        "go func() {{\n\tdefer wg.Done()\n\t{a} <- {b}[{n}]\n}}()\n", "// {a} 等 {b}\n", "{a} = append({a}, {b} & {n})\n")


def vocabulary():
    """The terms, and behind them words of one to three everyday characters (GB 2312, level 1)."""
    characters = [bytes((0xB0 + i // 94, 0xA1 + i % 94)).decode("gb2312") for i in range(39 * 94)]
    draw = random.Random("words").random
    return SMALL_WORDS + TERMS + ["".join(characters[int(draw() ** 2 * len(characters))] for _ in range(1 + int(draw() * 3)))
                                  for _ in range(12000)]


class Writer:
    def __init__(self, words, number):
        self.draw, self.words = random.Random("file %d" % number).random, words

    def pick(self, row):
        return row[int(self.draw() * len(row))]

    def count(self, least, most):
        return least + int(self.draw() * (most - least + 1))

    def word(self):
        return self.words[int(len(self.words) ** self.draw()) - 1]

    def phrase(self, least, most):
        """Words, with a blank where Latin ones meet others."""
        words = [self.word() for _ in range(self.count(least, most))]
        return "".join(" %s " % w if w[0] < "\x80" else w for w in words).strip().replace("  ", " ")

    def code_words(self):
        return {"a": self.pick(NAMES), "b": self.pick(NAMES), "n": self.count(0, 1023)}

    def clause(self):
        """A phrase; two of five end with something that is marked."""
        text, draw = self.phrase(4, 10), self.draw()
        marks = (" `%s`" % self.pick(TERMS), " `{a}({b}, {n})`".format(**self.code_words()), "**%s**" % self.phrase(1, 3),
                 "*%s*" % self.word(), "[%s](https://example.org/%s/%d)" % (self.phrase(1, 3), self.pick(NAMES), self.count(1, 9999)),
                 " <https://example.org/%d>" % self.count(1, 9999), "~~%s~~" % self.word(), " a < b && x\\*y &nbsp;")
        return text + (marks[int(draw * 2.5 * len(marks))] if draw < 0.4 else "")

    def sentence(self):
        return "，".join(self.clause() for _ in range(self.count(1, 4))) + "。"

    def paragraph(self):
        return self.pick(("", "\n")).join(self.sentence() for _ in range(self.count(1, 4))) + "\n"

    def bullets(self):
        lines = []
        for _ in range(self.count(2, 6)):
            lines.append("- %s\n" % self.clause())
            if self.draw() < 0.2:
                lines += ["  - %s\n" % self.clause() for _ in range(self.count(1, 3))]
        return "".join(lines)

    def table(self):
        width = self.count(2, 4)
        rows = [[self.pick(TERMS) for _ in range(width)], ["---"] * width]
        rows += [[self.phrase(1, 5) for _ in range(width)] for _ in range(self.count(2, 5))]
        return "".join("| %s |\n" % " | ".join(row) for row in rows)

    def quote(self):
        return "".join("> %s\n" % self.sentence() for _ in range(self.count(1, 3)))

    def fence(self):
        return "```go\n%s```\n" % "".join(self.pick(CODE).format(**self.code_words()) for _ in range(self.count(3, 9)))

    def answer(self):
        more = [self.pick((self.paragraph, self.paragraph, self.bullets, self.fence, self.fence, self.table, self.quote))
                for _ in range(self.count(0, 5))]
        return "\n".join([self.paragraph()] + [make() for make in more])

    def question(self, asked):
        """One that was not asked before, as people see it."""
        while True:
            text = self.pick(QUESTIONS).format(self.pick(TERMS), self.phrase(1, 4))
            if text not in asked:
                asked.add(text)
                return text

    def file(self, first, count, form, asked):
        for number in range(first, first + count):
            if (number - first) % PER_SECTION == 0:
                yield "## %s %s\n\n" % (self.pick(TERMS), self.phrase(1, 3))
            yield FORMS[form] % {"number": number, "question": self.question(asked), "answer": self.answer()}


FORMS = {
    "heading": "### %(number)d. %(question)s\n\n%(answer)s\n",
    "number": "%(number)d. %(question)s\n\n%(answer)s\n",
    "label": "问：%(question)s\n\n答：%(answer)s\n",
}


def main(folder, entries, *forms):
    words, asked, digest, size, forms = vocabulary(), set(), hashlib.sha256(), 0, forms or ("heading",)
    for number, first in enumerate(range(1, int(entries) + 1, PER_FILE)):
        part = os.path.join(folder, "part-%02d" % (number // FILES_PER_FOLDER))
        os.makedirs(part, exist_ok=True)
        count = min(PER_FILE, int(entries) + 1 - first)
        text = "".join(Writer(words, number).file(first, count, forms[number % len(forms)], asked)).encode()
        with open(os.path.join(part, "notes-%04d.md" % number), "wb") as file:
            file.write(text)
        digest.update(text)
        size += len(text)
    print(size, digest.hexdigest()[:16])


if __name__ == "__main__":
    main(*sys.argv[1:])
