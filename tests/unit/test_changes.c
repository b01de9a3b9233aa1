/*
 * test_changes.c -- word differences, the text of fields, and Markdown that is inert.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "compare/linediff.h"
#include "compare/markdown.h"
#include "compare/plain.h"

/* Runs as people would write them: [-old-]{+new+}. */
static Str shown(const RunVec *runs, Arena *a)
{
    static const char *const marks[RUN_KINDS][2] = {
        [RUN_SAME] = {"", ""}, [RUN_OLD] = {"[-", "-]"}, [RUN_NEW] = {"{+", "+}"}};
    Buf b = {.arena = a};
    for (size_t i = 0; i < runs->n; i++) {
        buf_puts(&b, marks[runs->at[i].kind][0]);
        buf_put(&b, runs->at[i].text);
        buf_puts(&b, marks[runs->at[i].kind][1]);
    }
    return buf_str(&b);
}

static Str joined(const RunVec *runs, RunKind without, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < runs->n; i++)
        if (runs->at[i].kind != without)
            buf_put(&b, runs->at[i].text);
    return buf_str(&b);
}

static void words_are_compared_as_people_read_them(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *want;
    } cases[] = {
        {"", "", ""},
        {"甲", "甲", "甲"},
        {"", "新", "{+新+}"},
        {"旧", "", "[-旧-]"},
        {"什么是 GC？", "什么是垃圾回收？", "什么是[- GC-]{+垃圾回收+}？"},
        {"函数与它的环境。", "函数与它的词法环境。", "函数与它的{+词法+}环境。"},
        {"the map is slow", "the slice is slow", "the [-map-]{+slice+} is slow"},
        {"cap(s) = 4", "cap(s) = 8", "cap(s) = [-4-]{+8+}"},
        {"map1", "map2", "[-map1-]{+map2+}"},
        {"a\nb\nc", "a\nc", "a\n[-b\n-]c"},
        {"a\nc", "a\nb\nc", "a\n{+b\n+}c"},
        {"x  y", "x y", "x[-  -]{+ +}y"},
        {"e\u0301", "e", "[-e\u0301-]{+e+}"}, /* a letter and its accent are one */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        RunVec runs = word_diff(str_of(cases[i].before), str_of(cases[i].after), &a);
        assert_string_equal(shown(&runs, &a).at, cases[i].want);
        arena_free(&a);
    }
}

/* What little two different sentences share is no help to their reader. */
static void little_that_is_equal_is_swallowed(void **state)
{
    (void)state;
    Arena a = {0};
    RunVec runs = word_diff(STR("它是引用类型，不能比较。"), STR("复制时很便宜，所以常用。"), &a);
    assert_string_equal(shown(&runs, &a).at, "[-它是引用类型，不能比较-]{+复制时很便宜，所以常用+}。");
    arena_free(&a);
}

/* Both texts come back from the runs, whatever they are. */
static void nothing_is_lost(void **state)
{
    (void)state;
    static const char *const pieces[] = {"甲", "乙", "a", "bc", " ", "\n", "。", "\xff", "1"};
    Arena a = {0};
    uint32_t seed = 7;
    for (size_t round = 0; round < 2000; round++) {
        Buf text[2] = {{.arena = &a}, {.arena = &a}};
        for (size_t side = 0; side < 2; side++)
            for (size_t n = round % 23; n; n--) {
                seed = seed * 1664525 + 1013904223;
                buf_puts(&text[side], pieces[(seed >> 16) % COUNT(pieces)]);
            }
        Str before = buf_str(&text[0]), after = buf_str(&text[1]);
        RunVec runs = word_diff(before, after, &a);
        assert_true(str_eq(joined(&runs, RUN_NEW, &a), before));
        assert_true(str_eq(joined(&runs, RUN_OLD, &a), after));
        arena_free(&a);
    }
}

static Str repeated(const char *piece, const char *other, size_t n, uint32_t seed, Arena *a)
{
    Buf b = {.arena = a};
    while (b.n < n) {
        seed = seed * 1664525 + 1013904223;
        buf_puts(&b, seed >> 31 ? piece : other);
    }
    return buf_str(&b);
}

/* A mebibyte that differs everywhere, in ways that no comparison can see through. */
static void hostile_texts_are_no_trouble(void **state)
{
    (void)state;
    static const char *const pieces[][2] = {{"甲", "乙"}, {"a ", "b "}, {"a\n", "b\n"}, {"\n", "-"}};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        Arena a = {0};
        Str before = repeated(pieces[i][0], pieces[i][1], 1 << 20, 1, &a);
        Str after = repeated(pieces[i][0], pieces[i][1], 1 << 20, 2, &a);
        clock_t start = clock();
        RunVec runs = word_diff(before, after, &a);
        assert_true(clock() - start < 10 * CLOCKS_PER_SEC); /* a second, but for a sanitizer */
        assert_true(str_eq(joined(&runs, RUN_OLD, &a), after));
        arena_free(&a);
    }
}

