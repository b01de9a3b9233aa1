/*
 * sample.h -- a book as the passes before the products leave it, made by hand.
 *
 * Two files; questions with and without parts, one asked both ways, two with blanks,
 * one without an answer, and a picture.  Its markup is what render/html writes.
 */
#ifndef DECKBIND_TESTS_SAMPLE_H
#define DECKBIND_TESTS_SAMPLE_H

#include "model/book.h"

/* The smallest PNG: one grey pixel. */
static const unsigned char sample_png[] = {
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
    0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xDA, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xDA, 0x45, 0x08, 0x3B, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
};

static Entry *sample_entry(Source *s, Arena *a, const char *question, const char *answer)
{
    Entry *e = vec_push(&s->entries, a);
    Buf guid = {.arena = a}, anchor = {.arena = a};
    buf_printf(&guid, "%s#%zu", s->name.at, s->entries.n);
    buf_printf(&anchor, "q-%zu", s->entries.n);
    e->kind = ENTRY_QUESTION;
    e->line = (uint32_t)(10 * s->entries.n);
    e->note_id = 1500000000000 + (s->name.at[0] << 16) + e->line;
    e->time = 1700000000;
    e->answered = *answer != 0;
    e->guid = buf_str(&guid);
    e->anchor = buf_str(&anchor);
    e->section = STR("Go 语言 › 并发 编程 › \"channel\"");
    e->card_title = str_of(question);
    e->card_part[PART_ANSWER] = str_of(answer);
    return e;
}

static void sample_questions(Source *s, Arena *a)
{
    Entry *e = sample_entry(s, a, "无缓冲 channel 与有缓冲 channel 有什么区别？",
        "<p>区别在于<strong>发送是否等待接收</strong>：无缓冲的 <code>make(chan int)</code> 每次发送"
        "都会阻塞，直到另一个 goroutine 接收；有缓冲的只在缓冲区满时才阻塞。</p>"
        "<pre><code class=\"language-go\">ch := make(chan int, 2)\nch &lt;- 1\nch &lt;- 2\n"
        "// ch &lt;- 3 会在这里阻塞，因为缓冲区已满，没有人接收 receiver is not ready\n"
        "fmt.Println(&lt;-ch, len(ch), cap(ch))\n</code></pre>"
        "<ul><li>无缓冲：同步交接</li><li>有缓冲：异步队列<ul><li>满则发送方等待</li>"
        "<li>空则接收方等待</li></ul></li></ul>");
    e->card_part[PART_HINT] = STR("<p>想想谁在等谁。</p>");
    e->card_part[PART_EXPLANATION] = STR("<p>缓冲区不是越大越好：它<em>掩盖</em>了生产者与消费者的速度差。</p>"
        "<blockquote><p>Do not communicate by sharing memory; instead, share memory by "
        "communicating.</p></blockquote>");
    e->reversed = true;

    e = sample_entry(s, a, "下面关于 <code>map</code> 的说法，哪一项是正确的？",
        "<p><strong>B</strong>。并发读写会直接 panic：<code>fatal error: concurrent map read and map write</code>。</p>"
        "<div class=\"tw\"><table><thead><tr><th>操作</th><th>普通 map</th><th>sync.Map</th><th>适用场景</th></tr></thead>"
        "<tbody><tr><td>并发读</td><td>安全</td><td>安全</td><td>配置、只读缓存一类的数据</td></tr>"
        "<tr><td>并发写</td><td>panic</td><td>安全</td><td>键集合稳定的缓存</td></tr></tbody></table></div>");
    e->card_part[PART_CHOICES] = STR("<ul><li>A. map 是并发安全的</li><li>B. map 并发读写会 panic</li>"
                                     "<li>C. map 的遍历顺序是固定的</li></ul>");
    e->card_part[PART_QUESTION] = STR("<p>只有一项正确。</p>");
    e->card_part[PART_EXTRA] = STR("<p>延伸阅读：<a href=\"https://go.dev/doc/faq#atomic_maps\">Why are map operations not defined to be atomic?</a></p>");

    sample_entry(s, a, "还没有写答案的问题？", "");
    sample_entry(s, a, "007", "<p>&lt;b&gt; &amp; co.</p>");
}

static void sample_clozes(Source *s, Arena *a)
{
    Entry *e = sample_entry(s, a, "TCP 建立连接需要 {{c1::三次::几次}} 握手，断开需要 {{c2::四次}} 挥手。", "");
    e->cloze = e->answered = true;
    e->card_part[PART_EXPLANATION] = STR("<p>第三次握手可以携带数据。</p>");
    e->section = STR("网络: 基础　篇");

    e = sample_entry(s, a, "看图回答 <img src=\"deckbind-0123456789abcdef.png\" alt=\"一个像素\" /> 是什么颜色？",
        "<p>灰色。<span class=\"missing\" title=\"img/ttl.png\">[缺图：TTL]</span></p>");
    e->section = STR("网络: 基础　篇");
    Media *m = vec_push(&s->media, a);
    *m = (Media){.name = STR("deckbind-0123456789abcdef.png"), .type = STR("image/png"),
                 .bytes = {(const char *)sample_png, sizeof sample_png}};
}

static Book *sample_book(Arena *a)
{
    Book *b = arena_new(a, Book, 1);
    b->diags.arena = b->lock.arena = a;
    b->arena = (Arena){0};
    b->config.language = STR("zh-CN");
    b->config.identifier = STR("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    b->time = 1700000000;
    b->threads = 2;
    b->source_count = 2;
    b->sources = arena_new(a, Source, 2);
    Source *go = &b->sources[0], *net = &b->sources[1];
    go->name = STR("go/channel.md");
    go->deck = STR("面试题::Go");
    *vec_push(&go->tags, a) = STR("面试 高频");
    *vec_push(&go->tags, a) = STR("Go");
    *vec_push(&go->tags, a) = STR("Go");
    net->name = STR("net/tcp & udp.md");
    net->deck = STR(" 面试题 :: \"网络\"");
    sample_questions(go, a);
    sample_clozes(net, a);
    *vec_push(&b->media, a) = net->media.at[0];
    return b;
}

#endif
