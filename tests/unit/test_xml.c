/*
 * test_xml.c -- the writer lets nothing bad through, and the reader finds it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/xml.h"

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) != STR_NONE;
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

/* What is declared is not fetched: the file is there, and its text would be no XML. */
static void check_fetches_nothing(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    assert_true(xml_check(STR("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">\n<a>&amp;</a>"),
                          STR("a.xml"), &d));
    assert_false(xml_check(STR("<!DOCTYPE a [<!ENTITY b \"<c>\">]>\n<a>&d;</a>"), STR("a.xml"), &d));
    arena_free(&a);
}

static void a_long_document_is_whole_too(void **state)
{
    (void)state;
    enum { LENGTH = 11 * 1000 * 1000 };
    Arena a = {0};
    Diags d = {.arena = &a};
    char *text = arena_new(&a, char, LENGTH + 1);
    memset(text, 'x', LENGTH);
    Buf b = {.arena = &a};
    buf_puts(&b, "<a>");
    for (int i = 0; i < 2; i++) {
        buf_puts(&b, "<b/>");
        buf_put(&b, (Str){text, LENGTH});
    }
    buf_puts(&b, "</a>");
    assert_true(xml_check(buf_str(&b), STR("a.xml"), &d));
    buf_puts(&b, "<b>");
    assert_false(xml_check(buf_str(&b), STR("a.xml"), &d));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writer_escapes_and_cleans),
        cmocka_unit_test(writer_remembers_its_failure),
        cmocka_unit_test(check_names_document_and_line),
        cmocka_unit_test(check_fetches_nothing),
        cmocka_unit_test(a_long_document_is_whole_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
