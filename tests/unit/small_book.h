/*
 * small_book.h -- a book of three sources as the passes leave it to the backends:
 * a folder, a file of several pages, nested entries, gaps, code, a table, a picture.
 */
#ifndef DECKBIND_TESTS_SMALL_BOOK_H
#define DECKBIND_TESTS_SMALL_BOOK_H

#include "model/book.h"

extern const char style_book[];
extern const size_t style_book_size;

enum { SOURCES = 3 };

typedef struct Fixture {
    Book book;
    Source sources[SOURCES];
} Fixture;

static inline Entry *entry(Source *s, EntryKind kind, uint32_t parent, const char *anchor,
                    const char *number, const char *title)
{
    Entry *e = vec_push(&s->entries, &s->kept);
    *e = (Entry){.kind = kind, .parent = parent, .anchor = str_of(anchor),
                 .number = str_of(number), .plain_title = str_of(title),
                 .made = arena_new(&s->kept, Made, 1), .line = (uint32_t)s->entries.n};
    e->made->page_title = str_of(title);
    return e;
}

static inline void part(Entry *e, Part p, const char *xhtml)
{
    e->made->page_part[p] = str_of(xhtml);
    e->answered = e->answered || part_answers[p];
}

static inline void page(Source *s, const char *name, const char *title, size_t first, size_t last)
{
    Page *p = vec_push(&s->pages, &s->kept);
    *p = (Page){.name = str_of(name), .title = str_of(title), .first = first, .last = last};
}

static inline void fill_language(Source *s)
{
    s->name = STR("基础/语言.md");
    s->title = STR("语言基础");
    Entry *e = entry(s, ENTRY_QUESTION, 0, "q-0001", "1", "new 和 make 有什么区别？");
    part(e, PART_QUESTION, "<p>各举一例。</p>");
    part(e, PART_HINT, "<p>看返回值的类型。</p>");
    part(e, PART_ANSWER,
         "<p><code>new(T)</code> 分配一个零值的 T，返回它的地址，类型是 <code>*T</code>，任何类型都能 new。"
         "<code>make</code> 只能用于 slice、map、channel 这三种类型，返回的是 T 本身而不是指针，"
         "并且把内部结构也建好了：切片有了底层数组，map 和 channel 可以马上使用。</p>\n"
         "<pre><code class=\"language-go\">a := [3]int{1, 2, 3}\nb := a    // 拷贝整个数组\n"
         "s := a[:] // 与 a 共用底层数组\nb[0], s[1] = 10, 20\n"
         "fmt.Println(a, b, s) // [1 20 3] [10 2 3] [1 20 3]\n</code></pre>\n"
         "<ul>\n<li>两者都<strong>不决定</strong>内存在堆上还是在栈上。</li>\n"
         "<li>那是<em>逃逸分析</em>的事，见<a href=\"c-0000000b.xhtml#q-0005\">垃圾回收</a>。</li>\n</ul>");
    e = entry(s, ENTRY_QUESTION, 0, "q-0002", "2", "数组和切片");
    part(e, PART_ANSWER,
         "<h3>比较</h3>\n<div class=\"tw\"><table>\n<thead>\n<tr><th>类型</th><th class=\"ar\">长度</th>"
         "<th>赋值</th></tr>\n</thead>\n<tbody>\n<tr><td>数组</td><td class=\"ar\">固定</td><td>拷贝所有元素</td></tr>\n"
         "<tr><td>切片</td><td class=\"ar\">可变</td><td>只拷贝三个字长的头</td></tr>\n</tbody>\n</table></div>\n"
         "<blockquote>\n<p>长度固定又很小的数据用数组，其余一律用切片。</p>\n</blockquote>");
    part(e, PART_EXPLANATION, "<p>元素可比较的数组可以直接用 <code>==</code> 比较。</p>");
    entry(s, ENTRY_QUESTION, 0, "q-0003", "3", "a < b && c 是什么？")->made->page_title =
        STR("<code>a &lt; b &amp;&amp; c</code> 是什么？");
    e = entry(s, ENTRY_OTHER, 0, "q-0004", "", "");
    part(e, PART_QUESTION, "<p>以上整理自课堂笔记。</p>");
    page(s, "c-0000000a.xhtml", "语言基础", 0, 4);
}

