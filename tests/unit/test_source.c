/*
 * test_source.c -- bytes to lines: encodings, line ends, what is left out, front
 * matter.
 */
#include "base/utf8.h"
#include "read/clean.h"
#include "read/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define BYTES(literal) {"" literal, sizeof(literal) - 1}

/* A source read from a file that holds `bytes`. */
static void read_bytes(Source *s, Str bytes)
{
    char path[] = "/tmp/deckbind-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.at, bytes.n), (ssize_t)bytes.n);
    close(fd);
    *s = (Source){0};
    s->diags.arena = &s->kept;
    s->path = str_copy(&s->kept, str_of(path));
    source_read(s);
    unlink(path);
}

static void drop(Source *s)
{
    arena_free(&s->arena);
    arena_free(&s->kept);
}

static void same(Str got, Str want)
{
    if (!str_eq(got, want))
        fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got), STR_ARG(want));
}

/* The only message of `s` is `code`, at `line` and `column`. */
static void one_message(const Source *s, DiagCode code, uint32_t line, uint32_t column)
{
    assert_int_equal(s->diags.list.n, 1);
    const Diag *d = &s->diags.list.at[0];
    assert_string_equal(diag_name(d->code), diag_name(code));
    assert_int_equal(d->place.line, line);
    assert_int_equal(d->place.column, column);
}

