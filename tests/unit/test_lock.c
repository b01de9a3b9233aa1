/* test_lock.c -- deckbind.lock: what is written is read, and nothing else is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "book/assign.h"
#include "book/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PRINT "0123456789abcdef"
#define SKETCH PRINT PRINT PRINT PRINT
#define HEAD "deckbind lock 1\nrender 1\ntype 1700000000 " PRINT " Deckbind 问答\n"
#define STATE(guid, id, time, text) \
    "state " guid " " id " live question " time " " PRINT " " PRINT " " PRINT " " PRINT " " SKETCH " - 3 " text "\n"
#define ADOPTED_STATE(time) \
    "state g 7 live 99 " time " " PRINT " " PRINT " " PRINT " " PRINT " " SKETCH " - 3 甲\n"
#define ENTRY(guid, id) "\nentry " guid "\n" STATE(guid, id, "1700000000", "什么是 GC？")
#define TYPE(about) \
    "\nadopted " about "\nfield Front\nfield Back\ntemplate t q a\ntemplate u a q\nstyle s\n"
#define KEPT "kept 正面\nkept 背面\n"
#define TEN "一个很长的问题这里是十"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define LONG HUNDRED HUNDRED HUNDRED HUNDRED /* of bytes more than a thousand */
#define FILE_ROW "\nfile a.md\n"

typedef struct Tried {
    Arena arena;
    Diags diags;
    Lock lock;
    bool good;
} Tried;

static void try(Tried *t, Str text)
{
    *t = (Tried){0};
    t->diags.arena = t->lock.arena = &t->arena;
    char path[] = "/tmp/deckbind-lock-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.at, text.n), text.n);
    close(fd);
    t->lock.path = path;
    t->good = lock_read(&t->lock, &t->diags);
    unlink(path);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "type 4102444800 ffffffffffffffff a  b\\20\n"
        "\nfile a b\\0a\\5c.md\n"
        ENTRY("Kd8,f}q", "1704067200123")
        "\nentry a\\20b\nstate a\\20b 1 retired cloze 0 " PRINT " 0000000000000000 " PRINT " " PRINT " " SKETCH
        " 1:0a0b0c0d,3-01020304 \\2d \n"
        "\nentry c\nstate c 2 tagged question 1700000000 " PRINT " " PRINT " " PRINT " " PRINT " " SKETCH " - 3 什么是 GC？\n"
        "\nfile 网络/tcp.txt\n"
        ENTRY("ü", "4102444800000");
    Tried t;
    try(&t, str_of(text));
    assert_true(t.good);
    assert_int_equal(t.lock.entries.n, 4);
    const Locked *e = &t.lock.entries.at[1];
    assert_string_equal(str_copy(&t.arena, e->guid).at, "a b");
    assert_string_equal(str_copy(&t.arena, e->number).at, "-");
    assert_true(e->cloze && e->state == LOCKED_RETIRED && !e->tagged && !e->text.n);
    assert_true(e[1].state == LOCKED_RETIRED && e[1].tagged && e[1].time == 1700000000);
    assert_string_equal(str_copy(&t.arena, t.lock.files.at[0]).at, "a b\n\\.md");
    Str again = lock_write(&t.lock, &t.arena);
    assert_string_equal(again.at, text);
    arena_free(&t.arena);
}

static void windows_line_ends_are_none_of_its_text(void **state)
{
    (void)state;
    Tried t;
    Buf b = {0};
    Arena a = {0};
    b.arena = &a;
    for (const char *c = HEAD FILE_ROW ENTRY("g", "7"); *c; c++) {
        buf_puts(&b, *c == '\n' ? "\r" : "");
        buf_put_char(&b, *c);
    }
    try(&t, buf_str(&b));
    assert_true(t.good);
    assert_string_equal(lock_write(&t.lock, &t.arena).at, HEAD FILE_ROW ENTRY("g", "7"));
    arena_free(&t.arena);
    arena_free(&a);
}

