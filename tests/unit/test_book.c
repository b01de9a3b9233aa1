/*
 * test_book.c -- names, decks, identities and duplicates of a book.
 */
#include "base/utf8.h"
#include "book/check.h"
#include "book/duplicates.h"
#include "book/fingerprint.h"
#include "book/gather.h"
#include "book/identity.h"
#include "book/paginate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SOURCES = 3 };

typedef struct World {
    Book book;
    Source sources[SOURCES];
} World;

static void same(Str got, const char *want)
{
    assert_int_equal(got.n, str_of(want).n);
    assert_memory_equal(got.at, want, got.n);
}

/* A question, answered or not; a section where `depth` says so. */
static Entry *add(Source *s, EntryKind kind, const char *title, bool answered)
{
    static uint32_t starts[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    s->starts = starts;
    s->line_count = COUNT(starts) - 1;
    s->text = STR("\n\n\n\n\n\n\n\n\n\n");
    Entry *e = vec_push(&s->entries, &s->kept);
    *e = (Entry){.kind = kind, .line = (uint32_t)s->entries.n, .title = str_of(title),
                 .plain_title = str_of(title), .answered = answered};
    return e;
}

static void make(World *w)
{
    static const char *const names[SOURCES] = {"a.md", "网络/tcp.txt", "网络/深/udp.md"};
    *w = (World){0};
    w->book.sources = w->sources;
    w->book.source_count = SOURCES;
    w->book.folder = STR("./Go 笔记/");
    w->book.folder_name = STR("Go 笔记");
    w->book.diags.arena = &w->book.arena;
    for (size_t i = 0; i < SOURCES; i++) {
        w->sources[i].name = w->sources[i].path = str_of(names[i]);
        w->sources[i].diags.arena = &w->sources[i].kept;
    }
}

static void bind(World *w)
{
    book_gather(&w->book);
    for (size_t i = 0; i < SOURCES; i++) {
        source_fingerprint(&w->sources[i]);
        source_wordings(&w->sources[i]);
    }
    book_identify(&w->book);
    book_duplicates(&w->book);
    book_paginate(&w->book);
}

static void drop(World *w)
{
    for (size_t i = 0; i < SOURCES; i++)
        arena_free(&w->sources[i].arena), arena_free(&w->sources[i].kept);
    arena_free(&w->book.arena);
}

static void what_is_not_said_comes_from_folder_and_files(void **state)
{
    (void)state;
    World w;
    make(&w);
    add(&w.sources[0], ENTRY_QUESTION, "甲？", true);
    w.sources[1].meta.title = STR("TCP 笔记");
    add(&w.sources[1], ENTRY_QUESTION, "乙？", true);
    add(&w.sources[2], ENTRY_QUESTION, "丙？", false);
    bind(&w);
    same(w.book.config.title, "Go 笔记");
    assert_true(str_starts(w.book.config.file_name, STR("go-"))); /* something was lost */
    assert_int_equal(w.book.config.file_name.n, 9);
    same(w.book.config.language, "zh-CN");
    same(w.sources[0].deck, "Go 笔记::a");
    same(w.sources[1].deck, "Go 笔记::网络::TCP 笔记");
    same(w.sources[2].deck, "Go 笔记::网络::深::udp");
    book_check(&w.book);
    assert_int_equal(w.sources[2].tags.n, 2);
    assert_int_equal(w.book.questions, 3);
    assert_int_equal(w.book.answered, 2);
    drop(&w);
}

static void a_heading_over_all_is_the_title(void **state)
{
    (void)state;
    World w;
    make(&w);
    add(&w.sources[0], ENTRY_SECTION, "**Go** 并发", false)->plain_title = STR("Go 并发");
    Entry *e = add(&w.sources[0], ENTRY_QUESTION, "甲？", true);
    e->parent = e->depth = 1;
    add(&w.sources[1], ENTRY_SECTION, "一", false);
    add(&w.sources[1], ENTRY_SECTION, "二", false);
    e = add(&w.sources[1], ENTRY_QUESTION, "乙？", true);
    e->parent = 2, e->depth = 1;
    bind(&w);
    source_sections(&w.sources[0]);
    source_sections(&w.sources[1]);
    same(w.sources[0].title, "Go 并发");
    same(w.sources[0].entries.at[1].section, "Go 并发");
    same(w.sources[1].title, "tcp");
    same(w.sources[1].entries.at[2].section, "tcp › 二");
    assert_int_equal(w.sources[0].pages.n, 1);
    assert_int_equal(w.sources[1].pages.n, 2);
    same(w.sources[1].pages.at[1].title, "二");
    drop(&w);
}

static void identity_is_the_question_and_its_place_among_equals(void **state)
{
    (void)state;
    World w, again;
    make(&w);
    make(&again);
    Entry *a = add(&w.sources[0], ENTRY_QUESTION, "什么是 `GC`？", true);
    Entry *b = add(&w.sources[1], ENTRY_QUESTION, "什么是 gc", true);
    Entry *numbered = add(&w.sources[1], ENTRY_QUESTION, "什么是 gc #2", true);
    bind(&w);
    add(&again.sources[0], ENTRY_QUESTION, "新的问题？", true);
    Entry *moved = add(&again.sources[2], ENTRY_QUESTION, "什么是GC?", true);
    bind(&again);
    same(a->normal, "什么是gc");
    same(b->normal, "什么是gc");
    assert_false(str_eq(b->guid, numbered->guid));
    assert_false(str_eq(a->guid, b->guid));
    assert_true(str_eq(a->guid, moved->guid));
    assert_true(str_eq(a->anchor, moved->anchor));

    World other;
    make(&other);
    other.book.config.identifier = STR("another book");
    Entry *c = add(&other.sources[0], ENTRY_QUESTION, "什么是 GC", true);
    bind(&other);
    assert_false(str_eq(a->guid, c->guid));
    drop(&w);
    drop(&again);
    drop(&other);
}

static size_t count(const World *w, DiagCode code)
{
    size_t n = 0;
    for (size_t i = 0; i < SOURCES; i++)
        for (size_t k = 0; k < w->sources[i].diags.list.n; k++)
            n += w->sources[i].diags.list.at[k].code == code;
    return n;
}

static size_t characters(Str s)
{
    size_t n = 0;
    for (; s.n; n++)
        s = str_drop(s, utf8_take(s, 1).n);
    return n;
}

static void what_every_card_bears_is_short_and_shared(void **state)
{
    (void)state;
    World w;
    make(&w);
    Source *s = &w.sources[0];
    Buf title = {.arena = &s->kept};
    for (int i = 0; i < 300; i++)
        buf_puts(&title, "长");
    for (int i = 0; i < 200; i++)
        *vec_push(&s->meta.tags, &s->kept) = i ? STR("a") : buf_str(&title);
    for (uint32_t depth = 0; depth < 9; depth++) {
        Entry *e = add(s, ENTRY_SECTION, buf_str(&title).at, false);
        e->parent = e->depth = depth;
    }
    for (int i = 0; i < 2; i++) {
        Entry *e = add(s, ENTRY_QUESTION, "甲？", true);
        e->parent = e->depth = 2;
    }
    bind(&w);
    source_sections(s);
    assert_int_equal(characters(s->entries.at[3].section), 101 + 3 + 101 + 3 + 101);
    assert_int_equal(characters(s->entries.at[8].section), 501);
    assert_ptr_equal(s->entries.at[9].section.at, s->entries.at[10].section.at);
    assert_int_equal(s->tags.n, 100);
    assert_int_equal(characters(s->tags.at[0]), 100);
    assert_int_equal(count(&w, D_TAGS_CUT), 2);
    assert_true(count(&w, D_SECTION_CUT) > 0);
    arena_free(&s->arena);
    drop(&w);
}

static void equal_questions_are_reported_and_answered_by_each_other(void **state)
{
    (void)state;
    World w;
    make(&w);
    add(&w.sources[0], ENTRY_QUESTION, "make 和 new 有什么区别？", true);
    add(&w.sources[1], ENTRY_QUESTION, "new与make的差别", false);
    add(&w.sources[1], ENTRY_QUESTION, "Make 和 New 有什么区别", false);
    add(&w.sources[2], ENTRY_QUESTION, "make 和 append 的区别", false);
    add(&w.sources[2], ENTRY_QUESTION, "什么是 map", false);
    bind(&w);
    assert_int_equal(count(&w, D_SAME_QUESTION), 1);
    assert_int_equal(count(&w, D_NEAR_QUESTION), 1);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(w.sources[1].entries.at[i].twin_source, 1);
        assert_int_equal(w.sources[1].entries.at[i].twin, 1);
        assert_int_equal(w.sources[2].entries.at[i].twin, 0);
    }
    drop(&w);
}

