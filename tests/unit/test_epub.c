/*
 * test_epub.c -- a small book made by hand: its pages, its contents, its package.
 *
 * With an argument the book is also written to that file, for EPUBCheck and eyes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "emit/backend.h"
#include "emit/epub/nav.h"
#include "emit/epub/package.h"
#include "emit/epub/xml.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

extern const char style_book[];
extern const size_t style_book_size;

enum { SOURCES = 3 };

typedef struct Fixture {
    Book book;
    Source sources[SOURCES];
} Fixture;

static Entry *entry(Source *s, EntryKind kind, uint32_t parent, const char *anchor,
                    const char *number, const char *title)
{
    Entry *e = vec_push(&s->entries, &s->kept);
    *e = (Entry){.kind = kind, .parent = parent, .anchor = str_of(anchor),
                 .number = str_of(number), .plain_title = str_of(title),
                 .page_title = str_of(title), .line = (uint32_t)s->entries.n};
    return e;
}

static void part(Entry *e, Part p, const char *xhtml)
{
    e->page_part[p] = str_of(xhtml);
    e->answered = e->answered || part_answers[p];
}

static void page(Source *s, const char *name, const char *title, size_t first, size_t last)
{
    Page *p = vec_push(&s->pages, &s->kept);
    *p = (Page){.name = str_of(name), .title = str_of(title), .first = first, .last = last};
}

static void fill_language(Source *s)
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
    entry(s, ENTRY_QUESTION, 0, "q-0003", "3", "a < b && c 是什么？")->page_title =
        STR("<code>a &lt; b &amp;&amp; c</code> 是什么？");
    e = entry(s, ENTRY_OTHER, 0, "q-0004", "", "");
    part(e, PART_QUESTION, "<p>以上整理自课堂笔记。</p>");
    page(s, "c-0000000a.xhtml", "语言基础", 0, 4);
}

static void fill_runtime(Source *s)
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

static void fill_root(Source *s)
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

static void fill(Fixture *f)
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
        (Media){STR("deckbind-01.png"), STR("image/png"), {png, sizeof png - 1}};
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

static void empty(Fixture *f)
{
    for (size_t i = 0; i < SOURCES; i++) {
        arena_free(&f->sources[i].arena);
        arena_free(&f->sources[i].kept);
    }
    arena_free(&f->book.arena);
}

/* Run the backend as the line does. */
static bool make(Fixture *f, Str *bytes)
{
    for (size_t i = 0; i < SOURCES; i++) {
        backend_epub.page(&f->book, &f->sources[i]);
        arena_free(&f->sources[i].arena);
    }
    return backend_epub.make(&f->book, bytes);
}

/* The file `name` of the archive; fails the test where it is not. */
static Str member(Str archive, const char *name, Arena *a)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(archive.at, archive.n, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    zip_stat_t st;
    assert_int_equal(zip_stat(zip, name, 0, &st), 0);
    char *bytes = arena_new(a, char, st.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, bytes, st.size), st.size);
    zip_fclose(file);
    zip_discard(zip);
    return (Str){bytes, st.size};
}

static bool has(Str text, const char *part_of_it)
{
    return str_find(text, str_of(part_of_it)) != STR_NONE;
}

static size_t times(Str text, const char *part_of_it)
{
    size_t count = 0;
    for (size_t at; (at = str_find(text, str_of(part_of_it))) != STR_NONE; count++)
        text = str_drop(text, at + 1);
    return count;
}

static Str made(Fixture *f)
{
    Str bytes;
    fill(f);
    assert_true(make(f, &bytes));
    assert_false(diag_any(&f->book.diags, DIAG_NOTE));
    return bytes;
}

