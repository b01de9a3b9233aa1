/*
 * test_recognise.c -- numbers, labels, wording; and that no line is lost.
 */
#include "recognise/foreign.h"
#include "recognise/label.h"
#include "recognise/number.h"
#include "recognise/recognise.h"
#include "recognise/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void same(Str got, Str want)
{
    assert_int_equal(got.n, want.n);
    assert_memory_equal(got.at, want.at, want.n);
}

static void numbers_are_read_with_their_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest;
        uint32_t value;
        int parts;
    } cases[] = {
        {"1. a", "a", 1, 1},       {"1、a", "a", 1, 1},     {"12) a", "a", 12, 1},
        {"（3）a", "a", 3, 1},     {"(4) a", "a", 4, 1},    {"5 a", "a", 5, 1},
        {"１．a", "a", 1, 1},      {"1.2 a", "a", 2, 2},    {"1.2.3. a", "a", 3, 3},
        {"三、a", "a", 3, 1},      {"十二、a", "a", 12, 1}, {"二十 a", "a", 20, 1},
        {"第3题：a", "a", 3, 1},   {"第二章 a", "a", 2, 1}, {"1-甲", "甲", 1, 1},
        {"6：a", "a", 6, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i].text);
        Number n = number_eat(&text);
        assert_int_equal(n.parts, cases[i].parts);
        assert_int_equal(n.value, cases[i].value);
        same(text, str_of(cases[i].rest));
    }
}

static void other_digits_are_no_number(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "2021 年", "1.5倍", "3.14159", "10%", "1=1", "一个问题", "1", "1.", "64位", "1-2 个", "(a) b",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i]);
        assert_int_equal(number_eat(&text).parts, 0);
        same(text, str_of(cases[i]));
    }
}

static void labels_are_read_with_their_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest;
        bool heading;
        Part part;
    } cases[] = {
        {"问：甲", "甲", false, PART_QUESTION},         {"问题 3：甲", "甲", false, PART_QUESTION},
        {"**问：** 甲", "甲", false, PART_QUESTION},    {"**答**：乙", "乙", false, PART_ANSWER},
        {"q1. what?", "what?", false, PART_QUESTION},   {"Answer:", "", false, PART_ANSWER},
        {"参考答案：C", "C", false, PART_ANSWER},       {"Answer", "", true, PART_ANSWER},
        {"说明：丙", "丙", false, PART_EXPLANATION},    {"答案**：甲", "甲", false, PART_ANSWER},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Label label;
        assert_true(label_read(str_of(cases[i].text), cases[i].heading, &label));
        assert_int_equal(label.part, cases[i].part);
        same(label.rest, str_of(cases[i].rest));
    }
}

static void prose_and_code_are_no_label(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "Answer the question first.", "问题很多。", "A. 甲", "", "q := make(chan int)", "A::b", "答案",
    };
    Label label;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_false(label_read(str_of(cases[i]), false, &label));
}

static void wording_tells_questions_from_topics(void **state)
{
    (void)state;
    const Wording wording = wording_open();
    static const struct {
        const char *title;
        bool asks, topic, part;
    } cases[] = {
        {"什么是闭包", true, true, false},   {"map 与 slice 的区别", true, true, false},
        {"协程", false, true, false},        {"真的吗？", true, true, false},
        {"(really?)", true, true, false},    {"How does it work", true, true, false},
        {"它先标记，再清扫。", false, false, false},
        {"总结", false, true, true},         {"参考资料：", false, false, true},
        {"总结一下 GC", false, true, false}, {"Additional links", false, true, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str title = str_of(cases[i].title);
        assert_int_equal(wording_asks(&wording, title), cases[i].asks);
        assert_int_equal(wording_topic(title), cases[i].topic);
        assert_int_equal(wording_part(title), cases[i].part);
    }
}

static void ids_of_other_tools_are_taken_off(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest, *id;
    } cases[] = {
        {"甲 ^1607361487244", "甲", "1607361487244"},
        {"甲 ^q-a1b2c3", "甲", "q-a1b2c3"},
        {"甲 (5f0c2f3e-1f2a-4b3c-9d4e-0123456789ab)", "甲", "5f0c2f3e-1f2a-4b3c-9d4e-0123456789ab"},
        {"甲 <!--ID: 12-->", "甲", "12"},
        {"甲 <!--SR:!2024-01-02,3,250-->", "甲", ""},
        {"甲 ^1607361487244 <!--SR:!2024-->", "甲", "1607361487244"},
        {"2 ^10", "2 ^10", ""},
        {"x ^n-1", "x ^n-1", ""},
        {"甲 (乙)", "甲 (乙)", ""},
        {"甲 <!-- 注 -->", "甲 <!-- 注 -->", ""},
        {"^1607361487244", "^1607361487244", ""},
        {"-->", "-->", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i].text);
        same(foreign_eat(&text), str_of(cases[i].id));
        same(text, str_of(cases[i].rest));
    }
}