static void of_two_sides_of_a_merge_the_later_holds(void **state)
{
    (void)state;
    Tried t;
    try(&t, STR(HEAD FILE_ROW "\nentry g\n" STATE("g", "7", "1700000000", "甲")
                ENTRY("h", "8") "\nfile b.md\n\nentry h\n" STATE("h", "8", "1900000000", "丙")
                STATE("g", "7", "1800000000", "乙")));
    assert_true(t.good);
    assert_int_equal(t.lock.entries.n, 2);
    assert_int_equal(t.lock.entries.at[0].time, 1900000000);
    assert_int_equal(t.lock.entries.at[0].file, 1);
    assert_true(str_eq(t.lock.entries.at[1].guid, STR("g")));
    assert_true(str_eq(t.lock.entries.at[1].text, STR("乙")));
    arena_free(&t.arena);
}

static void of_two_sides_either_may_have_what_an_adopted_note_keeps(void **state)
{
    (void)state;
    Tried t;
    try(&t, STR(HEAD TYPE("question 99 0 1 0 Basic") FILE_ROW "\nentry g\n" ADOPTED_STATE("1800000000") ADOPTED_STATE("1700000000")
                KEPT "cards 0 1\n"));
    assert_true(t.good);
    assert_int_equal(t.lock.entries.n, 1);
    const Locked *e = &t.lock.entries.at[0];
    assert_int_equal(e->time, 1800000000);
    assert_int_equal(e->fields.n, 2);
    assert_true(str_eq(e->fields.at[1], STR("背面")));
    assert_int_equal(e->cards.n, 2);
    arena_free(&t.arena);
}

static void a_note_type_that_both_sides_adopted_is_one(void **state)
{
    (void)state;
    Tried t;
    try(&t, STR(HEAD TYPE("question 98 0 1 0 甲") TYPE("question 99 0 1 0 乙") TYPE("question 98 0 1 0 丙") FILE_ROW
                "\nentry g\n" ADOPTED_STATE("1700000000") KEPT "cards 1\n"));
    assert_true(t.good);
    assert_int_equal(t.lock.adopted.n, 2);
    assert_int_equal(t.lock.adopted.at[0].type.fields.n, 2);
    assert_int_equal(t.lock.entries.at[0].adopted, 2);
    arena_free(&t.arena);
}

static void of_two_sides_at_one_time_it_is_not_known_which_holds(void **state)
{
    (void)state;
    Tried t;
    try(&t, STR(HEAD "type 1700000000 fedcba9876543210 Deckbind 问答\n" FILE_ROW ENTRY("g", "7")
                "state g 7 live question 1700000000 " PRINT " " PRINT " " PRINT " fedcba9876543210 "
                SKETCH " - 3 甲\n" ENTRY("h", "8") STATE("h", "8", "1700000000", "乙")));
    assert_true(t.good);
    assert_int_equal(t.lock.entries.n, 2);
    assert_int_equal(t.lock.entries.at[0].shown, 0);
    assert_int_equal(t.lock.entries.at[1].shown, 0x0123456789abcdef);
    assert_int_equal(t.lock.types.at[0].shown, 0);
    arena_free(&t.arena);
}

static void an_id_that_was_given_twice_is_parted(void **state)
{
    (void)state;
    Tried t;
    try(&t, STR(HEAD FILE_ROW ENTRY("h", "8") ENTRY("g", "7") ENTRY("f", "7")));
    assert_true(t.good);
    assert_int_equal(t.lock.entries.at[0].id, 9);
    assert_int_equal(t.lock.entries.at[1].id, 8);
    assert_int_equal(t.lock.entries.at[2].id, 7);
    arena_free(&t.arena);
}

/* A note type of two fields and two templates, and a note of it, at line 15. */
static bool is_believed(const char *kind, const char *kept)
{
    Tried t;
    Arena a = {0};
    Buf b = {.arena = &a};
    buf_printf(&b, HEAD "\nadopted %s 99 0 1 0 Basic\nfield F\nfield B\ntemplate t q a\ntemplate u a q\nstyle s\n"
                   FILE_ROW "\nentry g\n" ADOPTED_STATE("1") "%s", kind, kept);
    try(&t, buf_str(&b));
    bool good = t.good;
    assert_true(good || (t.diags.list.n == 1 && t.diags.list.at[0].place.line == 15));
    arena_free(&t.arena);
    arena_free(&a);
    return good;
}