static void writer_escapes_and_cleans(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    XmlWriter x;
    Str bytes;
    xml_open(&x, false, &a);
    xml_start(&x, "a");
    xml_attribute(&x, "b", STR("\"<&\x02汉"));
    xml_text(&x, STR("<\x0b&\xef\xbf\xbf\xed\xa0\x80\xff\xc2\x85汉"));
    assert_true(xml_close(&x, STR("a.xml"), &a, &bytes, &d));
    assert_true(has(bytes, "<a b=\"&quot;&lt;&amp;汉\">&lt;&amp;汉</a>"));
    assert_true(xml_check(bytes, STR("a.xml"), &d));
    arena_free(&a);
}

static void writer_remembers_its_failure(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    XmlWriter x;
    Str bytes;
    xml_open(&x, false, &a);
    xml_attribute(&x, "b", STR("no element is open"));
    xml_leaf(&x, "a", STR(""));
    assert_false(xml_close(&x, STR("a.xml"), &a, &bytes, &d));
    assert_int_equal(d.list.at[0].code, D_LIBRARY);
    arena_free(&a);
}

static void check_names_document_and_line(void **state)
{
    (void)state;
    static const char *const bad[] = {"<a>\n<b></a>", "<a>\n&nbsp;</a>", "<a>\n<b c=1/></a>",
                                      "<a>\n\x01</a>", "<a>\n</a><b/>", "<a>\n\xff</a>"};
    Arena a = {0};
    Diags d = {.arena = &a};
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(xml_check(str_of(bad[i]), STR("p.xhtml"), &d));
        assert_int_equal(d.list.n, i + 1);
        assert_int_equal(d.list.at[i].code, D_SELF_CHECK);
        assert_true(str_eq(d.list.at[i].place.file, STR("p.xhtml")));
        assert_int_equal(d.list.at[i].place.line, 2);
        assert_true(d.list.at[i].detail.n > 0);
    }
    assert_false(xml_check(STR(""), STR("p.xhtml"), &d));
    arena_free(&a);
}

static void pages_have_levels_and_ids(void **state)
{
    (void)state;
    Fixture f;
    Str bytes = made(&f);
    Str text = member(bytes, "EPUB/text/c-0000000b.xhtml", &f.book.arena);
    assert_true(has(text, "id=\"q-0006\" aria-labelledby=\"t-q-0006\">\n<h1 id=\"t-q-0006\">"
                          "<span class=\"qn\">一、</span>内存</h1>\n<p>这一章讲内存。</p>"));
    assert_int_equal(times(text, ">内存<"), 2); /* h1 and title alone */
    assert_true(has(text, "<section class=\"qa\" id=\"q-0005\" aria-labelledby=\"t-q-0005\">\n"
                          "<h2 id=\"t-q-0005\"><span class=\"qn\">1.1 </span>"));
    assert_true(has(text, "<h2 id=\"q-0007\" class=\"section\">栈</h2>"));
    assert_true(has(text, "<h3 id=\"t-q-0008\">栈怎么增长？</h3>\n<div class=\"choices\">"));
    assert_true(has(text, "<h4 id=\"t-q-0009\">为什么？</h4>\n<p class=\"unanswered\">待补</p>"));
    text = member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena);
    assert_true(has(text, "<h1 id=\"t-c-0000000a\">语言基础</h1>"));
    assert_true(has(text, "<span class=\"qn\">3. </span><code>a &lt; b"));
    assert_true(has(text, "<div class=\"hint\">\n<p class=\"label\">提示</p>\n<p>看"));
    assert_true(has(text, "<div class=\"other\" id=\"q-0004\">\n<p>以上"));
    assert_true(has(text, "lang=\"zh-CN\" xml:lang=\"zh-CN\""));
    empty(&f);
}

/* A footnote of `s` whose text uses the footnote `uses`, where that is not 0. */
static void footnote(Source *s, unsigned number, unsigned uses)
{
    Node *note = node_new(&s->arena, NODE_FOOTNOTE, s->footnotes);
    note->number = number;
    Node *paragraph = node_new(&s->arena, NODE_PARAGRAPH, note);
    if (uses)
        node_new(&s->arena, NODE_NOTE_MARK, paragraph)->number = uses;
}