static void lines_of_other_tools_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        uint32_t lines;
    } cases[] = {
        {"ID: 1607361487244", 1}, {"<!--ID:12-->", 1},  {"<!-- note_key: 3f2a -->", 1},
        {"^1607361487244", 1},    {"collapsed:: true", 1}, {"card-repeats:: 2", 1},
        {"TARGET DECK", 2},       {"TARGET DECK: Go", 1},  {"[#go](a) [#map](b)", 1},
        {"ID: 12", 0},            {"key:: value", 0},      {"[#12](a)", 0},
        {"[#go](a) 见此", 0},     {"^10", 0},              {"", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(foreign_lines(str_of(cases[i].line)), cases[i].lines);
}

/* --- whole files ----------------------------------------------------------------- */

static void read_text(Source *s, Str text)
{
    s->path = STR("a.md");
    s->diags.arena = &s->kept;
    s->text = text;
    s->starts = arena_new(&s->arena, uint32_t, text.n + 2);
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] == '\n')
            s->starts[++s->line_count] = (uint32_t)i + 1;
    recognise(s);
}

static void free_source(Source *s)
{
    arena_free(&s->arena);
    arena_free(&s->kept);
}

/*
 * Lines made of the pieces that notes are made of, by a small generator of numbers; only
 * `hidden` ones hold comments, and questions enough to be contents.
 */
static Str random_note(Arena *a, uint32_t seed, bool hidden)
{
    enum { HIDING = 6 };
    static const char *const pieces[] = {
        "# 标题", "## 什么是甲？", "### 2 乙", "##### ", "1. 一", "2、二", "3 三", "  1.1 内", "一、大",
        "* 点？", "- [ ] 任务", "**粗体**", "问：何", "答：因", "答案：", "## 总结", "正文，一句。", "",
        "```go", "```", "~~~", "    缩进", "\t制表", "| a | b |", "---", "===", "-->", "> 引",
        "ME:", "为什么？", "todo", "\xE2\x80\x8B", "Q: a? A: b", "99. 跳", "#tag", "<details>",
        "* **甲** - 天干\n* **乙** - 天干\n* **丙** - 天干\n", "**丁**：一", "- **戊**: 二\n  续",
        "| 问题 | 答案 |\n|---|---|\n| 一？ | 二 | 三 |",
        "缺{{c1::口}}", "- {1:甲}", "C: 天[干]\n地支\n---", "戊", ": 天干", "：地支",
        "甲\n---\n乙\n\n===", "丙\n\n---\n丁\n\n---\n\n---", "===", "A. 甲", "- B: 乙", "- [x] 真", "## 下列哪个对？", "甲 #card", "## 甲 #card-reverse", "#card", "?",
        "栈\n??\n表", "^1607361487244", "完。 ^q-a1b2", "<!--ID: 12-->", "[#go](a.md)", "</details>", "+++",
        "START", "Basic", "Back: 乙", "END", "STARTI 甲 Back: 乙 ENDI", "> [!question] 甲？", "> [!faq]",
        "<details><summary>何为甲？</summary>", "<summary>答案</summary>乙", "%",
        "* 甲\n- 什么是乙？\n- 丙", "甲：\n1. 什么是乙？\n2. 丙\n", "   - 什么是甲？", "* 3. 甲", "4乙", "90. 甲",
        "什么是甲\n    乙\n", "\n栈与队列：\n什么是栈\n什么是堆\n",
        "## 什么是甲", "**题干**", "**题**：", "> **问：甲**", "<h3>甲？</h3>",
        "<hr>", "-", "2.", "```anki\n栈？\n===\n表", "可以吗（不可以）", "- [目](#甲)", "\n\n\n",
        "<!-- deckbind: card -->", "<!-- deckbind: section -->", "<!-- deckbind: text -->",
        "<!-- deckbind: on -->",
        /* which hide text; that of lists that are contents stands again below */
        "\n己：\n何为甲？\n乙是什么？\n为何有丙？\n怎样做丁？\n",
        "START\nBasic\n甲\nBack: 乙\n\n何为甲？\n乙是什么？\n为何有丙？\n怎样做丁？\n\nEND",
        "\n什么是甲\n什么是乙\n什么是丙\n什么是丁\n", "1. 什么是甲\n2. 什么是乙\n3. 什么是丙",
        "<!-- deckbind: off -->", "<!-- 注",
    };
    Buf b = {.arena = a};
    uint32_t lines = seed % 40;
    for (uint32_t i = 0; i < lines; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_printf(&b, "%s\n", pieces[(seed >> 16) % (COUNT(pieces) - (hidden ? 0 : HIDING))]);
    }
    return buf_str(&b);
}

