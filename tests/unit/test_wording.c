/*
 * test_wording.c -- what the search for words relies on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "recognise/wording.h"

#include <string.h>

enum { USE_ASK, USE_TELL, USE_OPEN, USE_PART, USE_SHOW, USE_ASPECT, USE_LIST, USE_TODO, USE_ROUND, USE_GATHER };

static const struct {
    int use;
    const char *word;
} rows[] = {
#define ASK(word) {USE_ASK, word},
#define TELL(word) {USE_TELL, word},
#define OPEN(word) {USE_OPEN, word},
#define PART(word) {USE_PART, word},
#define SHOW(word) {USE_SHOW, word},
#define ASPECT(word) {USE_ASPECT, word},
#define LIST(word) {USE_LIST, word},
#define TODO(word) {USE_TODO, word},
#define ROUND(word) {USE_ROUND, word},
#define GATHER(word) {USE_GATHER, word},
#include "recognise/wording.def"
};

static void words_of_a_use_stand_together_and_are_no_shorter_than_a_look(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(!i || rows[i].use >= rows[i - 1].use);
        assert_true(strlen(rows[i].word) >= (rows[i].use <= USE_LIST && rows[i].use != USE_OPEN ? 3 : 2));
    }
}

static void rounds_are_told_by_the_end_of_their_word(void **state)
{
    (void)state;
    static const char *const rounds[] = {"一面", "字节二面（1h）", "腾讯 HR", "HR面", "HR 面", "三面 2021.3", "## 笔试"};
    static const char *const others[] = {"二面角", "另一面", "独当一面", "四面楚歌", "HR 系统设计", "CHR", "正四面体"};
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++)
        assert_true(wording_round(str_of(rounds[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(wording_round(str_of(others[i])));
}

static void days_end_a_title(void **state)
{
    (void)state;
    static const char *const days[] = {"甲公司-0907", "2023-05-01", "乙 2021.9.12", "面试 2021/09/12", "复习 5月1日", "2020-1-31"};
    static const char *const others[] = {"端口 8080", "版本 3.10", "1.2.3", "甲-0932", "2023-13-01", "1-2", "第 5 日", "0907", "RFC-2616"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_true(wording_day(str_of(days[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(wording_day(str_of(others[i])));
}

static void brackets_that_wait_for_an_answer_ask(void **state)
{
    (void)state;
    static const char *const gaps[] = {"正确的是（ ）", "正确的是（　　）", "是（）", "True or false ( )", "是 ( B )", "是（　AC　）"};
    static const char *const others[] = {"show()", "f(x)", "方案（A）", "(A)", "方案 (B)", ")", "（"};
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        if (!wording_question_mark(str_of(gaps[i])))
            fail_msg("%s", gaps[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (wording_question_mark(str_of(others[i])))
            fail_msg("%s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_use_stand_together_and_are_no_shorter_than_a_look),
        cmocka_unit_test(rounds_are_told_by_the_end_of_their_word),
        cmocka_unit_test(days_end_a_title),
        cmocka_unit_test(brackets_that_wait_for_an_answer_ask),
    };
    return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