static void use_footnote(Source *s, size_t at, unsigned number)
{
    Node *tree = node_new(&s->arena, NODE_DOCUMENT, NULL);
    node_new(&s->arena, NODE_NOTE_MARK, node_new(&s->arena, NODE_PARAGRAPH, tree))->number = number;
    s->entries.at[at].part_tree[PART_ANSWER] = tree;
}

static void pages_end_with_the_footnotes_they_use(void **state)
{
    (void)state;
    static const char *const ids[] = {" id=\"fn-1\"", " id=\"fn-2\"", " id=\"fn-3\""};
    Fixture f;
    Str bytes;
    fill(&f);
    Source *s = &f.sources[1];
    s->footnotes = node_new(&s->arena, NODE_DOCUMENT, NULL);
    for (unsigned i = 1; i <= 3; i++)
        footnote(s, i, i == 1 ? 3 : 0);
    use_footnote(s, 1, 2); /* on the first page */
    use_footnote(s, 3, 1);
    use_footnote(s, 6, 2); /* on the second */
    assert_true(make(&f, &bytes));
    Str text = member(bytes, "EPUB/text/c-0000000b.xhtml", &f.book.arena);
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_int_equal(times(text, ids[i]), 1);
    assert_true(has(text, "href=\"#fn-3\""));
    assert_true(has(str_drop(text, str_find(text, STR("id=\"fn-2\""))), "id=\"fn-1\""));
    text = member(bytes, "EPUB/text/c-0000000c.xhtml", &f.book.arena);
    assert_int_equal(times(text, " id=\"fn-2\""), 1);
    assert_int_equal(times(text, " id=\"fn-"), 1);
    text = member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena);
    assert_int_equal(times(text, "class=\"notes\""), 0);
    empty(&f);
}

static void a_bad_page_is_told(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    f.sources[0].entries.at[1].page_part[PART_ANSWER] = STR("<p>open");
    backend_epub.page(&f.book, &f.sources[0]);
    const Diags *d = &f.sources[0].diags;
    assert_int_equal(d->list.n, 1);
    assert_int_equal(d->list.at[0].code, D_SELF_CHECK);
    assert_true(str_eq(d->list.at[0].place.file, STR("c-0000000a.xhtml")));
    empty(&f);
}

static void the_same_book_is_the_same_bytes(void **state)
{
    (void)state;
    Fixture one, two;
    Str first = made(&one), second;
    fill(&two);
    two.book.threads = 4;
    setenv("TZ", "Asia/Shanghai", 1);
    assert_true(make(&two, &second));
    unsetenv("TZ");
    assert_true(str_eq(first, second));
    empty(&one);
    empty(&two);
}

static void the_package_says_what_is_true(void **state)
{
    (void)state;
    Fixture f;
    Str bytes = made(&f);
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    Str ncx = member(bytes, "EPUB/toc.ncx", &f.book.arena);
    /* uuid.uuid5(UUID("6d1f39a2-7c04-5b8e-9c55-3f0a8be1d247"), "test-book") of Python */
    assert_true(has(opf, "\">urn:uuid:b1fdb66b-e950-5f25-9f02-7b72e678a037</dc:identifier>"));
    assert_true(has(ncx, "content=\"urn:uuid:b1fdb66b-e950-5f25-9f02-7b72e678a037\""));
    assert_true(has(opf, ">2026-01-01T00:00:00Z</meta>"));
    assert_true(has(opf, "<dc:date>2026-01-01T00:00:00Z</dc:date>"));
    assert_true(has(opf, "schema:accessMode\">visual<"));
    assert_true(has(opf, "id=\"cover.svg\" href=\"images/cover.svg\" media-type=\"image/svg+xml\""
                         " properties=\"cover-image\""));
    assert_true(str_eq(member(bytes, "mimetype", &f.book.arena), STR("application/epub+zip")));
    empty(&f);
}

