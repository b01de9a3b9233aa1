/*
 * test_study.c -- the self-test and the index of a small book made by hand.
 */
#include "epub_file.h"

static void questions_and_answers_stand_apart(void **state)
{
    (void)state;
    Fixture f;
    Str bytes = made(&f);
    Str asked = member(bytes, "EPUB/text/z-0000000a.xhtml", &f.book.arena);
    Str answers = member(bytes, "EPUB/text/a-0000000a.xhtml", &f.book.arena);
    assert_true(has(asked, "<p class=\"q2\"><span class=\"qn\">1. </span>new 和 make 有什么区别？ <a class=\"show\""
                           " epub:type=\"noteref\" role=\"doc-noteref\" href=\"a-0000000a.xhtml#a-0001\">答</a></p>"
                           "\n<p>各举一例。</p>\n<div class=\"hint\">"));
    assert_false(has(asked, "分配一个零值") || has(answers, "看返回值的类型"));
    assert_true(has(answers, "<div class=\"ans\" id=\"a-0001\" epub:type=\"footnote\" role=\"doc-footnote\">\n"
                             "<p class=\"q2\"><a class=\"show\" epub:type=\"backlink\" role=\"doc-backlink\""
                             " href=\"z-0000000a.xhtml#z-0001\">1</a> new 和 make"));
    assert_true(has(answers, "<p class=\"q2\">比较</p>") && !has(answers, "<h3"));
    assert_false(has(asked, "-0003") || has(answers, "-0003")); /* it has no answer */
    Str page = member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena);
    assert_true(has(page, "<p class=\"src\"><a href=\"z-0000000a.xhtml\">自测</a></p>"));
    Str nav = member(bytes, "EPUB/nav.xhtml", &f.book.arena);
    assert_true(has(nav, "<a href=\"text/z-0000000a.xhtml\">语言基础</a>") && !has(nav, "text/a-"));
    empty(&f);
}

/* What a copy cannot have: ids, links into itself, and more than a window holds. */
static void answers_are_copied_with_care(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    Buf answer = {.arena = &f.sources[1].kept};
    buf_puts(&answer, "<p id=\"x\">三<sup><a id=\"y\" href=\"#fn-1\">1</a></sup></p>\n<ul>\n<li><p>一</p></li>\n</ul>\n<p>");
    for (int i = 0; i < 6000; i++)
        buf_puts(&answer, "&lt;");
    buf_puts(&answer, "</p>\n<p>尾</p>");
    f.sources[1].entries.at[1].made->page_part[PART_ANSWER] = buf_str(&answer);
    assert_true(make(&f, &bytes));
    Str text = member(bytes, "EPUB/text/a-0000000b.xhtml", &f.book.arena);
    assert_true(has(text, "<p>三<sup><a href=\"c-0000000b.xhtml#fn-1\">1</a></sup></p>\n<ul>\n<li><p>一</p></li>\n</ul>"
                          "<p class=\"whole\"><a href=\"c-0000000b.xhtml#q-0005\">"));
    assert_false(has(text, "&lt;") || has(text, "尾") || has(text, "id=\"x\"") || has(text, "id=\"y\""));
    empty(&f);
}

/* Nor a label over nothing; the title counts. */
static void a_label_stands_before_what_fits(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    Entry *e = &f.sources[1].entries.at[1];
    Buf title = {.arena = &f.sources[1].kept};
    for (int i = 0; i < 4400; i++)
        buf_puts(&title, "题");
    e->made->page_title = buf_str(&title);
    Buf explained = {.arena = &f.sources[1].kept};
    buf_puts(&explained, "<p>");
    for (int i = 0; i < 200; i++)
        buf_puts(&explained, "解");
    buf_puts(&explained, "</p>");
    part(e, PART_EXPLANATION, buf_str(&explained).at);
    assert_true(make(&f, &bytes));
    Str text = member(bytes, "EPUB/text/a-0000000b.xhtml", &f.book.arena);
    assert_true(has(text, "清扫") && has(text, "<p class=\"whole\"><a href=\"c-0000000b.xhtml#q-0005\">"));
    assert_false(has(text, "解析"));
    empty(&f);
}

static void pieces_of_a_chapter_count_on(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    Source *s = &f.sources[2];
    part(entry(s, ENTRY_QUESTION, 0, "q-000d", "", "四次挥手"), PART_ANSWER, "<p>FIN</p>");
    page(s, "c-0000000d-2.xhtml", "网络 & 其他", 1, 2);
    s->pages.at[1].piece = 1;
    assert_true(make(&f, &bytes));
    Str first = member(bytes, "EPUB/text/z-0000000d.xhtml", &f.book.arena);
    Str second = member(bytes, "EPUB/text/z-0000000d-2.xhtml", &f.book.arena);
    assert_true(has(first, "自测 · 网络 &amp; 其他</h1>") && has(first, ">1. </span>三次握手"));
    assert_true(has(second, "自测 · 网络 &amp; 其他 (2)</h1>") && has(second, ">2. </span>四次挥手"));
    empty(&f);
}

