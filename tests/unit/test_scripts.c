/*
 * test_scripts.c -- programs in JavaScript, and what is remembered of their answers.
 */
#include "base/js.h"
#include "base/memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void same(Str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static Js *engine(const char *program)
{
    Js *js = js_new();
    if (!js_run(js, str_of(program), "test"))
        fail_msg("%s", js_error(js));
    return js;
}

static void test_texts(void **state)
{
    (void)state;
    Arena a = {0};
    Js *js = engine("function join(a, b) { return a + '|' + b; }\n"
                    "function count(a) { return '' + a.length; }\n"
                    "function half(a) { return a.charAt(0); }");
    same(js_call(js, "join", (Str[]){STR("甲"), STR("")}, 2, &a), "甲|");
    same(js_call(js, "join", (Str[]){STR("😀 a"), STR("𠀀")}, 2, &a), "😀 a|𠀀");
    same(js_call(js, "count", (Str[]){STR("😀a中")}, 1, &a), "4");
    same(js_call(js, "half", (Str[]){STR("😀")}, 1, &a), "\xEF\xBF\xBD"); /* U+FFFD */
    js_free(js);
    arena_free(&a);
}

/* Whatever a program does, it is its call that fails, and the next one works. */
static void test_failures(void **state)
{
    (void)state;
    static const char *const bad[] = {"throws", "number", "nothing", "missing", "deep", "fat", "object"};
    Arena a = {0};
    Js *js = engine("function throws() { throw new Error('no'); }\n"
                    "function number() { return 1; }\n"
                    "function nothing() {}\n"
                    "function deep() { return deep() + 'x'; }\n"
                    "function fat() { var s = 'xxxxxxxxxxxxxxxx'; for (;;) s += s; }\n"
                    "function object() { throw {toString: function () { throw 1; }}; }\n"
                    "function good(a) { return a; }");
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_null(js_call(js, bad[i], NULL, 0, &a).at);
        assert_true(*js_error(js));
        same(js_call(js, "good", (Str[]){STR("still here")}, 1, &a), "still here");
    }
    assert_false(js_run(js, STR("function ("), "broken"));
    same(js_call(js, "good", (Str[]){STR("yes")}, 1, &a), "yes");
    js_free(js);
    js_free(NULL);
    arena_free(&a);
}

static void test_memo(void **state)
{
    (void)state;
    Arena a = {0};
    AnswerVec none = {0}, again = {0};
    Memo one = {.arena = &a, .earlier = &none}, two = {.arena = &a, .earlier = &none};
    assert_null(memo_find(&one, 7).at);
    for (uint64_t i = 0; i < 1000; i++) {
        Buf b = {.arena = &a};
        buf_printf(&b, "answer %d", (int)i);
        memo_add(i % 3 ? &one : &two, i * 0x9E3779B97F4A7C15, buf_str(&b));
    }
    memo_add(&two, 0x9E3779B97F4A7C15, STR("answer 1"));
    same(memo_find(&one, 998 * 0x9E3779B97F4A7C15), "answer 998");
    assert_null(memo_find(&one, 999 * 0x9E3779B97F4A7C15).at);

    Str file = memo_write(&none, (const Memo *const[]){&one, &two}, 2, &a);
    memo_read(file, &again, &a);
    assert_int_equal(again.n, 1000);
    Memo later = {.arena = &a, .earlier = &again};
    same(memo_find(&later, 999 * 0x9E3779B97F4A7C15), "answer 999");
    same(memo_find(&later, 0), "answer 0");
    assert_true(str_eq(file, memo_write(&again, (const Memo *const[]){&later}, 1, &a)));
    arena_free(&a);
}

static void test_memo_broken(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "", "deckbind cache 2\n", "deckbind cache 1\nx\n", "deckbind cache 1\n0000000000000001\n",
        "deckbind cache 1\n000000000000000G a\n",
        "deckbind cache 1\n0000000000000002 a\n0000000000000001 b\n", /* out of order */
        "deckbind cache 1\n0000000000000001 a\n0000000000000001 b\n",
    };
    Arena a = {0};
    AnswerVec answers = {0};
    for (size_t i = 0; i < COUNT(broken); i++) {
        memo_read(str_of(broken[i]), &answers, &a);
        assert_int_equal(answers.n, 0);
    }
    memo_read(STR("deckbind cache 1\n0000000000000001 a\n00000000000000ff \n"), &answers, &a);
    assert_int_equal(answers.n, 2);
    same(answers.at[1].text, "");
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_memo),
        cmocka_unit_test(test_memo_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