static void days_are_counted_right(void **state)
{
    (void)state;
    static const struct {
        int64_t time;
        const char *date;
    } days[] = {
        {0, ">1970-01-01T00:00:00Z<"},          {-1, ">1969-12-31T23:59:59Z<"},
        {951782400, ">2000-02-29T00:00:00Z<"},  {1709251199, ">2024-02-29T23:59:59Z<"},
        {4107542400, ">2100-03-01T00:00:00Z<"}, {253402300799, ">9999-12-31T23:59:59Z<"},
    };
    for (size_t i = 0; i < COUNT(days); i++) {
        Fixture f;
        Str bytes;
        fill(&f);
        f.book.time = days[i].time;
        assert_true(make(&f, &bytes));
        assert_true(has(member(bytes, "EPUB/package.opf", &f.book.arena), days[i].date));
        empty(&f);
    }
}

static void a_bad_description_is_refused(void **state)
{
    (void)state;
    static const struct {
        Str language, date;
    } bad[] = {{STR_INIT("zh_CN"), STR_INIT("")}, {STR_INIT(""), STR_INIT("")},
               {STR_INIT("zh-"), STR_INIT("")},   {STR_INIT("中文"), STR_INIT("")},
               {STR_INIT("zh"), STR_INIT("2026/01/01")}, {STR_INIT("zh"), STR_INIT("today")}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        Fixture f;
        Str bytes;
        fill(&f);
        f.book.config.language = bad[i].language;
        f.book.config.date = bad[i].date;
        assert_false(make(&f, &bytes));
        assert_int_equal(f.book.diags.list.at[0].code, D_CONFIG_INVALID);
        empty(&f);
    }
}

static void contents_are_nested(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    NavItems items = nav_items(&f.book, true, &f.book.arena);
    static const struct {
        unsigned depth;
        const char *label, *target;
    } want[] = {
        {1, "基础", ""},
        {2, "语言基础", "text/c-0000000a.xhtml"},
        {3, "1. new 和 make 有什么区别？", "text/c-0000000a.xhtml#q-0001"},
        {3, "2. 数组和切片", "text/c-0000000a.xhtml#q-0002"},
        {3, "3. a < b && c 是什么？", "text/c-0000000a.xhtml#q-0003"},
        {1, "基础 › 运行时", ""},
        {2, "内存", "text/c-0000000b.xhtml"},
        {3, "1.1 垃圾回收怎么做？", "text/c-0000000b.xhtml#q-0005"},
        {3, "栈怎么增长？", "text/c-0000000b.xhtml#q-0008"},
        {3, "为什么？", "text/c-0000000b.xhtml#q-0009"},
        {2, "调度", "text/c-0000000c.xhtml"},
        {3, "1. G、M、P 各是什么？", "text/c-0000000c.xhtml#q-000b"},
        {1, "网络 & 其他", "text/c-0000000d.xhtml"},
        {2, "三次握手", "text/c-0000000d.xhtml#q-000c"},
        {1, "待补", "text/unanswered.xhtml"},
    };
    assert_int_equal(items.n, COUNT(want));
    for (size_t i = 0; i < items.n; i++) {
        assert_int_equal(items.at[i].depth, want[i].depth);
        assert_string_equal(str_copy(&f.book.arena, items.at[i].label).at, want[i].label);
        assert_string_equal(str_copy(&f.book.arena, items.at[i].target).at, want[i].target);
    }
    empty(&f);
}

static void a_page_may_stand_for_its_file(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    f.sources[1].pages.at[0].title = f.sources[1].title;
    NavItems items = nav_items(&f.book, false, &f.book.arena);
    assert_true(str_eq(items.at[5].label, STR("基础 › 运行时")));
    assert_true(str_eq(items.at[5].target, STR("text/c-0000000b.xhtml")));
    assert_true(str_eq(items.at[6].target, STR("text/c-0000000b.xhtml#q-0005")));
    assert_int_equal(items.at[6].depth, 2);
    empty(&f);
}