static inline void fill_runtime(Source *s)
{
    s->name = STR("基础/运行时.md");
    s->title = STR("运行时");
    Entry *e = entry(s, ENTRY_SECTION, 0, "q-0006", "一", "内存");
    part(e, PART_QUESTION, "<p>这一章讲内存。</p>");
    e = entry(s, ENTRY_QUESTION, 1, "q-0005", "1.1", "垃圾回收怎么做？");
    part(e, PART_ANSWER, "<p>三色标记，混合写屏障。</p>\n<ol start=\"3\">\n<li>标记</li>\n<li>清扫</li>\n</ol>");
    e = entry(s, ENTRY_SECTION, 1, "q-0007", "", "栈");
    e = entry(s, ENTRY_QUESTION, 3, "q-0008", "", "栈怎么增长？");
    part(e, PART_CHOICES, "<ul>\n<li>A. 分段</li>\n<li>B. 拷贝</li>\n</ul>");
    part(e, PART_ANSWER, "<p>B</p>");
    e = entry(s, ENTRY_QUESTION, 4, "q-0009", "", "为什么？");
    entry(s, ENTRY_SECTION, 0, "q-000a", "二", "调度");
    e = entry(s, ENTRY_QUESTION, 6, "q-000b", "1", "G、M、P 各是什么？");
    part(e, PART_ANSWER, "<p>协程、线程、处理器。</p><p><img src=\"../images/deckbind-01.png\" alt=\"图\"/></p>");
    page(s, "c-0000000b.xhtml", "内存", 0, 5);
    page(s, "c-0000000c.xhtml", "调度", 5, 7);
}

static inline void fill_root(Source *s)
{
    s->name = STR("网络.txt");
    s->title = STR("网络 & 其他");
    Entry *e = entry(s, ENTRY_QUESTION, 0, "q-000c", "", "三次握手");
    part(e, PART_ANSWER, "<p>SYN、SYN+ACK、ACK。</p>");
    page(s, "c-0000000d.xhtml", "网络 & 其他", 0, 1);
}

/* A grey picture of one point. */
static const char png[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\0\0\0\0\x3a\x7e\x9b\x55"
    "\0\0\0\nIDATx\x9c\x63\x68\0\0\0\x82\0\x81\x77\xcd\x72\xb6\0\0\0\0IEND\xae\x42\x60\x82";

static inline void fill(Fixture *f)
{
    static void (*const fillers[SOURCES])(Source *) = {fill_language, fill_runtime, fill_root};
    Book *b = &f->book;
    *f = (Fixture){0};
    b->diags.arena = &b->arena;
    b->folder = STR("sources");
    b->threads = 1;
    b->time = 1767225600;
    b->config = (Config){.title = STR("Go 面试笔记"), .author = STR("佚名"),
                         .language = STR("zh-CN"), .identifier = STR("test-book"),
                         .description = STR("语言、运行时与网络。"), .date = STR("2026-01-01")};
    b->style.book = (Str){style_book, style_book_size};
    b->sources = f->sources;
    b->source_count = SOURCES;
    *vec_push(&b->media, &b->arena) =
        (Media){.name = STR("deckbind-01.png"), .type = STR("image/png"), .bytes = {png, sizeof png - 1}};
    for (size_t i = 0; i < SOURCES; i++) {
        Source *s = &f->sources[i];
        s->diags.arena = &s->kept;
        fillers[i](s);
        for (size_t k = 0; k < s->entries.n; k++) {
            b->questions += s->entries.at[k].kind == ENTRY_QUESTION;
            b->answered += s->entries.at[k].answered && s->entries.at[k].kind == ENTRY_QUESTION;
        }
    }
}

static inline void empty(Fixture *f)
{
    for (size_t i = 0; i < SOURCES; i++) {
        arena_free(&f->sources[i].arena);
        arena_free(&f->sources[i].kept);
    }
    arena_free(&f->book.arena);
}

#endif