static Str shown_lines(Str before, Str after, Arena *a)
{
    static const char *const fronts[] = {
        [LINE_SAME] = "  ", [LINE_MIXED] = "~ ", [LINE_OLD] = "- ", [LINE_NEW] = "+ ", [LINE_CUT] = "…"};
    Buf b = {.arena = a};
    DiffLineVec lines = line_diff(before, after, a);
    for (size_t i = 0; i < lines.n; i++) {
        buf_puts(&b, fronts[lines.at[i].kind]);
        bool words = lines.at[i].kind == LINE_MIXED;
        buf_put(&b, words ? shown(&lines.at[i].runs, a) : joined(&lines.at[i].runs, RUN_KINDS, a));
        buf_puts(&b, "\n");
    }
    return buf_str(&b);
}

static void lines_far_from_a_change_are_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *want;
    } cases[] = {
        {"1\n2\n3\n4\n5\n6", "1\n2\n3\nvier\n5\n6", "…\n  3\n- 4\n+ vier\n  5\n  6\n"},
        {"一二三\n四", "一二三\n四五\n六", "  一二三\n~ 四{+五+}\n+ 六\n"},
        {"一二三\n四五六", "一二三四五六", "~ 一二三[-⏎-]\n  四五六\n"},
        {"a\n\nb", "a\n\nc", "  a\n  \n- b\n+ c\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Str got = shown_lines(str_of(cases[i].before), str_of(cases[i].after), &a);
        assert_string_equal(got.at, cases[i].want);
        arena_free(&a);
    }
}

static void long_lines_are_cut_to_what_changed(void **state)
{
    (void)state;
    Arena a = {0};
    Buf before = {.arena = &a}, after = {.arena = &a};
    for (size_t i = 0; i < 100; i++) {
        buf_puts(&before, i == 50 ? "旧" : "字");
        buf_puts(&after, i == 50 ? "新" : "字");
    }
    assert_string_equal(shown_lines(buf_str(&before), buf_str(&after), &a).at,
                        "~ …字字字字字字字字字字字字[-旧-]{+新+}字字字字字字字字字字字字…\n");
    arena_free(&a);
}

static void fields_become_the_text_that_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *html, *want;
    } cases[] = {
        {"", ""},
        {"<p>一</p>\n<p>二 &amp; 三</p>", "一\n二 & 三"},
        {"<b>a</b>  b<br>c<br/>", "a b\nc"},
        {"<ul>\n<li><p>a</p></li>\n<li>b</li></ul>", "- a\n- b"},
        {"<pre><code>if x {\n\ty()\n}</code></pre>z", "if x {\n\ty()\n}\nz"},
        {"x<img alt=\"a>b\" src=\"图 1.png\">y", "x[图 1.png]y"},
        {"<img src=\"data:image/png;base64,AAAA\">", "[picture]"},
        {"a<style>p{}</style><script>if (a<b) c()</script>d<!-- e -->f", "adf"},
        {"1 < 2 <3 &nope; &#x4E2D;&nbsp;x", "1 < 2 <3 &nope; 中 x"},
        {"<b", "<b"},
        {"<a \"unclosed>b", "b"},
        {"[sound:a.mp3]{{c1::b::c}}", "[sound:a.mp3]{{c1::b::c}}"},
        {"a\xff", "a\uFFFD"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        assert_string_equal(plain_text(str_of(cases[i].html), &a).at, cases[i].want);
        arena_free(&a);
    }
}

static void hostile_markup_is_no_trouble(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<a", "<a \"", "<!--", "<pre>", "&#", "<script>", "<img src='"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        Arena a = {0};
        Str html = repeated(pieces[i], pieces[i], 1 << 20, 1, &a);
        clock_t start = clock();
        plain_text(html, &a);
        assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
        arena_free(&a);
    }
}

static void markdown_shows_text_and_does_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"甲", "甲"},
        {"a*b_c`", "a\\*b\\_c\\`"},
        {"<img src=x>&amp;", "&lt;img src\\=x&gt;&amp;amp\\;"},
        {"@me #1", "@&#8203;me \\#&#8203;1"},
        {"    code", "&nbsp;&nbsp;&nbsp;&nbsp;code"},
        {"[a](http://b)", "\\[a\\]\\(http\\:\\/\\/b\\)"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        markdown_text(&b, str_of(cases[i].text));
        assert_string_equal(buf_str(&b).at, cases[i].want);
        arena_free(&a);
    }
}

static void marks_hold_beside_punctuation(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t before, after;
        const char *want;
    } cases[] = {
        {"词", U'的', U'环', "**词**"},
        {"“词”", U'的', U'环', "<!-- -->**“词”**<!-- -->"},
        {"\033[1m", U'的', ' ', "<!-- -->**\033\\[1m**"},
        {"“词”", U'，', ' ', "**“词”**"},
        {" a ", U'的', U'环', " **a** "},
        {"  ", 'a', 'b', "**␣␣**"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        markdown_marked(&b, "**", str_of(cases[i].text), cases[i].before, cases[i].after);
        assert_string_equal(buf_str(&b).at, cases[i].want);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_compared_as_people_read_them),
        cmocka_unit_test(little_that_is_equal_is_swallowed),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(hostile_texts_are_no_trouble),
        cmocka_unit_test(lines_far_from_a_change_are_left_out),
        cmocka_unit_test(long_lines_are_cut_to_what_changed),
        cmocka_unit_test(fields_become_the_text_that_is_seen),
        cmocka_unit_test(hostile_markup_is_no_trouble),
        cmocka_unit_test(markdown_shows_text_and_does_nothing),
        cmocka_unit_test(marks_hold_beside_punctuation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