static void large_books_list_pages_alone(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    f.book.questions = NAV_QUESTIONS + 1;
    NavItems items = nav_items(&f.book, false, &f.book.arena);
    assert_int_equal(items.n, 6);
    for (size_t i = 0; i < items.n; i++)
        assert_true(items.at[i].depth < 3);
    empty(&f);
}

static void unanswered_questions_are_listed(void **state)
{
    (void)state;
    Fixture f;
    Str list = member(made(&f), "EPUB/text/unanswered.xhtml", &f.book.arena);
    assert_true(has(list, "<p class=\"count\">待补 2</p>"));
    assert_true(has(list, "<li><a href=\"c-0000000a.xhtml#q-0003\">3. a &lt; b &amp;&amp; c 是什么？</a></li>"));
    assert_true(has(list, "<a href=\"c-0000000b.xhtml#q-0009\">为什么？</a>"));
    assert_int_equal(times(list, "<li>"), 2);
    empty(&f);
}

static void nothing_is_made_of_nothing(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    for (size_t i = 0; i < SOURCES; i++)
        f.sources[i].pages.n = 0;
    assert_true(make(&f, &bytes));
    assert_int_equal(bytes.n, 0);
    empty(&f);
}

static Str cover_of(const char *title)
{
    static Arena kept;
    arena_free(&kept);
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.config.title = str_of(title);
    assert_true(make(&f, &bytes));
    Str svg = member(bytes, "EPUB/images/cover.svg", &kept);
    empty(&f);
    return svg;
}

static void covers_break_titles(void **state)
{
    (void)state;
    Str svg = cover_of("Go 面试笔记");
    assert_true(has(svg, ">Go 面试笔记</text>"));
    svg = cover_of("计算机网络与操作系统面试笔记");
    assert_true(has(svg, ">计算机网络与操</text>") && has(svg, ">作系统面试笔记</text>"));
    svg = cover_of("Designing Data-Intensive Applications");
    assert_true(has(svg, ">Data-Intensive</text>"));
    svg = cover_of("   ");
    assert_true(has(svg, ">无题</text>"));
    Arena a = {0};
    Buf endless = {.arena = &a};
    for (int i = 0; i < 5000; i++)
        buf_puts(&endless, "长");
    svg = cover_of(buf_str(&endless).at);
    assert_int_equal(times(svg, "<text"), 7); /* six lines and the author */
    assert_true(has(svg, "…</text>"));
    arena_free(&a);
}

static void write_sample(const char *path)
{
    Fixture f;
    Str bytes;
    fill(&f);
    FILE *to = fopen(path, "wb");
    if (!to || !make(&f, &bytes) || fwrite(bytes.at, 1, bytes.n, to) != bytes.n || fclose(to) != 0) {
        diag_print(&f.book.diags, DIAG_NOTE, stderr);
        exit(1);
    }
    empty(&f);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writer_escapes_and_cleans),
        cmocka_unit_test(writer_remembers_its_failure),
        cmocka_unit_test(check_names_document_and_line),
        cmocka_unit_test(pages_have_levels_and_ids),
        cmocka_unit_test(pages_end_with_the_footnotes_they_use),
        cmocka_unit_test(a_bad_page_is_told),
        cmocka_unit_test(the_same_book_is_the_same_bytes),
        cmocka_unit_test(the_package_says_what_is_true),
        cmocka_unit_test(days_are_counted_right),
        cmocka_unit_test(a_bad_description_is_refused),
        cmocka_unit_test(contents_are_nested),
        cmocka_unit_test(a_page_may_stand_for_its_file),
        cmocka_unit_test(large_books_list_pages_alone),
        cmocka_unit_test(unanswered_questions_are_listed),
        cmocka_unit_test(nothing_is_made_of_nothing),
        cmocka_unit_test(covers_break_titles),
    };
    if (argc > 1)
        write_sample(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