/* Two of them are the same to one comparison, two others to the next. */
static void all_that_ask_the_same_are_one_ring(void **state)
{
    (void)state;
    static const char *const titles[] = {"goto panic 是什么", "什么是 panic goto", "go to panic 是什么", "panic {{c1::goto}}"};
    World w;
    make(&w);
    for (size_t i = 0; i < COUNT(titles); i++)
        add(&w.sources[0], ENTRY_QUESTION, titles[i], true)->cloze = i == 3 ? GAPS_CLOZE : GAPS_NONE;
    add(&w.sources[1], ENTRY_QUESTION, "panic {{c1::goto}}", true)->cloze = GAPS_CLOZE;
    bind(&w);
    const Entry *first = w.sources[0].entries.at, *e = first;
    for (size_t i = 0; i < 3; i++, e = &first[e->like.entry - 1]) {
        assert_int_equal(e->like.source, 1);
        assert_true(!i || e != first);
    }
    assert_ptr_equal(e, first);
    assert_int_equal(first[3].like.source, 2);
    same(first[3].like.title, "panic {{c1::goto}}");
    drop(&w);
}

static void an_id_outlives_the_question(void **state)
{
    (void)state;
    World w, later;
    make(&w);
    make(&later);
    add(&w.sources[0], ENTRY_QUESTION, "甲？", true)->id = STR("16073");
    add(&later.sources[0], ENTRY_QUESTION, "甲到底是什么？", true)->id = STR("16073");
    add(&later.sources[0], ENTRY_QUESTION, "id16073", true);
    bind(&w);
    bind(&later);
    const Entry *entries = later.sources[0].entries.at;
    same(entries[0].guid, w.sources[0].entries.at[0].guid.at);
    assert_false(str_eq(entries[0].guid, entries[1].guid));
    drop(&w);
    drop(&later);
}