static void test_text(void **state)
{
    (void)state;
    static const struct {
        Str bytes, text;
        size_t lines;
    } cases[] = {
        {BYTES(""), BYTES(""), 0},
        {BYTES("a"), BYTES("a"), 1},
        {BYTES("a\n"), BYTES("a\n"), 1},
        {BYTES("a\n\nb"), BYTES("a\n\nb"), 3},
        {BYTES("\n\n"), BYTES("\n\n"), 2},
        {BYTES("\xEF\xBB\xBF" "一\n"), BYTES("一\n"), 1},
        {BYTES("a\r\nb\r\n"), BYTES("a\nb\n"), 2},
        {BYTES("a\rb\r"), BYTES("a\nb\n"), 2},
        {BYTES("a\rb\nc"), BYTES("a b\nc"), 2},
        {BYTES("a\r\r\nb"), BYTES("a\nb"), 2},
        {BYTES("a\nb\r"), BYTES("a\nb"), 2},
        {BYTES("a\xE2\x80\xA8" "b\xC2\x85" "c"), BYTES("a\xE2\x80\xA8" "b\xC2\x85" "c"), 1},
        {BYTES("一，二“三”😀\n"), BYTES("一，二“三”😀\n"), 1},
        {BYTES("0123456\t89abcdef\n"), BYTES("0123456\t89abcdef\n"), 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s;
        read_bytes(&s, cases[i].bytes);
        assert_false(s.failed);
        assert_int_equal(s.diags.list.n, 0);
        same(s.text, cases[i].text);
        assert_int_equal(s.line_count, cases[i].lines);
        drop(&s);
    }
}

static void test_lines(void **state)
{
    (void)state;
    Source s;
    read_bytes(&s, STR("one\r\n\r\n三\r\nlast"));
    assert_int_equal(s.line_count, 4);
    same(source_line(&s, 1), STR("one"));
    same(source_line(&s, 2), STR(""));
    same(source_line(&s, 3), STR("三"));
    same(source_line(&s, 4), STR("last"));
    drop(&s);
}

/* Each of these stands between "a" and "b" on line 2 and is left out. */
static void test_controls(void **state)
{
    (void)state;
    static const Str cases[] = {
        BYTES("\0"),         BYTES("\x01"),         BYTES("\x0B"),         BYTES("\x0C"),
        BYTES("\x1B"),       BYTES("\x1F"),         BYTES("\x7F"),         BYTES("\xEF\xBF\xBE"),
        BYTES("\xEF\xBF\xBF"), BYTES("\xEF\xB7\x90"), BYTES("\xED\xA0\x80"), BYTES("\xED\xBF\xBF"),
        BYTES("\xF0\x9F\xBF\xBE"),
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        buf_puts(&b, "first\nAa");
        buf_put(&b, cases[i]);
        buf_put(&b, cases[i]);
        buf_puts(&b, "bcdefghijk\nlast\n");
        Source s;
        read_bytes(&s, buf_str(&b));
        same(s.text, STR("first\nAabcdefghijk\nlast\n"));
        one_message(&s, D_TEXT_CONTROL, 2, 3);
        assert_non_null(strstr(s.diags.list.at[0].detail.at, "; 2 in"));
        drop(&s);
        arena_free(&a);
    }
}

/* What stays: C1, zero width, a BOM inside, private use, U+FFFD, astral planes. */
static void test_kept(void **state)
{
    (void)state;
    Str text = STR("- \xC2\x80 \xE2\x80\x8B \xEF\xBB\xBF \xEE\x80\x80 \xEF\xBF\xBD \xF0\xA0\x80\x80\n ");
    Source s;
    read_bytes(&s, text);
    same(s.text, text);
    assert_int_equal(s.diags.list.n, 0);
    drop(&s);
}

/* Bytes of UTF-8 that would be common characters in UTF-16 too. */
static void test_nul(void **state)
{
    (void)state;
    Source s;
    read_bytes(&s, STR("# 章\n\n## 丙076explanation丙是什么？\n\n答案：丁\n\n"
                       "解析：前标 [标记](<java\0script:alert(1)>) 后标\n"));
    same(source_line(&s, 5), STR("答案：丁"));
    one_message(&s, D_TEXT_CONTROL, 7, 31);
    drop(&s);
}

static void test_encodings(void **state)
{
    (void)state;
    static const struct {
        Str bytes, text;
        const char *name;
    } cases[] = {
        {BYTES("\xFF\xFE" "a\0\x2D\x4E\n\0"), BYTES("a中\n"), "UTF-16LE"},
        {BYTES("\xFE\xFF" "\0a\x4E\x2D\0\n"), BYTES("a中\n"), "UTF-16BE"},
        {BYTES("a\0b\0\r\0\n\0\x2D\x4E\n\0"), BYTES("ab\n中\n"), "UTF-16LE"},
        {BYTES("\0a\0b\0\n\x4E\x2D\0\n"), BYTES("ab\n中\n"), "UTF-16BE"},
        {BYTES("\xFF\xFE\x3D\xD8\x00\xDE\n\0"), BYTES("😀\n"), "UTF-16LE"},
        /* 中 alone, and a question, in GBK */
        {BYTES("\xD6\xD0"), BYTES("中"), "GB18030"},
        {BYTES("\xCA\xB2\xC3\xB4\xCA\xC7\xB1\xD5\xB0\xFC\xA3\xBF\n"), BYTES("什么是闭包？\n"), "GB18030"},
        {BYTES("\x83\x4E\x83\x8D\x81\x5B\x83\x57\x83\x83\x82\xC6\x82\xCD\x89\xBD\x82\xC5\x82\xB7"
               "\x82\xA9\x81\x42\x8A\xD6\x90\x94\x82\xC6\x82\xBB\x82\xCC\x8A\xC2\x8B\xAB\x82\xCC"
               "\x82\xB1\x82\xC6\x82\xC5\x82\xB7\x81\x42\x0A"),
         BYTES("クロージャとは何ですか。関数とその環境のことです。\n"), "CP932"},
        {BYTES("\xC5\xAC\xB7\xCE\xC0\xFA\xB6\xF5\x20\xB9\xAB\xBE\xF9\xC0\xD4\xB4\xCF\xB1\xEE\x3F"
               "\x20\xC7\xD4\xBC\xF6\xBF\xCD\x20\xB1\xD7\x20\xC8\xAF\xB0\xE6\xC0\xBB\x20\xB8\xBB"
               "\xC7\xD5\xB4\xCF\xB4\xD9\x2E\x0A"),
         BYTES("클로저란 무엇입니까? 함수와 그 환경을 말합니다.\n"), "CP949"},
        {BYTES("\xA4\xB0\xBB\xF2\xAC\x4F\xB3\xAC\xA5\x5D\xA1\x48\xB3\xAC\xA5\x5D\xAC\x4F\xA8\xE7"
               "\xBC\xC6\xBB\x50\xA8\xE4\xC0\xF4\xB9\xD2\xAA\xBA\xB2\xD5\xA6\x58\xA1\x41\xA5\x69"
               "\xA5\x48\xB0\x4F\xA6\xED\xA5\x7E\xBC\x68\xAA\xBA\xC5\xDC\xBC\xC6\xA1\x43\x0A"),
         BYTES("什麼是閉包？閉包是函數與其環境的組合，可以記住外層的變數。\n"), "BIG5"},
        {BYTES("\x23\x00\x20\x00\x00\x4E\x01\x30\x00\x4E\x0A\x00"), BYTES("# 一、一\n"), "UTF-16LE"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s;
        read_bytes(&s, cases[i].bytes);
        assert_false(s.failed);
        same(s.text, cases[i].text);
        one_message(&s, D_TEXT_DECODED, 0, 0);
        same(s.diags.list.at[0].detail, str_of(cases[i].name));
        drop(&s);
    }
}

static void test_lone_surrogate(void **state)
{
    (void)state;
    Source s;
    read_bytes(&s, STR("\xFF\xFE" "a\0\x3D\xD8" "b\0\n\0"));
    same(s.text, STR("ab\n"));
    assert_int_equal(s.diags.count[DIAG_WARNING], 1);
    drop(&s);
}

static void test_bad_bytes(void **state)
{
    (void)state;
    static const struct {
        Str bytes;
        uint32_t line, column;
    } cases[] = {
        {BYTES("ok\n\xFF\xFF\xFE\x80\n"), 2, 1},          /* nothing */
        {BYTES("caf\xE9 is good\n"), 1, 4},                /* Latin-1 */
        {BYTES("a\n中文\xC0\xAF\n"), 2, 7},                /* overlong */
        {BYTES("a\n中\xE4\xB8"), 2, 4},                    /* cut off */
        {BYTES("a\n中\xF4\x90\x80\x80 b\n"), 2, 4},        /* above U+10FFFF */
        {BYTES("\xFF\xFE" "a\0b"), 1, 2},                  /* half a unit */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s;
        read_bytes(&s, cases[i].bytes);
        assert_true(s.failed);
        one_message(&s, D_TEXT_ENCODING, cases[i].line, cases[i].column);
        assert_true(s.diags.list.at[0].place.text.n >= cases[i].column);
        drop(&s);
    }
}

/* One bad byte among many good characters is shown, and costs no more than itself. */
static void test_stray_byte(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    for (int i = 0; i < 60; i++)
        buf_puts(&b, "中文\n");
    buf_puts(&b, "ab\xFF" "cd\n");
    Source s;
    read_bytes(&s, buf_str(&b));
    assert_false(s.failed);
    one_message(&s, D_TEXT_ENCODING, 61, 3);
    same(source_line(&s, 61), STR("ab\xEF\xBF\xBD" "cd"));
    drop(&s);
    arena_free(&a);
}

/* The survey's verdict is utf8_valid's for every string of two and three odd bytes. */
static void test_survey(void **state)
{
    (void)state;
    static const unsigned char odd[] = {0x00, 0x0A, 0x41, 0x7F, 0x80, 0x90, 0x9F, 0xA0, 0xBF,
                                        0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                        0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
    size_t n = COUNT(odd);
    for (size_t i = 0; i < n * n * n * n; i++) {
        unsigned char s[] = {odd[i % n], odd[i / n % n], odd[i / n / n % n], odd[i / n / n / n]};
        if (s[0] == 0xED || s[1] == 0xED || s[2] == 0xED)
            continue; /* surrogates, which the survey lets pass */
        Str text = {(const char *)s, sizeof s};
        assert_int_equal(text_survey(text).valid, utf8_valid(text));
    }
}

static void test_large(void **state)
{
    (void)state;
    char path[] = "/tmp/deckbind-test-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(ftruncate(fd, 256LL * 1024 * 1024 + 1), 0);
    close(fd);
    Source s = {.path = str_of(path)};
    s.diags.arena = &s.kept;
    source_read(&s);
    unlink(path);
    assert_true(s.failed);
    one_message(&s, D_FILE_TOO_LARGE, 0, 0);
    drop(&s);
}

/* The tags of `s`, joined by bars. */
static void same_tags(Source *s, Str want)
{
    Buf b = {.arena = &s->arena};
    for (size_t i = 0; i < s->meta.tags.n; i++) {
        buf_puts(&b, i ? "|" : "");
        buf_put(&b, s->meta.tags.at[i]);
    }
    same(buf_str(&b), want);
}

typedef struct MetaCase {
    const char *text;
    uint32_t end_line;
    Str title, deck, tags;
} MetaCase;

static void check_meta(const MetaCase *c, size_t messages)
{
    Source s;
    read_bytes(&s, str_of(c->text));
    assert_int_equal(s.meta.end_line, c->end_line);
    assert_int_equal(s.diags.list.n, messages);
    same(s.meta.title, c->title);
    same(s.meta.deck, c->deck);
    same_tags(&s, c->tags);
    drop(&s);
}

#define NONE STR_INIT("")

static void test_meta(void **state)
{
    (void)state;
    static const MetaCase cases[] = {
        {"---\ntitle: 面试\n---\n", 3, STR_INIT("面试"), NONE, NONE},
        {"\xEF\xBB\xBF---  \r\ntitle: a\r\n...\r\n", 3, STR_INIT("a"), NONE, NONE},
        {"---\ndeck: Go::并发\ntags: [go, 并发]\n---", 4, NONE, STR_INIT("Go::并发"), STR_INIT("go|并发")},
        {"---\ntags:\n  - go\n  - '#a b'\n---", 5, NONE, NONE, STR_INIT("go|a b")},
        {"---\ntags: 'go, web、db，k8s  #os'\n---", 3, NONE, NONE, STR_INIT("go|web|db|k8s|os")},
        {"---\nanki-deck: A\n---", 3, NONE, STR_INIT("A"), NONE},
        {"---\ncards-deck: A\ndeck: B\n---", 4, NONE, STR_INIT("A"), NONE},
        {"---\ntitle: [a, b]\ndeck: {x: y}\n---", 4, NONE, NONE, NONE},
        {"---\ntitle: |\n  one\n  two\n---", 5, STR_INIT("one two"), NONE, NONE},
        {"---\ntitle: \"a\\0\\eb\"\n---", 3, STR_INIT("ab"), NONE, NONE},
        {"---\nlayout: post\nnav: {y: [1, {z: 2}]}\n---", 4, NONE, NONE, NONE},
        {"---\n\n---\n", 3, NONE, NONE, NONE},
        {"---\n---\n", 2, NONE, NONE, NONE},
        {"---\ntags:\n---", 3, NONE, NONE, NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_meta(&cases[i], 0);
}

static void test_no_meta(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "title: a\n",
        "---\ntitle: a\n",              /* never closed */
        "\n---\ntitle: a\n---\n",       /* not at the top */
        "----\ntitle: a\n---\n",
        " ---\ntitle: a\n---\n",
        "---\n\n# Heading\n\n---\n",     /* a comment to YAML */
        "---\nSome text.\n---\n",
        "---\n- a\n- b\n---\n",
        "---\nQ: what\nA: that\n---\n",
        "---\nquestion: what\nanswer: that\n---\n",
        "---\n问: what\n---\n",
        "---\n**bold**: [text\n---\n",   /* bad YAML, and no pairs */
        "---\nnote: a: b\n---\n",        /* bad YAML, and no key of ours */
        "---",
        "---\n",
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_meta(&(MetaCase){cases[i], 0, NONE, NONE, NONE}, 0);
}

static void test_bad_meta(void **state)
{
    (void)state;
    static const MetaCase cases[] = {
        {"---\ntitle: 标题: 副题\n---", 3, STR_INIT("标题: 副题"), NONE, NONE},
        {"---\ntitle: *star\ntags:\n  - go\n  - \"db\"\n---", 6, STR_INIT("*star"), NONE, STR_INIT("go|db")},
        {"---\ndeck: \"A\"\ntitle: @x\n\n# c\n---", 6, STR_INIT("@x"), STR_INIT("A"), NONE},
        {"---\ntags: [a, b\n---", 3, NONE, NONE, STR_INIT("a|b")},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_meta(&cases[i], 1);
    Source s;
    read_bytes(&s, STR("---\ntitle: 标题: 副题\n---"));
    one_message(&s, D_META_INVALID, 2, 14);
    drop(&s);
}

/* Bombs cost no more than their length, and what is too long is text. */
static void test_meta_bombs(void **state)
{
    (void)state;
    static const char *const parts[] = {"[", "{a: ", "[\"]\",", "- ", "? ", "\"", "a: &x [*x, ", "!"};
    alarm(20); /* all of it takes a tenth of a second */
    for (size_t i = 0; i < COUNT(parts); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        buf_puts(&b, "---\n");
        while (b.n < 60000)
            buf_puts(&b, parts[i]);
        buf_puts(&b, "\n---\n");
        Source s;
        read_bytes(&s, buf_str(&b));
        assert_int_equal(s.meta.end_line, 0);
        drop(&s);
        arena_free(&a);
    }
    alarm(0);
}

static void test_meta_too_long(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    buf_puts(&b, "---\ntitle: a\n");
    for (int i = 0; i < 1000; i++)
        buf_puts(&b, "x: y\n");
    buf_puts(&b, "---\n");
    Source s;
    read_bytes(&s, buf_str(&b));
    assert_int_equal(s.meta.end_line, 0);
    assert_int_equal(s.line_count, 1003);
    drop(&s);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),       cmocka_unit_test(test_lines),
        cmocka_unit_test(test_controls),   cmocka_unit_test(test_kept),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_encodings),  cmocka_unit_test(test_lone_surrogate),
        cmocka_unit_test(test_bad_bytes),  cmocka_unit_test(test_stray_byte),
        cmocka_unit_test(test_survey),     cmocka_unit_test(test_large),
        cmocka_unit_test(test_meta),       cmocka_unit_test(test_no_meta),
        cmocka_unit_test(test_bad_meta),   cmocka_unit_test(test_meta_bombs),
        cmocka_unit_test(test_meta_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
