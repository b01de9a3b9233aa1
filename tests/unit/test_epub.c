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

#include "small_book.h"

#include "base/file.h"
#include "emit/backend.h"
#include "emit/epub/nav.h"
#include "emit/epub/words.h"

#include <stdlib.h>
#include <zip.h>

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
    s->entries.at[at].made->part_tree[PART_ANSWER] = tree;
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
    f.sources[0].entries.at[1].made->page_part[PART_ANSWER] = STR("<p>open");
    backend_epub.page(&f.book, &f.sources[0]);
    const Diags *d = &f.sources[0].diags;
    assert_int_equal(d->list.n, 1);
    assert_int_equal(d->list.at[0].code, D_SELF_CHECK);
    assert_true(str_eq(d->list.at[0].place.file, STR("c-0000000a.xhtml")));
    Str bytes;
    assert_false(backend_epub.make(&f.book, &bytes));
    assert_int_equal(f.book.diags.list.at[0].code, D_SELF_CHECK);
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

/* A reader that sets no formulas looks there; what is only spoken of is none. */
static void the_manifest_names_pages_with_formulas(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    Str bytes, plain = STR("application/xhtml+xml\"/>"), math = STR("application/xhtml+xml\" properties=\"mathml\"/>");
    f.sources[0].entries.at[0].made->page_part[PART_ANSWER] =
        STR("<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>n</mi></math></p>");
    f.sources[1].entries.at[0].made->page_part[PART_ANSWER] = STR("<p>&lt;math &gt;</p>");
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_int_equal(times(opf, math.at), 1);
    assert_true(times(opf, plain.at) > 0);
    assert_int_equal(times(opf, "schema:accessibilityFeature\">MathML<"), 1);
    empty(&f);
    opf = member(made(&f), "EPUB/package.opf", &f.book.arena);
    assert_int_equal(times(opf, "athML") + times(opf, "mathml"), 0);
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

/* Characters without width could stand in a line in any number. */
static void what_has_no_width_is_cut_too(void **state)
{
    (void)state;
    Arena a = {0};
    Buf endless = {.arena = &a};
    buf_puts(&endless, "x");
    for (int i = 0; i < 100000; i++)
        buf_puts(&endless, "\u200B");
    assert_true(cover_of(buf_str(&endless).at).n < 10000);
    assert_true(words_cut(buf_str(&endless), 10).n < 1000);
    assert_int_equal(words_cut(STR("e\u0301\u0302中文"), 3).n, STR("e\u0301\u0302中").n);
    arena_free(&a);
}

/* A book whose title and author cannot be seen has no empty element for them. */
static void what_cannot_be_seen_has_a_name(void **state)
{
    (void)state;
    static const char *const titles[] = {"\x01", "\xC2\x9B\xEF\xBF\xBF", "\u3000", "\u200B\u2060"};
    for (size_t i = 0; i < COUNT(titles); i++) {
        Fixture f;
        Str bytes;
        fill(&f);
        f.book.config.title = f.book.config.author = str_of(titles[i]);
        f.sources[0].title = f.sources[0].pages.at[0].title = str_of(titles[i]);
        assert_true(make(&f, &bytes));
        Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
        assert_true(has(opf, ">无题</dc:title>"));
        assert_false(has(opf, "dc:creator"));
        assert_true(has(member(bytes, "EPUB/text/title.xhtml", &f.book.arena), "<title>无题</title>"));
        Str page = member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena);
        assert_true(has(page, "<title>无题</title>") && has(page, ">无题</h1>"));
        assert_true(has(member(bytes, "EPUB/nav.xhtml", &f.book.arena), ">无题</a>"));
        empty(&f);
    }
}

/* A file in a new folder, which becomes the folder of the notes. */
static void put_cover(Fixture *f, char folder[], Str bytes)
{
    assert_non_null(mkdtemp(folder));
    f->book.folder = str_of(folder);
    f->book.config.cover = STR("my cover");
    FILE *to = fopen(file_path(&f->book.arena, f->book.folder, f->book.config.cover), "wb");
    assert_non_null(to);
    assert_int_equal(fwrite(bytes.at, 1, bytes.n, to), bytes.n);
    assert_int_equal(fclose(to), 0);
}

static void remove_cover(Fixture *f)
{
    remove(file_path(&f->book.arena, f->book.folder, f->book.config.cover));
    remove(f->book.folder.at);
}

static void covers_may_be_pictures(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    char folder[] = "/tmp/deckbind-XXXXXX";
    fill(&f);
    put_cover(&f, folder, (Str){png, sizeof png - 1});
    assert_true(make(&f, &bytes));
    assert_int_equal(member(bytes, "EPUB/images/cover.png", &f.book.arena).n, sizeof png - 1);
    assert_true(has(member(bytes, "EPUB/text/cover.xhtml", &f.book.arena), "src=\"../images/cover.png\""));
    assert_true(has(member(bytes, "EPUB/package.opf", &f.book.arena),
                    "href=\"images/cover.png\" media-type=\"image/png\" properties=\"cover-image\""));
    remove_cover(&f);
    empty(&f);
}

static void a_cover_that_cannot_be_used_is_told_and_drawn(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    char folder[] = "/tmp/deckbind-XXXXXX";
    fill(&f);
    put_cover(&f, folder, STR("<svg/>"));
    assert_true(make(&f, &bytes));
    assert_true(member(bytes, "EPUB/images/cover.svg", &f.book.arena).n > 6);
    assert_int_equal(f.book.diags.list.at[0].code, D_IMAGE_KIND);
    remove_cover(&f);
    assert_true(make(&f, &bytes));
    assert_int_equal(f.book.diags.list.at[1].code, D_IMAGE_MISSING);
    static const Str outside[] = {STR_INIT("/etc/passwd"), STR_INIT("../cover.png"), STR_INIT("./../b.png")};
    for (size_t i = 0; i < COUNT(outside); i++) {
        f.book.folder = STR("/tmp");
        f.book.config.cover = outside[i];
        assert_true(make(&f, &bytes));
        assert_int_equal(f.book.diags.list.at[2 + i].code, D_CONFIG_INVALID);
    }
    empty(&f);
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
        cmocka_unit_test(pages_have_levels_and_ids),
        cmocka_unit_test(pages_end_with_the_footnotes_they_use),
        cmocka_unit_test(a_bad_page_is_told),
        cmocka_unit_test(the_same_book_is_the_same_bytes),
        cmocka_unit_test(the_package_says_what_is_true),
        cmocka_unit_test(the_manifest_names_pages_with_formulas),
        cmocka_unit_test(days_are_counted_right),
        cmocka_unit_test(contents_are_nested),
        cmocka_unit_test(a_page_may_stand_for_its_file),
        cmocka_unit_test(large_books_list_pages_alone),
        cmocka_unit_test(unanswered_questions_are_listed),
        cmocka_unit_test(nothing_is_made_of_nothing),
        cmocka_unit_test(covers_break_titles),
        cmocka_unit_test(what_has_no_width_is_cut_too),
        cmocka_unit_test(what_cannot_be_seen_has_a_name),
        cmocka_unit_test(covers_may_be_pictures),
        cmocka_unit_test(a_cover_that_cannot_be_used_is_told_and_drawn),
    };
    if (argc > 1)
        write_sample(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