/* A note of 20 entries, each a line of 20,000 bytes, the first and the 11th of them sections. */
static void fill_large(Source *s)
{
    enum { ENTRIES = 20, BYTES = 20000 };
    char *text = arena_new(&s->kept, char, ENTRIES * BYTES);
    s->starts = arena_new(&s->kept, uint32_t, ENTRIES + 1);
    memset(text, 'x', ENTRIES * BYTES);
    for (uint32_t i = 0; i < ENTRIES; i++) {
        Entry *e = vec_push(&s->entries, &s->kept);
        *e = (Entry){.kind = i % 10 ? ENTRY_QUESTION : ENTRY_SECTION, .line = i + 1, .depth = 1 + (i == 10),
                     .title = STR("**甲**"), .plain_title = STR("甲")};
        text[(i + 1) * BYTES - 1] = '\n';
        s->starts[i + 1] = (i + 1) * BYTES;
    }
    s->text = (Str){text, ENTRIES * BYTES};
    s->line_count = ENTRIES;
}

/* Pieces of a chapter hold whole entries, and none ends in a heading. */
static void large_chapters_are_cut(void **state)
{
    (void)state;
    World w;
    make(&w);
    Source *s = &w.sources[0];
    fill_large(s);
    source_weigh(s);
    book_paginate(&w.book);
    s->pages.at[0].title = s->entries.at[0].title; /* a chapter is named after its section */
    source_sections(s);
    assert_true(s->pages.n > 1);
    Buf name = {.arena = &s->kept};
    for (size_t i = 0; i < s->pages.n; i++) {
        const Page *page = &s->pages.at[i];
        assert_int_equal(page->piece, i);
        same(page->title, "甲");
        assert_int_equal(page->first, i ? s->pages.at[i - 1].last : 0);
        assert_true(page->last - page->first <= 10);
        assert_int_equal(s->entries.at[page->last - 1].kind, ENTRY_QUESTION);
        name.n = 0;
        buf_printf(&name, "%.*s-%zu.xhtml", (int)(s->pages.at[0].name.n - 6), s->pages.at[0].name.at, i + 1);
        same(page->name, i ? buf_str(&name).at : s->pages.at[0].name.at);
        assert_ptr_equal(source_page(s, page->first), page);
        assert_ptr_equal(source_page(s, page->last - 1), page);
    }
    assert_int_equal(s->pages.at[s->pages.n - 1].last, s->entries.n);
    assert_int_equal(source_chapter_end(s, 0), s->pages.n);
    drop(&w);
}

/* Pages of a source of 40 entries of one line each, which is `line` so many times. */
static size_t pages_of(const char *line, size_t times)
{
    enum { ENTRIES = 40 };
    World w;
    make(&w);
    Source *s = &w.sources[0];
    Buf text = {.arena = &s->kept};
    s->starts = arena_new(&s->kept, uint32_t, ENTRIES);
    for (uint32_t i = 0; i < ENTRIES; i++) {
        s->starts[i] = (uint32_t)text.n;
        *vec_push(&s->entries, &s->kept) = (Entry){.kind = ENTRY_QUESTION, .line = i + 1};
        for (size_t k = 0; k < times; k++)
            buf_puts(&text, line);
        buf_puts(&text, "\n\n");
    }
    s->text = buf_str(&text);
    source_weigh(s);
    book_paginate(&w.book);
    size_t pages = s->pages.n;
    drop(&w);
    return pages;
}

/* Each row of a table may be written with its headings, each letter of a formula as an element. */
static void what_grows_on_a_page_is_reckoned(void **state)
{
    (void)state;
    assert_int_equal(pages_of("甲乙丙丁\n", 100), 1);
    assert_int_equal(pages_of("甲|乙|丙|丁\n", 100), 3);
    assert_int_equal(pages_of("价 $5 甲\n\n乙丙丁戊己庚辛壬\n\n", 15), 1);
    assert_true(pages_of("$a+b+c+d+e+f+g+h$\n\n", 50) > 5);
    assert_true(pages_of("$$a+b+c+d\n+e+f+g+h$$\n\n", 50) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_said_comes_from_folder_and_files),
        cmocka_unit_test(a_heading_over_all_is_the_title),
        cmocka_unit_test(identity_is_the_question_and_its_place_among_equals),
        cmocka_unit_test(what_every_card_bears_is_short_and_shared),
        cmocka_unit_test(equal_questions_are_reported_and_answered_by_each_other),
        cmocka_unit_test(all_that_ask_the_same_are_one_ring),
        cmocka_unit_test(an_id_outlives_the_question),
        cmocka_unit_test(large_chapters_are_cut),
        cmocka_unit_test(what_grows_on_a_page_is_reckoned),
    };
    return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
