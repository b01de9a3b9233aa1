/*
 * test_study.c -- the self-test of a small book made by hand.
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

static void a_book_may_have_no_test(void **state)
{
    (void)state;
    Fixture f;
    Str bytes;
    fill(&f);
    f.book.config.self_test = STR("false");
    assert_true(make(&f, &bytes));
    Str opf = member(bytes, "EPUB/package.opf", &f.book.arena);
    assert_false(has(opf, "text/z-") || has(opf, "text/a-"));
    assert_false(has(member(bytes, "EPUB/text/c-0000000a.xhtml", &f.book.arena), "自测"));
    empty(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_and_answers_stand_apart),
        cmocka_unit_test(answers_are_copied_with_care),
        cmocka_unit_test(a_book_may_have_no_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
