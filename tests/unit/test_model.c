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
        GapNumbers numbers = {(const uint32_t[]){1, 2}, 2, 0};
        Str line = str_of(cases[i].line), made = gaps_write(line, cases[i].form, &numbers, &a);
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

/* The numbers of gaps that hold the letters of `texts`; `known` goes on. */
static void assert_numbers(Str *known, const char *texts, const char *want, Arena *a)
{
    StrVec list = {0};
    Buf b = {.arena = a};
    for (const char *c = texts; *c; c++)
        *vec_push(&list, a) = (Str){c, 1};
    GapNumbers numbers = gaps_number(&list, known, a);
    for (size_t i = 0; i < numbers.n; i++)
        buf_printf(&b, "%s%u", i ? " " : "", numbers.of[i]);
    assert_string_equal(buf_str(&b).at, want);
}

static void a_gap_keeps_its_number(void **state)
{
    (void)state;
    Arena a = {0};
    Str known = STR("");
    assert_numbers(&known, "abc", "1 2 3", &a);
    assert_numbers(&known, "abc", "1 2 3", &a);
    assert_numbers(&known, "ac", "1 3", &a);   /* the middle one is gone */
    assert_numbers(&known, "cxa", "3 4 1", &a); /* moved, and a new one between them */
    assert_numbers(&known, "cab", "3 1 2", &a); /* back again */
    assert_numbers(&known, "cyb", "3 1 2", &a); /* reworded */
    assert_numbers(&known, "cczb", "3 5 6 2", &a);
    known = STR("1:zz,2:00");                   /* damaged: nothing is known */
    assert_numbers(&known, "ab", "1 2", &a);
    arena_free(&a);
}

static void there_is_no_end_of_gaps(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    Arena a = {0};
    StrVec list = {0};
    Str known = STR("");
    for (size_t i = 0; i < MANY; i++) {
        Buf b = {.arena = &a};
        buf_printf(&b, "%zu", i);
        *vec_push(&list, &a) = buf_str(&b);
    }
    GapNumbers first = gaps_number(&list, &known, &a), again = gaps_number(&list, &known, &a);
    assert_int_equal(first.of[MANY - 1], MANY);
    assert_memory_equal(first.of, again.of, 500 * sizeof *first.of);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_become_clozes),
        cmocka_unit_test(clozes_are_found_whole),
        cmocka_unit_test(a_gap_keeps_its_number),
        cmocka_unit_test(there_is_no_end_of_gaps),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
