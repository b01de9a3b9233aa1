/*
 * test_base.c -- memory, text, code points, messages.
 */
#include "base/diag.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/print.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define BYTES(literal) {"" literal, sizeof(literal) - 1}

static void same(Str got, Str want)
{
    if (!str_eq(got, want))
        fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got), STR_ARG(want));
}

static bool is_zeroed(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static void test_arena_alloc(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 1000, 1024, 1025, 100000, 3000000};
    Arena a = {0};
    unsigned char *kept[COUNT(sizes)];
    for (size_t i = 0; i < COUNT(sizes); i++) {
        kept[i] = arena_new(&a, unsigned char, sizes[i]);
        assert_int_equal((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
        assert_true(is_zeroed(kept[i], sizes[i]));
        memset(kept[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(kept[i][k], i + 1);
    arena_free(&a);
    assert_null(a.newest);
}

static void test_arena_grow(void **state)
{
    (void)state;
    Arena a = {0};
    char *p = arena_grow(&a, NULL, 0, 4);
    memcpy(p, "abcd", 4);
    char *grown = arena_grow(&a, p, 4, 64);
    assert_memory_equal(grown, "abcd", 4);
    assert_true(is_zeroed((unsigned char *)grown + 4, 60));
    char *other = arena_new(&a, char, 1);
    *other = 'x';
    char *moved = arena_grow(&a, grown, 64, 5000);
    assert_ptr_not_equal(moved, grown);
    assert_memory_equal(moved, "abcd", 4);
    assert_true(is_zeroed((unsigned char *)moved + 64, 5000 - 64));
    assert_int_equal(*other, 'x');
    arena_free(&a);
}

/* Long lists of one arena grow past each other; what another arena gives stays. */
static void test_arena_large(void **state)
{
    (void)state;
    enum { N = 1 << 20 };
    Arena a = {0}, other = {0};
    char *given = memset(arena_new(&other, char, N), 'o', N);
    Vec(char) one = {0}, two = {0};
    for (size_t i = 0; i < N; i++) {
        *vec_push(&one, &a) = (char)i;
        *vec_push(&two, &a) = (char)~i;
        if (i == N / 2)
            arena_take(&a, &other);
    }
    assert_null(other.newest);
    arena_take(&a, &other); /* of nothing */
    for (size_t i = 0; i < N; i++)
        assert_true(one.at[i] == (char)i && two.at[i] == (char)~i && given[i] == 'o');
    arena_take(&other, &a);
    assert_null(a.newest);
    assert_int_equal(given[N - 1], 'o');
    arena_free(&other);
}

/* What cannot be had ends the program with 2, in a child here. */
static void test_arena_exhausted(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr);
        Arena a = {0};
        arena_alloc(&a, SIZE_MAX / 4, 8);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
}

static void test_vec(void **state)
{
    (void)state;
    Arena a = {0};
    Vec(size_t) v = {0};
    for (size_t i = 0; i < 10000; i++) {
        *vec_push(&v, &a) = i;
        if (i % 7 == 0)
            arena_new(&a, char, 3); /* so the list has to move */
    }
    assert_int_equal(v.n, 10000);
    for (size_t i = 0; i < v.n; i++)
        assert_int_equal(v.at[i], i);
    arena_free(&a);
}

static void test_str(void **state)
{
    (void)state;
    Str none = {0};
    assert_true(str_eq(none, STR("")));
    assert_true(str_eq(str_drop(none, 3), none));
    assert_int_equal(str_trim(none).n, 0);
    assert_int_equal(str_find(none, STR("a")), STR_NONE);
    assert_int_equal(str_find_char(none, 'a'), STR_NONE);
    assert_true(str_starts(STR("abc"), STR("")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_starts_nocase(STR("TODO x"), STR("todo")));
    assert_false(str_starts_nocase(STR("[odo"), STR("{odo")));
    assert_true(str_ends(STR("a.md"), STR(".md")));
    assert_false(str_ends(STR("md"), STR(".md")));
    assert_int_equal(str_find(STR("abcabd"), STR("abd")), 3);
    assert_int_equal(str_find(STR("ab"), STR("abc")), STR_NONE);
    same(str_trim(STR(" \t\r\n a b \n")), STR("a b"));
    same(str_take(STR("abc"), 9), STR("abc"));
    same(str_drop(STR("abc"), 9), STR(""));
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("\xFF"), STR("a")) > 0); /* bytes are unsigned */
    assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
}

static void test_str_eat(void **state)
{
    (void)state;
    Str s = STR("a,b,,c");
    assert_false(str_eat(&s, STR("b")));
    same(s, STR("a,b,,c"));
    assert_true(str_eat(&s, STR("a,")));
    same(str_cut(&s, ','), STR("b"));
    same(str_cut(&s, ','), STR(""));
    same(str_cut(&s, ','), STR("c"));
    assert_int_equal(s.n, 0);
    same(str_cut(&s, ','), STR(""));
}

static void test_buf(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a}, want = {.arena = &a};
    same(buf_str(&b), STR(""));
    for (int i = 0; i < 1000; i++) {
        buf_printf(&b, "%d,", i);
        arena_new(&a, char, 1);
        char digits[16];
        snprintf(digits, sizeof digits, "%d,", i);
        buf_puts(&want, digits);
    }
    same(buf_str(&b), buf_str(&want));
    assert_int_equal(b.at[b.n], '\0');
    buf_put(&b, (Str){0});
    buf_put_char(&b, 'z');
    assert_int_equal(b.n, want.n + 1);
    arena_free(&a);
}

static void test_ascii(void **state)
{
    (void)state;
    for (int c = -128; c < 128; c++) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        assert_int_equal(is_alpha((char)c), letter);
        assert_int_equal(is_punct((char)c), c > ' ' && c < 127 && !letter && !is_digit((char)c));
        assert_int_equal(is_space((char)c), c == ' ' || (c >= 9 && c <= 13));
    }
}

static void test_utf8_at(void **state)
{
    (void)state;
    static const struct {
        Str bytes;
        uint32_t code;
        size_t n;
    } cases[] = {
        {BYTES("a"), 'a', 1},
        {BYTES("\xC2\x80"), 0x80, 2},
        {BYTES("\xDF\xBF"), 0x7FF, 2},
        {BYTES("\xE0\xA0\x80"), 0x800, 3},
        {BYTES("中"), 0x4E2D, 3},
        {BYTES("\xEF\xBF\xBF"), 0xFFFF, 3},
        {BYTES("\xF0\x90\x80\x80"), 0x10000, 4},
        {BYTES("\xF4\x8F\xBF\xBF"), 0x10FFFF, 4},
        {BYTES("\xF4\x90\x80\x80"), 0xFFFD, 1}, /* too large */
        {BYTES("\xC0\x80"), 0xFFFD, 1},         /* overlong */
        {BYTES("\xC1\xBF"), 0xFFFD, 1},
        {BYTES("\xE0\x9F\xBF"), 0xFFFD, 1},
        {BYTES("\xF0\x8F\xBF\xBF"), 0xFFFD, 1},
        {BYTES("\xED\xA0\x80"), 0xFFFD, 1}, /* a surrogate */
        {BYTES("\x80"), 0xFFFD, 1},
        {BYTES("\xE4\xB8"), 0xFFFD, 1}, /* cut off */
        {BYTES("\xE4\xB8" "a"), 0xFFFD, 1},
        {BYTES("\xFF"), 0xFFFD, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n;
        assert_int_equal(utf8_at(cases[i].bytes, 0, &n), cases[i].code);
        assert_int_equal(n, cases[i].n);
        bool valid = cases[i].code != 0xFFFD;
        assert_int_equal(utf8_valid(cases[i].bytes), valid ? n : 0);
        if (valid)
            assert_int_equal(utf8_before(cases[i].bytes, n), cases[i].code);
    }
    assert_int_equal(utf8_before(STR("a"), 0), 0);
}

/* Every code point there and back. */
static void test_utf8_round(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    for (uint32_t code = 0; code <= 0x110000; code++) {
        b.n = 0;
        utf8_put(&b, code);
        bool good = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        size_t n;
        assert_int_equal(utf8_at(buf_str(&b), 0, &n), good ? code : 0xFFFD);
        assert_int_equal(n, b.n);
    }
    arena_free(&a);
}

static void test_utf8_classes(void **state)
{
    (void)state;
    assert_int_equal(utf8_width(STR("a中，e\xCC\x81")), 6);
    assert_true(utf8_is_space(0x3000) && utf8_is_space(0xA0) && utf8_is_space('\f'));
    assert_false(utf8_is_space(0x200B) || utf8_is_space('a'));
    assert_true(utf8_looks_blank(STR(" \u200B\u200F\u2060\uFEFF\u3000")) && utf8_looks_blank(STR("")));
    assert_false(utf8_looks_blank(STR(" \u2060.")));
    assert_true(utf8_is_punct(0x3002) && utf8_is_punct(0xFF0C) && utf8_is_punct('$')
                && utf8_is_punct(0x20AC));
    assert_false(utf8_is_punct(0x4E2D) || utf8_is_punct('a'));
    assert_true(utf8_is_han(0x4E2D) && utf8_is_han(0x20000));
    assert_false(utf8_is_han(0x3042) || utf8_is_han(0x3002));
    assert_true(utf8_is_cjk(0x3042) && utf8_is_cjk(0xFF0C) && utf8_is_cjk(0xAC00));
    assert_false(utf8_is_cjk('a') || utf8_is_cjk(0xE9));
}

static void test_utf8_maps(void **state)
{
    (void)state;
    Arena a = {0};
    same(utf8_fold(STR("STRASSE ＡＢＣ"), &a), utf8_fold(STR("straße abc"), &a));
    same(utf8_nfc(STR("e\xCC\x81"), &a), STR("\xC3\xA9"));
    Str ascii = STR("plain");
    assert_ptr_equal(utf8_nfc(ascii, &a).at, ascii.at);
    arena_free(&a);
}

/* Marks of two classes in turn have to be sorted; as many as no script has are not. */
static void test_utf8_marks(void **state)
{
    enum { PAIRS = 100000 };
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    buf_puts(&b, "q\u0301\u0323");
    same(utf8_nfc(buf_str(&b), &a), STR("q\u0323\u0301"));
    for (int i = 0; i < PAIRS; i++)
        buf_puts(&b, "\u0301\u0323");
    clock_t start = clock();
    Str once = utf8_nfc(buf_str(&b), &a);
    utf8_fold(buf_str(&b), &a);
    assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
    assert_true(once.n >= b.n); /* none is lost */
    same(utf8_nfc(once, &a), once);
    arena_free(&a);
}

static void test_hash(void **state)
{
    (void)state;
    static const unsigned char abc[] = {0xA9, 0x99, 0x3E, 0x36, 0x47, 0x06, 0x81, 0x6A, 0xBA, 0x3E,
                                        0x25, 0x71, 0x78, 0x50, 0xC2, 0x6C, 0x9C, 0xD0, 0xD8, 0x9D};
    unsigned char digest[SHA1_BYTES];
    hash_sha1(STR("abc"), digest);
    assert_memory_equal(digest, abc, sizeof abc);
    assert_true(hash64(STR("abc")) == UINT64_C(0xBA7816BF8F01CFEA));
}

static void test_json(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    json_put(&b, "{s:s%, s:i, s:b}", "z", JSON_STR(STR("中\"\n\x01")), "a", 7, "b", 1);
    same(buf_str(&b), STR("{\"z\":\"中\\\"\\n\\u0001\",\"a\":7,\"b\":true}"));
    b.n = 0;
    json_put(&b, "{s:s%}", "z", JSON_STR(STR("\xFF")));
    same(buf_str(&b), STR("null"));
    arena_free(&a);
}

/* What diag_print says, in `a`. */
static Str printed(const Diags *d, DiagLevel least, Arena *a)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    diag_print(d, least, f);
    fclose(f);
    Str copy = str_copy(a, (Str){text, n});
    free(text);
    return copy;
}

static void test_diag_place(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    Place place = {.file = STR("a.md"), .line = 3, .column = 7, .text = STR("中文x")};
    diag(&d, D_LINK_BROKEN, place, "%s", "why");
    Str out = printed(&d, DIAG_NOTE, &a);
    assert_true(str_starts(out, STR("a.md:3:3: warning[LINK_BROKEN]: ")));
    assert_true(str_find(out, STR(": why\n    | 中文x\n    |     ^\n    help: ")) != STR_NONE);
    arena_free(&a);
}

static void test_diag_levels(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    assert_false(diag_any(&d, DIAG_NOTE));
    for (int i = 0; i < DIAGS_KEPT + 5; i++)
        diag(&d, D_NO_ANSWER, (Place){.file = STR("n.md")}, NULL);
    diag(&d, D_IMAGE_MISSING, (Place){.file = STR("i.md")}, NULL);
    assert_true(diag_any(&d, DIAG_ERROR));
    assert_false(diag_any(&d, DIAG_FATAL));
    assert_int_equal(d.count[DIAG_NOTE], DIAGS_KEPT + 5);
    assert_int_equal(d.list.n, DIAGS_KEPT + 1);
    assert_true(str_find(printed(&d, DIAG_NOTE, &a), STR("5 more")) != STR_NONE);
    Str errors = printed(&d, DIAG_ERROR, &a);
    assert_true(str_find(errors, STR("i.md: error")) != STR_NONE);
    assert_true(str_find(errors, STR("n.md")) == STR_NONE);
    arena_free(&a);
}

/* Text from outside cannot forge a line, a colour or a direction. */
static void test_diag_safe(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    Str evil = STR("  ::x\n::error::\r\x1B[31m\xE2\x80\xAE\xC2\x9B\xFFy");
    diag(&d, D_LINK_BROKEN, (Place){.file = evil, .line = 1, .column = 2, .text = evil}, "%.*s",
         STR_ARG(evil));
    Str out = printed(&d, DIAG_NOTE, &a);
    assert_int_equal(utf8_valid(out), out.n);
    size_t lines = 0;
    for (Str rest = out; rest.n; lines++) {
        Str line = str_cut(&rest, '\n');
        assert_false(str_starts(str_trim(line), STR("::")));
        for (size_t i = 0; i < line.n; i++)
            assert_true((unsigned char)line.at[i] >= 0x20 && line.at[i] != 0x7F);
    }
    assert_int_equal(lines, 4);
    assert_true(str_find(out, STR("\xE2\x80\xAE")) == STR_NONE);
    assert_true(str_find(out, STR("\xC2\x9B")) == STR_NONE);
    arena_free(&a);
}

static void check_print(void (*print)(Str, FILE *), const char *text, const char *want)
{
    char *got = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&got, &n);
    print(str_of(text), f);
    fclose(f);
    assert_string_equal(got, want);
    free(got);
}

