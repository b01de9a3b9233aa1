"""The notes of the test, and what their writer does to them.

A note is a list of blocks, which are written one below the other; № in a block stands for
the number of its entry.  Edits take notes and change them in place.  Each finds what it
changes or fails, so an edit that does nothing cannot pass for one.
"""
import base64
import copy
import os
import shutil

DESCRIPTION = "title: 面试笔记\nidentifier: deckbind-test-history\ndeck: 面试\nfile_name: deck\n"

TCP, GO, GAPS, TERMS, SYSTEM = "网络.md", "语言/go.md", "语言/填空.md", "术语.md", "系统.md"
PICTURE = "图/握手.png"

NOTES = {
    TCP: [
        "# 网络",
        "№、TCP 握手为什么是三次？\n\n双方都要确认对方能收发。\n\n![握手的图](图/握手.png)",
        "№、TIME_WAIT 为什么要等 2MSL？\n\n最后的 ACK 可能丢，旧的报文也要消失。",
        "№、什么是拥塞控制？\n\n慢启动、拥塞避免、快重传。",
        "№、什么是粘包？\n\n字节流没有边界，要自己划分。",
    ],
    GO: [
        "# Go",
        "## 并发",
        "### 什么是 channel？\n\ngoroutine 之间的管道。",
        "### 什么是 goroutine？\n\n由运行时调度的轻量线程。",
        "### 什么时候用互斥锁？\n\n保护共享的状态时。",
        "## 内存",
        "### 什么是逃逸分析？\n\n编译器决定变量放在栈上还是堆上。",
        "### 切片扩容时会发生什么？\n\n分配新的数组，再复制元素。",
        "### 什么是内存屏障？",
    ],
    GAPS: [
        "#flashcards",
        "Go 由 {{c1::Google}} 在 {{c2::2009}} 年发布，作者有 {{c3::罗伯特}} 等人。",
        "三色标记用 ==白色==、==灰色== 和 ==黑色== 区分对象。",
    ],
    TERMS: [
        "# 术语",
        "UDP ::: 用户数据报协议",
        "栈 ::: 后进先出的表",
        "队列 :: 先进先出的表",
    ],
    SYSTEM: [
        "# 操作系统",
        "## 进程",
        "### 进程和线程有什么区别？\n\n线程共享进程的内存。",
        "### 什么是死锁？\n\n互相等着对方手里的资源。",
    ],
}

# A picture of one pixel, and another one.
PIXELS = [base64.b64decode(text) for text in (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
)]


def fresh_notes():
    return {**copy.deepcopy(NOTES), PICTURE: PIXELS[0]}


def numbered(blocks):
    count = 0
    for block in blocks:
        count += "№" in block
        yield block.replace("№", str(count))


def write_notes(folder, notes):
    """Put these notes into a folder, and leave nothing of others there but the lock."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif name != "deckbind.lock":
            os.remove(path)
    for name, content in {"deckbind.yaml": DESCRIPTION.encode(), **notes}.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = content if isinstance(content, bytes) else "\n\n".join([*numbered(content), ""]).encode()
        with open(path, "wb") as out:
            out.write(data)


# --- edits -----------------------------------------------------------------------


def place_of(notes, file, words):
    found = [i for i, block in enumerate(notes[file]) if words in block]
    assert len(found) == 1, f"{words} is in {len(found)} blocks of {file}"
    return found[0]


def replace(file, old, new):
    def edit(notes):
        at = place_of(notes, file, old)
        notes[file][at] = notes[file][at].replace(old, new)
    return edit


def insert(file, before, block):
    return lambda notes: notes[file].insert(place_of(notes, file, before), block)


def remove(file, words):
    return lambda notes: notes[file].pop(place_of(notes, file, words))


def move(file, words, to_file, before):
    def edit(notes):
        block = notes[file].pop(place_of(notes, file, words))
        notes[to_file].insert(place_of(notes, to_file, before), block)
    return edit


def rename(old, new):
    def edit(notes):
        notes[new] = notes.pop(old)
    return edit


def reverse(file, first, last):
    """Turn round the order of the blocks from first to last."""
    def edit(notes):
        start, end = place_of(notes, file, first), place_of(notes, file, last) + 1
        notes[file][start:end] = notes[file][start:end][::-1]
    return edit


def paint(notes):
    notes[PICTURE] = PIXELS[1]
