/*
 * test_model.c -- gaps in a text, in every form.
 */
#include "model/gap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void gaps_become_clozes(void **state)
{
    (void)state;
    static const struct {
        Gaps form;
        const char *line, *want;
    } cases[] = {
        {GAPS_BRACES, "甲{1:乙}丙", "甲{{c1::乙}}丙"},
        {GAPS_BRACES, "{c2::b} {3|c} {4：丁}", "{{c2::b}} {{c3::c}} {{c4::丁}}"},
        {GAPS_BRACES, "`{1:a}` {1: \"a\"} {1:2} {1:a,2:b} x{1:a} {:a} {0:a}", NULL},
        {GAPS_BRACES, "$x_{1:n}$ {1:$e^{x}$", NULL},
        {GAPS_BRACKETS, "[甲]和[乙]", "{{c1::甲}}和{{c2::乙}}"},
        {GAPS_BRACKETS, "[a[0]] \\[b] [$\\frac{1}{x_{2}}$]", "{{c1::a[0]}} \\[b] {{c2::$\\frac{1}{x_{2} }$}}"},
        {GAPS_BRACKETS, "[a](b) [c][d] ![e] [^1] [ ] [x] a[0] `[f]` $[g]$ [h", NULL},
        {GAPS_CLOZE, "{{c1::a}} {1:b} [c]", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        uint32_t count = 0;
        Str line = str_of(cases[i].line), made = gaps_write(line, cases[i].form, &count, &a);
        Str want = cases[i].want ? str_of(cases[i].want) : line;
        assert_int_equal(made.n, want.n);
        assert_memory_equal(made.at, want.at, want.n);
        arena_free(&a);
    }
}

static void clozes_are_found_whole(void **state)
{
    (void)state;
    Gap gap;
    Str line = STR("a {{c1::b {{c2::c}} d::e}} f");
    assert_true(gap_find(line, GAPS_CLOZE, 0, &gap));
    assert_int_equal(gap.at, 2);
    assert_int_equal(gap.end, line.n - 2);
    assert_false(gap_find(line, GAPS_CLOZE, gap.end, &gap));
    assert_false(gap_find(STR("{{c1::a} {{c::a}} {{.Name}} `{{c1::a}}`"), GAPS_CLOZE, 0, &gap));
}

static void counting_goes_on(void **state)
{
    (void)state;
    Arena a = {0};
    uint32_t count = 2;
    assert_string_equal(gaps_write(STR("[x y]"), GAPS_BRACKETS, &count, &a).at, "{{c3::x y}}");
    assert_int_equal(count, 3);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_become_clozes),
        cmocka_unit_test(clozes_are_found_whole),
        cmocka_unit_test(counting_goes_on),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