static void an_adopted_note_has_the_fields_and_cards_of_its_type(void **state)
{
    (void)state;
    assert_true(is_believed("question", "kept \nkept 背\ncards 0 1\n"));
    assert_true(is_believed("question", "cards 1\nkept \nkept 背\n"));
    assert_true(is_believed("cloze", "kept \nkept 背\n"));
    assert_false(is_believed("question", "kept 背\ncards 0\n"));
    assert_false(is_believed("question", "kept \nkept 背\nkept 背\ncards 0\n"));
    assert_false(is_believed("question", "kept \nkept 背\n")); /* no card: Anki deletes the note */
    assert_false(is_believed("question", "kept \nkept 背\ncards 2\n"));
    assert_false(is_believed("question", "kept \nkept 背\ncards 0 0\n"));
    assert_false(is_believed("question", "kept \nkept 背\ncards 1 0\n"));
    assert_false(is_believed("cloze", "kept \nkept 背\ncards 0\n"));
}

static void what_is_wrong_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        DiagCode code;
        uint32_t line;
    } cases[] = {
        {"", D_LOCK_INVALID, 0},
        {"deckbind lock 2\n", D_LOCK_INVALID, 1},
        {"\x7F" "ELF\n", D_LOCK_INVALID, 1},
        {"deckbind lock 1\n", D_LOCK_INVALID, 1},
        {HEAD "hello\n", D_LOCK_INVALID, 4},
        {HEAD ENTRY("g", "7"), D_LOCK_INVALID, 5}, /* in no file */
        {HEAD FILE_ROW "\nentry g\n", D_LOCK_INVALID, 7},
        {HEAD FILE_ROW "\nentry g\n" ENTRY("h", "8"), D_LOCK_INVALID, 7},
        {HEAD FILE_ROW ENTRY("g", "0"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW ENTRY("g", "07"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW ENTRY("g", "99999999999999999999999999"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW ENTRY("g", "-7"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW ENTRY("-", "7"), D_LOCK_INVALID, 7},
        {HEAD FILE_ROW ENTRY("g\\0", "7"), D_LOCK_INVALID, 7},
        {HEAD FILE_ROW ENTRY("g\\zz", "7"), D_LOCK_INVALID, 7},
        {HEAD FILE_ROW ENTRY("g\xFF", "7"), D_LOCK_INVALID, 7},
        {HEAD FILE_ROW "\nentry g\n" STATE("g", "7", "4102444801", "甲"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW "\nentry g\n" STATE("g", "7", "1700000000", "\xC3\x28"), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW "\nentry g\nstate g 7 live question 1 12\n", D_LOCK_INVALID, 8},
        {HEAD FILE_ROW "\nentry g\nstate g 7 sleeping question 1\n", D_LOCK_INVALID, 8},
        {HEAD "\nfile \n", D_LOCK_INVALID, 5},
        {HEAD FILE_ROW "\nentry g\n" STATE("g", "7", "1700000000", LONG), D_LOCK_INVALID, 8},
        {HEAD FILE_ROW ENTRY("g", "4102444800000") ENTRY("h", "4102444800000"), D_LOCK_INVALID, 11},
        {HEAD "type 1 " PRINT " \n", D_LOCK_INVALID, 4},
        {HEAD TYPE("question 1718525371355 0 1 0 甲"), D_LOCK_INVALID, 5}, /* ours */
        {HEAD TYPE("question 0 0 1 0 甲"), D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 2 0 甲"), D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 1 1 0 甲"), D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 甲") "field fRONT\n", D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 甲") "field a\\00b\n", D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 甲") "field {:}　\n", D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 \""), D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 甲") "template - a b\n", D_LOCK_INVALID, 5},
        {HEAD TYPE("question 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") "cards 0\n", D_LOCK_INVALID, 13},
        {HEAD TYPE("question 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") KEPT, D_LOCK_INVALID, 13},
        {HEAD TYPE("question 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") KEPT "cards 0 0\n", D_LOCK_INVALID, 13},
        {HEAD TYPE("question 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") KEPT "cards 1 0\n", D_LOCK_INVALID, 13},
        {HEAD TYPE("question 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") KEPT "cards 0 2\n", D_LOCK_INVALID, 13},
        {HEAD TYPE("cloze 99 0 1 0 甲") FILE_ROW ADOPTED_STATE("1") KEPT "cards 0\n", D_LOCK_INVALID, 13},
        {HEAD FILE_ROW ENTRY("g", "7") "cards 0\n", D_LOCK_INVALID, 8},
        {HEAD FILE_ROW "<<<<<<< HEAD\n" ENTRY("g", "7"), D_LOCK_CONFLICT, 6},
        {HEAD FILE_ROW "\nentry g\n=======\n", D_LOCK_CONFLICT, 8},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Tried t;
        try(&t, str_of(cases[i].text));
        assert_false(t.good);
        assert_int_equal(t.diags.list.n, 1);
        assert_int_equal(t.diags.list.at[0].code, cases[i].code);
        if (t.diags.list.at[0].place.line != cases[i].line)
            fail_msg("case %zu: line %u", i, t.diags.list.at[0].place.line);
        arena_free(&t.arena);
    }
}

/* Every byte of a lock, changed and cut off: it is read or refused, and what is read is written. */
static void a_damaged_lock_is_harmless(void **state)
{
    (void)state;
    static const char whole[] = HEAD FILE_ROW ENTRY("g", "7") ENTRY("h\\20", "8");
    for (size_t i = 0; i < sizeof whole - 1; i++)
        for (int k = 0; k < 4; k++) {
            char text[sizeof whole];
            memcpy(text, whole, sizeof whole);
            text[i] = "\n \\\xE4"[k];
            Tried t;
            try(&t, (Str){text, k ? sizeof whole - 1 : i});
            assert_true(t.good || t.diags.list.n);
            if (t.good)
                lock_write(&t.lock, &t.arena);
            arena_free(&t.arena);
        }
}

static void pairs_are_worth_most_together(void **state)
{
    (void)state;
    Arena a = {0};
    EdgeVec edges = {0};
    static const Edge list[] = {
        {0, 0, 0.9F}, {0, 1, 0.8F}, /* the first come does not take what the second needs */
        {1, 0, 0.85F},
        {2, 2, 0.5F}, {3, 2, 0.9F}, /* one has to go without */
        {4, 3, 0.3F}, {5, 3, 0.4F}, {5, 4, 0.35F}, {6, 4, 0.1F}, {6, 5, 0.1F},
    };
    for (size_t i = 0; i < COUNT(list); i++)
        *vec_push(&edges, &a) = list[i];
    uint32_t pair[8];
    assign(&edges, 8, 6, pair);
    static const uint32_t want[8] = {1, 2, NO_PAIR, 4, 5, 7, 9, NO_PAIR};
    for (int i = 0; i < 8; i++)
        assert_int_equal(pair[i], want[i]);
    arena_free(&a);
}

/* So many that no search sees them all: it ends, and no member is in two pairs. */
static void thousands_that_hang_together_come_to_an_end(void **state)
{
    (void)state;
    enum { MEMBERS = 2000, EDGES = 8 };
    Arena a = {0};
    EdgeVec edges = {0};
    uint32_t pair[MEMBERS], number = 1;
    bool taken[MEMBERS] = {false};
    for (uint32_t i = 0; i < MEMBERS * EDGES; i++) {
        number = number * 1664525 + 1013904223;
        *vec_push(&edges, &a) = (Edge){i / EDGES, (number >> 8) % (MEMBERS * 9 / 10), 1 + (float)(number >> 16 & 1023) / 512};
    }
    assign(&edges, MEMBERS, MEMBERS, pair);
    for (uint32_t i = 0; i < MEMBERS; i++) {
        if (pair[i] == NO_PAIR)
            continue;
        assert_int_equal(edges.at[pair[i]].left, i);
        assert_false(taken[edges.at[pair[i]].right]);
        taken[edges.at[pair[i]].right] = true;
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(windows_line_ends_are_none_of_its_text),
        cmocka_unit_test(of_two_sides_of_a_merge_the_later_holds),
        cmocka_unit_test(of_two_sides_either_may_have_what_an_adopted_note_keeps),
        cmocka_unit_test(a_note_type_that_both_sides_adopted_is_one),
        cmocka_unit_test(of_two_sides_at_one_time_it_is_not_known_which_holds),
        cmocka_unit_test(an_id_that_was_given_twice_is_parted),
        cmocka_unit_test(an_adopted_note_has_the_fields_and_cards_of_its_type),
        cmocka_unit_test(what_is_wrong_is_refused_with_its_line),
        cmocka_unit_test(a_damaged_lock_is_harmless),
        cmocka_unit_test(pairs_are_worth_most_together),
        cmocka_unit_test(thousands_that_hang_together_come_to_an_end),
    };
    return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
