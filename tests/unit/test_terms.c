/*
 * test_terms.c -- what is a term, what a title is about, and where an index files it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/pinyin.h"
#include "model/term.h"

static void names_are_terms(void **state)
{
    (void)state;
    static const struct {
        const char *words, *key, *shown;
    } cases[] = {
        {"GMP 模型", "gmp模型", "GMP 模型"},   {" 写屏障：", "写屏障", "写屏障"},
        {"len(s)", "len", "len"},              {"sync.WaitGroup", "sync.waitgroup", "sync.WaitGroup"},
        {"std::map", "std::map", "std::map"},  {"C#", "c#", "C#"},
        {"C++", "c++", "C++"},                 {"TCP/IP", "tcp/ip", "TCP/IP"},
        {"the event loop", "event loop", "event loop"}, {"《三次握手》", "三次握手", "三次握手"},
        {"所有权", "所有权", "所有权"},        {"第三范式", "第三范式", "第三范式"},
        {"几何分布", "几何分布", "几何分布"},  {"逻辑或", "逻辑或", "逻辑或"},
        {"where 子句", "where子句", "where 子句"}, {"Where", "where", "Where"},
        {"栈", "栈", "栈"},                    {"ＧＣ", "gc", "ＧＣ"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        TermUse use = term_of(str_of(cases[i].words), &a);
        assert_string_equal(str_copy(&a, use.key).at, cases[i].key);
        assert_string_equal(str_copy(&a, use.shown).at, cases[i].shown);
        arena_free(&a);
    }
}

static void much_that_is_bold_or_code_is_none(void **state)
{
    (void)state;
    static const char *const words[] = {
        "", "  ", "42", "3.14", ":=", "<-", "x", "a + b", "src/base/str.c", "x := 1", "\"%d\"", "注意", "答案：",
        "只要没有引用就会被回收", "先写日志，再写数据", "为什么", "这一点", "it is never too late to close",
        "Summary", "true", "\xFF\xFE", "a\tb;c", "https://a.b",
        "How is Rust", "Why it failed", "Which one", "影响", "安装", "Usage", "pros", "不同点", "其它", "任何时候",
        "第三步", "第 3 章", "第一部分", "第二",
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        Arena a = {0};
        if (term_of(str_of(words[i]), &a).key.n)
            fail_msg("a term: %s", words[i]);
        arena_free(&a);
    }
}

static void titles_are_about_something(void **state)
{
    (void)state;
    static const struct {
        const char *title, *about;
        bool defines;
    } cases[] = {
        {"什么是写屏障？", "写屏障", true},
        {"GMP 是什么", "GMP", true},
        {"What is a goroutine?", "goroutine", true},
        {"死锁", "死锁", true},
        {"map 的底层实现", "map", false},
        {"进程和线程的区别", "进程|线程", false},
        {"What is the difference between let and var?", "let|var", false},
        {"数组与切片", "数组|切片", false},
        {"调和平均", "调和平均", true},
        {"解释器模式", "解释器模式", true}, /* words that ask begin names, too */
        {"介绍信是什么", "介绍信", true},
        {"描述 GMP 调度", "GMP 调度", false},
        {"请解释一下 explain 的作用", "explain", false},
        {"什么是 A 记录", "A 记录", true},
        {"TCP 的特点有哪些？", "TCP", false},
        {"索引的分类有哪些", "索引", false},
        {"a.out", "a.out", true},
        {"", "", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        Subjects s = term_subjects(str_of(cases[i].title));
        for (size_t k = 0; k < s.n; k++) {
            buf_puts(&b, k ? "|" : "");
            buf_put(&b, s.of[k]);
        }
        buf_puts(&b, "");
        assert_string_equal(b.n ? buf_str(&b).at : "", cases[i].about);
        assert_int_equal(s.defines, cases[i].defines);
        arena_free(&a);
    }
}

static void latin_words_of_a_chinese_title_are_found(void **state)
{
    (void)state;
    Str title = STR("为什么 sync.Map 比 map 快，errors.Is 呢？");
    static const Str want[] = {STR_INIT("sync.Map"), STR_INIT("map"), STR_INIT("errors.Is"), STR_INIT("")};
    for (size_t i = 0; i < COUNT(want); i++)
        assert_true(str_eq(term_eat_latin(&title), want[i]));
    assert_int_equal(title.n, 0);
}

static void terms_are_filed_by_pinyin(void **state)
{
    (void)state;
    static const struct {
        const char *term;
        char initial;
    } cases[] = {
        {"啊", 'A'}, {"八股", 'B'}, {"重载", 'C'}, {"重要性", 'Z'}, {"长连接", 'C'}, {"行锁", 'H'}, {"行为", 'X'},
        {"调用", 'D'}, {"调试", 'T'}, {"校验", 'J'}, {"鏈表", 'L'}, {"阈值", 'Y'}, {"做", 'Z'}, {"gmp", 'G'},
        {"Zookeeper", 'Z'}, {"3次", '#'}, {"ß", '#'}, {"あ", '#'}, {"", '#'},
    };
    Arena a = {0};
    const Pinyin *p = pinyin_open(&a);
    for (size_t i = 0; i < COUNT(cases); i++)
        if (pinyin_initial(p, str_of(cases[i].term)) != cases[i].initial)
            fail_msg("%s is filed under %c", cases[i].term, pinyin_initial(p, str_of(cases[i].term)));
    arena_free(&a);
}

/* Latin letters before Chinese, marks last, tones before strokes. */
static void terms_have_an_order(void **state)
{
    (void)state;
    static const char *const terms[] = {"go build", "go-build2", "gomaxprocs", "go语言", "妈", "麻", "马", "马上", "骂", "锁"};
    Arena a = {0};
    const Pinyin *p = pinyin_open(&a);
    for (size_t i = 1; i < COUNT(terms); i++)
        if (str_cmp(pinyin_key(p, str_of(terms[i - 1]), &a), pinyin_key(p, str_of(terms[i]), &a)) >= 0)
            fail_msg("%s does not come before %s", terms[i - 1], terms[i]);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_terms),
        cmocka_unit_test(much_that_is_bold_or_code_is_none),
        cmocka_unit_test(titles_are_about_something),
        cmocka_unit_test(latin_words_of_a_chinese_title_are_found),
        cmocka_unit_test(terms_are_filed_by_pinyin),
        cmocka_unit_test(terms_have_an_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
