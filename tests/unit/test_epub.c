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

#include "epub_file.h"

#include "emit/epub/nav.h"

#include <stdlib.h>

static void pages_have_levels_and_ids(void **state)
{
    (void)state;
    Fixture f;
    Str bytes = made(&f);
    Str text = member(bytes, "EPUB/text/c-0000000b.xhtml", &f.book.arena);
    assert_true(has(text, "id=\"q-0006\" aria-labelledby=\"t-q-0006\">\n<h1 id=\"t-q-0006\">"
                          "<span class=\"qn\">一、</span>内存</h1>\n<p>这一章讲内存。</p>"));
    assert_int_equal(times(text, ">内存<"), 2); /* h1 and title alone */
    assert_true(has(text, "<section class=\"qa\" id=\"q-0005\">\n"
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
    assert_int_equal(times(opf, math.at), 2); /* the page and the answers of its self-test */
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
    GroupVec groups = groups_of(&f.book, &f.book.arena);
    NavItems items = nav_items(&f.book, &groups, &f.book.arena);
    static const struct {
        unsigned depth;
        const char *label, *target;
    } want[] = {
        {1, "基础 › 语言基础", "text/c-0000000a.xhtml"},
        {2, "1. new 和 make 有什么区别？", "text/c-0000000a.xhtml#q-0001"},
        {2, "2. 数组和切片", "text/c-0000000a.xhtml#q-0002"},
        {2, "3. a < b && c 是什么？", "text/c-0000000a.xhtml#q-0003"},
        {1, "基础 › 运行时", "text/p-2d422ef04850.xhtml"},
        {2, "内存", "text/c-0000000b.xhtml"},
        {3, "1.1 垃圾回收怎么做？", "text/c-0000000b.xhtml#q-0005"},
        {3, "栈怎么增长？", "text/c-0000000b.xhtml#q-0008"},
        {3, "为什么？", "text/c-0000000b.xhtml#q-0009"},
        {2, "调度", "text/c-0000000c.xhtml"},
        {3, "1. G、M、P 各是什么？", "text/c-0000000c.xhtml#q-000b"},
        {1, "网络 & 其他", "text/c-0000000d.xhtml"},
        {2, "三次握手", "text/c-0000000d.xhtml#q-000c"},
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
    GroupVec groups = groups_of(&f.book, &f.book.arena);
    NavItems items = nav_items(&f.book, &groups, &f.book.arena);
    assert_true(str_eq(items.at[4].label, STR("基础 › 运行时")));
    assert_true(str_eq(items.at[4].target, STR("text/c-0000000b.xhtml")));
    assert_true(str_eq(items.at[5].target, STR("text/c-0000000b.xhtml#q-0005")));
    assert_int_equal(items.at[5].depth, 2);
    empty(&f);
}

static void large_books_list_pages_alone(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    f.book.questions = NAV_QUESTIONS + 1;
    GroupVec groups = groups_of(&f.book, &f.book.arena);
    NavItems items = nav_items(&f.book, &groups, &f.book.arena);
    assert_int_equal(items.n, 5);
    for (size_t i = 0; i < items.n; i++)
        assert_true(items.at[i].depth < 3);
    empty(&f);
}

/* EPUB 2 is there for those that show two levels. */
static void the_old_contents_have_two_levels(void **state)
{
    (void)state;
    Fixture f;
    Str ncx = member(made(&f), "EPUB/toc.ncx", &f.book.arena);
    assert_true(has(ncx, "<meta name=\"dtb:depth\" content=\"2\"/>"));
    assert_true(has(ncx, "<text>调度</text>"));
    assert_false(has(ncx, "<text>1. G、M、P 各是什么？</text>"));
    assert_true(has(ncx, "<text>三次握手</text>")); /* of a chapter that lies in no part */
    empty(&f);
}

static void parts_have_pages(void **state)
{
    (void)state;
    Fixture f;
    Str bytes = made(&f);
    GroupVec groups = groups_of(&f.book, &f.book.arena);
    assert_int_equal(groups.n, 2);
    Buf path = {.arena = &f.book.arena};
    buf_printf(&path, "EPUB/%.*s", STR_ARG(groups.at[1].path));
    Str page = member(bytes, path.at, &f.book.arena);
    assert_true(has(page, "epub:type=\"part\" role=\"doc-part\""));
    assert_true(has(page, ">基础 › 运行时</h1>"));
    assert_true(has(page, "<li><a href=\"c-0000000b.xhtml\">内存</a> <span class=\"qn\">3</span></li>\n"
                          "<li><a href=\"c-0000000c.xhtml\">调度</a> <span class=\"qn\">1</span></li>"));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    size_t part = str_find(opf, str_of("<itemref idref=\"p-")), first = str_find(opf, STR("idref=\"c-0000000b"));
    assert_true(part < first);
    empty(&f);
}

static void landmarks_and_guide_name_the_same_places(void **state)
{
    (void)state;
    static const struct {
        const char *type, *guide, *path;
    } places[] = {
        {"cover", "cover", "text/cover.xhtml"}, {"titlepage", "title-page", "text/title.xhtml"},
        {"toc", "toc", "nav.xhtml"}, {"colophon", "colophon", "text/colophon.xhtml"},
    };
    Fixture f;
    Str bytes = made(&f), nav = member(bytes, "EPUB/nav.xhtml", &f.book.arena);
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    for (size_t i = 0; i < COUNT(places); i++) {
        Buf link = {.arena = &f.book.arena}, reference = {.arena = &f.book.arena};
        buf_printf(&link, "<a epub:type=\"%s\" href=\"%s\">", places[i].type, places[i].path);
        buf_printf(&reference, "<reference type=\"%s\"", places[i].guide);
        assert_true(has(nav, buf_str(&link).at));
        assert_int_equal(times(opf, buf_str(&reference).at), 1);
    }
    assert_true(has(nav, "<a epub:type=\"bodymatter\" href=\"text/c-0000000a.xhtml\""));
    empty(&f);
}

static void large_chapters_go_on_without_a_heading(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    Page *page = f.sources[1].pages.at;
    page[0].last = page[1].first = 3;
    page[1].last = 5;
    page[1].name = STR("c-0000000b-2.xhtml");
    page[1].title = page[0].title;
    page[1].piece = 1;
    f.sources[1].pages.n = 2;
    assert_true(make(&f, &bytes));
    Str piece = member(bytes, "EPUB/text/c-0000000b-2.xhtml", &f.book.arena);
    assert_false(has(piece, "<h1"));
    assert_true(has(piece, "<title>内存 (2)</title>"));
    assert_true(has(piece, "<h3 id=\"t-q-0008\">")); /* below a heading of the piece before */
    Str nav = member(bytes, "EPUB/nav.xhtml", &f.book.arena);
    assert_int_equal(times(nav, ">内存<"), 2); /* the chapter and its self-test */
    assert_true(has(nav, "text/c-0000000b-2.xhtml#q-0008"));
    Str list = member(bytes, "EPUB/text/unanswered.xhtml", &f.book.arena);
    assert_int_equal(times(list, ">内存<"), 1);
    assert_true(has(list, "<a href=\"c-0000000b-2.xhtml#q-0009\">"));
    empty(&f);
}

static void the_colophon_has_facts(void **state)
{
    (void)state;
    Fixture f;
    fill(&f);
    Str bytes;
    f.sources[0].text = STR("abc");
    f.book.dated = true;
    assert_true(make(&f, &bytes));
    Str page = member(bytes, "EPUB/text/colophon.xhtml", &f.book.arena);
    assert_true(has(page, ">日期 2026-01-01<"));
    assert_true(has(page, "题数 8<") && has(page, "待补 2<") && has(page, "来源文件 3<"));
    /* printf abc | sha256sum */
    assert_true(has(page, "<li>基础/语言.md <span class=\"qn\">3</span> <code>ba7816bf8f01cfea</code></li>"));
    empty(&f);
    page = member(made(&f), "EPUB/text/colophon.xhtml", &f.book.arena);
    assert_false(has(page, "日期"));
    empty(&f);
}

static void the_package_names_people_and_series(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    Config *c = &f.book.config;
    c->title_sort = STR("Go mianshi biji");
    c->series = STR("面试丛书");
    c->series_index = STR("2.5");
    *vec_push(&c->subjects, &f.book.arena) = STR("编程");
    *vec_push(&c->creators, &f.book.arena) = (Creator){.name = STR("佚名"), .file_as = STR("Yi Ming")};
    *vec_push(&c->creators, &f.book.arena) = (Creator){.name = STR("译者甲"), .role = STR("trl")};
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_true(has(opf, "<meta refines=\"#book-title\" property=\"file-as\">Go mianshi biji</meta>"));
    assert_int_equal(times(opf, ">佚名</dc:creator>"), 1); /* although the author has that name too */
    assert_true(has(opf, "<meta refines=\"#creator-1\" property=\"file-as\">Yi Ming</meta>"));
    assert_true(has(opf, "<dc:creator id=\"creator-2\">译者甲</dc:creator>\n"
                         "<meta refines=\"#creator-2\" property=\"role\" scheme=\"marc:relators\">trl</meta>"));
    assert_true(has(opf, "<dc:subject>编程</dc:subject>"));
    assert_true(has(opf, "<meta id=\"series\" property=\"belongs-to-collection\">面试丛书</meta>"));
    assert_true(has(opf, "<meta refines=\"#series\" property=\"group-position\">2.5</meta>"));
    assert_true(has(opf, "<meta name=\"calibre:series_index\" content=\"2.5\"/>"));
    assert_true(has(member(bytes, "EPUB/text/title.xhtml", &f.book.arena), ">译者甲 译</p>"));
    empty(&f);
}

/* Accessibility metadata says what this book has, and no more. */
static void accessibility_is_computed(void **state)
{
    (void)state;
    static const char named[] = ">alternativeText<", alone[] = "accessModeSufficient\">textual<";
    Fixture f;
    Str opf = member(made(&f), "EPUB/package.opf", &f.book.arena), bytes;
    assert_true(has(opf, named) && has(opf, alone) && has(opf, "Hazard\">none<"));
    empty(&f);
    fill(&f);
    f.sources[2].entries.at[0].made->page_part[PART_ANSWER] =
        STR("<p><img src=\"../images/deckbind-01.png\" alt=\"\"/></p>");
    f.book.media.at[0].type = STR("image/gif");
    assert_true(make(&f, &bytes));
    opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_false(has(opf, named) || has(opf, alone) || has(opf, "Hazard\">none<"));
    assert_true(has(opf, "accessModeSufficient\">textual,visual<"));
    assert_true(has(opf, ">unknownFlashingHazard<") && has(opf, ">noSoundHazard<"));
    assert_true(has(opf, "没有文字说明"));
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
        assert_true(has(member(bytes, "EPUB/nav.xhtml", &f.book.arena), "基础 › 无题</a>"));
        empty(&f);
    }
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
        cmocka_unit_test(the_old_contents_have_two_levels),
        cmocka_unit_test(parts_have_pages),
        cmocka_unit_test(landmarks_and_guide_name_the_same_places),
        cmocka_unit_test(large_chapters_go_on_without_a_heading),
        cmocka_unit_test(the_colophon_has_facts),
        cmocka_unit_test(the_package_names_people_and_series),
        cmocka_unit_test(accessibility_is_computed),
        cmocka_unit_test(unanswered_questions_are_listed),
        cmocka_unit_test(nothing_is_made_of_nothing),
        cmocka_unit_test(what_cannot_be_seen_has_a_name),
    };
    if (argc > 1)
        write_sample(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