/* Entries stand in order and own the lines up to the next; parts lie in their own lines. */
static void check_partition(const Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        uint32_t next = i + 1 < s->entries.n ? e[1].line : s->line_count + 1;
        assert_true(i || e->line == 1);
        assert_true(e->line < next && e->end_line >= e->line && e->end_line < next);
        assert_true(e->parent <= i);
        uint32_t last = e->line - 1;
        for (size_t k = 0; k < e->slices.n; k++) {
            const Slice *slice = &e->slices.at[k];
            assert_true(slice->from > last || (slice->skip && slice->from >= e->line));
            assert_true(slice->to >= slice->from && slice->to < next);
            last = slice->to;
        }
    }
}

static void lines_are_partitioned(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed < 20000; seed++) {
        Source s = {0};
        read_text(&s, random_note(&s.arena, seed * 2654435761u, true));
        assert_true(s.entries.n > 0 || s.line_count == 0);
        check_partition(&s);
        free_source(&s);
    }
}

/* A line of plain text is in a part of some entry, or its title; comments alone hide it. */
static void no_text_is_lost(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed < 5000; seed++) {
        Source s = {0};
        read_text(&s, random_note(&s.arena, seed * 2654435761u, false));
        for (uint32_t line = 1; line <= s.line_count; line++) {
            if (!str_eq(source_line(&s, line), STR("正文，一句。")))
                continue;
            bool shown = false;
            for (size_t i = 0; i < s.entries.n; i++) {
                const Entry *e = &s.entries.at[i];
                bool near = e->line <= line && line <= e->line + 2; /* START stands above its title */
                shown |= near && str_eq(e->title, source_line(&s, line));
                for (size_t k = 0; k < s.entries.at[i].slices.n; k++) {
                    const Slice *slice = &s.entries.at[i].slices.at[k];
                    shown |= slice->from <= line && line <= slice->to;
                }
            }
            assert_true(shown);
        }
        free_source(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_with_their_marks),
        cmocka_unit_test(other_digits_are_no_number),
        cmocka_unit_test(labels_are_read_with_their_marks),
        cmocka_unit_test(prose_and_code_are_no_label),
        cmocka_unit_test(wording_tells_questions_from_topics),
        cmocka_unit_test(ids_of_other_tools_are_taken_off),
        cmocka_unit_test(lines_of_other_tools_are_known),
        cmocka_unit_test(lines_are_partitioned),
        cmocka_unit_test(no_text_is_lost),
    };
    return cmocka_run_group_tests_name("recognise", tests, NULL, NULL);
}