static void test_print(void **state)
{
    (void)state;
    check_print(print_safe, "a\tb\x1B[1m\u200F\u061C\uFDD0\xFF中", "a\tb?[1m????中");
    check_print(print_safe, "::a ##[b ##VSO[c # ## d", "::a #\\#[b #\\#VSO[c # ## d");
    check_print(print_path, "::a\n::b\xFF\u202E.md", "./::a\\x0A::b\\xFF\\xE2\\x80\\xAE.md");
    check_print(print_path, " :a", "./ :a");
    check_print(print_json, "{\"##[a\": \"\u200F\U000E0041中\"}",
                "{\"\\u0023#[a\": \"\\u200F\\uDB40\\uDC41中\"}");
}

/* A caret far out in a long line: a window of it is shown. */
static void test_diag_window(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf line = {.arena = &a};
    for (int i = 0; i < 500; i++)
        buf_puts(&line, "中");
    buf_puts(&line, "X");
    diag(&d, D_LINK_BROKEN,
         (Place){.file = STR("a"), .line = 1, .column = 1501, .text = buf_str(&line)}, NULL);
    Str out = printed(&d, DIAG_NOTE, &a);
    assert_true(str_starts(out, STR("a:1:501: ")));
    assert_true(out.n < 1000);
    assert_int_equal(utf8_valid(out), out.n);
    assert_true(str_find(out, STR("中X\n")) != STR_NONE);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_alloc),     cmocka_unit_test(test_arena_grow),
        cmocka_unit_test(test_arena_exhausted), cmocka_unit_test(test_arena_large),
        cmocka_unit_test(test_vec),
        cmocka_unit_test(test_str),             cmocka_unit_test(test_str_eat),
        cmocka_unit_test(test_buf),             cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_utf8_at),         cmocka_unit_test(test_utf8_round),
        cmocka_unit_test(test_utf8_classes),    cmocka_unit_test(test_utf8_maps),
        cmocka_unit_test(test_utf8_marks),
        cmocka_unit_test(test_hash),            cmocka_unit_test(test_json),
        cmocka_unit_test(test_diag_place),      cmocka_unit_test(test_diag_levels),
        cmocka_unit_test(test_diag_safe),
        cmocka_unit_test(test_print),       cmocka_unit_test(test_diag_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