static void a_book_may_have_neither_test_nor_index(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.config.self_test = f.book.config.index = STR("false");
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_false(has(opf, "text/z-") || has(opf, "text/a-") || has(opf, "index"));
    assert_false(has(member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena), "自测"));
    empty(&f);
}

/* Terms in the answers of entries `at`, as bold. */
static void say(Source *s, const char *term, NodeKind kind, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        Made *made = s->entries.at[i].made;
        if (!made->part_tree[PART_ANSWER])
            made->part_tree[PART_ANSWER] = node_new(&s->arena, NODE_DOCUMENT, NULL);
        Node *n = node_new(&s->arena, kind, node_new(&s->arena, NODE_PARAGRAPH, made->part_tree[PART_ANSWER]));
        if (kind == NODE_CODE)
            n->text = str_of(term);
        else
            node_new(&s->arena, NODE_TEXT, n)->text = str_of(term);
    }
}

/* Of `term` its line in the index; empty where there is none. */
static Str line_of(Str index, const char *term)
{
    size_t at = str_find(index, str_of(term));
    Str rest = str_drop(index, at == STR_NONE ? index.n : at);
    return str_cut(&rest, '\n');
}

/* A title with a formula in it, and a name behind that. */
static void give_formula(Source *s, Entry *e)
{
    Node *title = e->made->title_tree = node_new(&s->arena, NODE_PARAGRAPH, NULL);
    node_new(&s->arena, NODE_TEXT, title)->text = STR("从 ");
    node_new(&s->arena, NODE_MATH, title)->text = STR("kx+ab");
    node_new(&s->arena, NODE_TEXT, title)->text = STR(" 到 Planck 常数");
    e->plain_title = STR("从 kx+ab 到 Planck 常数");
}

static void the_index_lists_what_is_worth_a_look(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    say(&f.sources[0], "写屏障", NODE_STRONG, 0, 2);
    say(&f.sources[0], "立即", NODE_STRONG, 0, 1); /* bold to stress it */
    say(&f.sources[0], "注意", NODE_STRONG, 0, 2); /* a label */
    say(&f.sources[0], "tmp", NODE_CODE, 0, 2);    /* a variable */
    say(&f.sources[1], "sync.Map", NODE_CODE, 1, 2);
    say(&f.sources[1], "垃圾回收", NODE_STRONG, 3, 4);
    say(&f.sources[1], "栈", NODE_STRONG, 1, 2);
    give_formula(&f.sources[1], &f.sources[1].entries.at[1]);
    assert_true(make(&f, &bytes));
    Str index = member(bytes, "EPUB/text/index.xhtml", &f.book.arena);
    assert_true(has(index, "<h2 id=\"i-x\">X</h2>\n<ul>\n<li><b>写屏障</b>"));
    assert_true(has(line_of(index, "<b>写屏障</b>"), "#q-0001\">语言基础 1</a>、<a href=\"c-0000000a.xhtml#q-0002\">2</a>"));
    /* what a title is about leads, the section that is named so and then who uses the word */
    Str stack = line_of(index, "<b>栈</b>");
    assert_true(str_find(stack, STR("q-0007")) < str_find(stack, STR("q-0005")));
    static const char *const left_out[] = {"立即", "注意", "tmp", "sync.Map", "<b>kx+ab"};
    for (size_t i = 0; i < COUNT(left_out); i++)
        assert_false(has(index, left_out[i]));
    assert_true(has(index, "<b>Planck</b>"));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_true(has(opf, "accessibilityFeature\">index<") && has(opf, "<reference type=\"index\""));
    assert_true(has(member(bytes, "EPUB/nav.xhtml", &f.book.arena), "epub:type=\"index\" href=\"text/index.xhtml\""));
    empty(&f);
}

static void an_index_in_english_has_its_marks(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.config.language = STR("en");
    f.book.config.title = STR("MongoDB");
    f.sources[0].pages.at[0].title = STR(" ");
    say(&f.sources[0], "Go", NODE_STRONG, 0, 2);
    say(&f.sources[1], "Go", NODE_STRONG, 1, 2);
    say(&f.sources[0], "MongoDB", NODE_STRONG, 0, 2);
    static const char *const others[] = {"heap", "stack", "slice", "channel"}; /* few terms make no index */
    for (size_t i = 0; i < COUNT(others); i++)
        say(&f.sources[0], others[i], NODE_STRONG, 0, 1);
    assert_true(make(&f, &bytes));
    Str index = member(bytes, "EPUB/text/index.xhtml", &f.book.arena);
    assert_true(has(index, "<li><b>Go</b>: <a href=\"c-0000000a.xhtml#q-0001\">Untitled 1</a>, <a href=\"c-0000000a.xhtml#q-0002\">2</a>; <a href="));
    assert_false(has(index, "<b>MongoDB</b>"));
    empty(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_and_answers_stand_apart),
        cmocka_unit_test(answers_are_copied_with_care),
        cmocka_unit_test(a_label_stands_before_what_fits),
        cmocka_unit_test(pieces_of_a_chapter_count_on),
        cmocka_unit_test(a_book_may_have_neither_test_nor_index),
        cmocka_unit_test(the_index_lists_what_is_worth_a_look),
        cmocka_unit_test(an_index_in_english_has_its_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
