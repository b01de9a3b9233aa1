/*
 * test_spool.c -- bytes that go into an unnamed file come out of it unchanged, and where there
 * is no file, or no room, everything is made in memory with the same bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/pool.h"
#include "emit/apkg/collection.h"
#include "emit/bundle.h"
#include "emit/sheet.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 64 * 1024 * 1024, PIECES = 400 };

static char *new_folder(void)
{
    static char path[64];
    strcpy(path, "/tmp/deckbind-spool-XXXXXX");
    assert_non_null(mkdtemp(path));
    return path;
}

static Str noise(Arena *a, size_t n, uint64_t seed)
{
    char *bytes = arena_new(a, char, n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(hash_mix(seed + i) & 0x3f);
    return (Str){bytes, n};
}

/* On any file system. */
static Spool *new_spool(size_t most)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    Spool *s = spool_of(dup(fileno(file)), most);
    fclose(file);
    assert_non_null(s);
    return s;
}

static void a_spool_leaves_nothing_and_makes_no_folder(void **state)
{
    (void)state;
    char *folder = new_folder(), missing[96];
    strcat(strcpy(missing, folder), "/not/there");
    Spool *s = spool_open(missing, 0); /* NULL where the file system has no unnamed files */
    spool_put(s, STR("text"));
    assert_int_equal(rmdir(folder), 0);
    spool_close(s);
}

static void without_a_spool_there_is_no_room(void **state)
{
    (void)state;
    assert_null(spool_open("/proc/self", 0));
    assert_null(spool_open("", SIZE_MAX));
    assert_null(spool_open("/", SIZE_MAX));
    assert_null(spool_put(NULL, STR("text")).at);
    spool_was_read(NULL, MOST);
    spool_close(NULL);
}

static void a_full_spool_takes_no_more(void **state)
{
    (void)state;
    Spool *s = new_spool(10);
    assert_non_null(spool_put(s, STR("sixsix")).at);
    assert_null(spool_room(s, 5));
    assert_null(spool_room(s, SIZE_MAX));
    Str rest = spool_put(s, STR("four"));
    assert_memory_equal(rest.at, "four", 4);
    spool_close(s);
}

/* In pages: what is mapped of files. */
static long mapped(void)
{
    long all, resident, shared;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_int_equal(fscanf(file, "%ld %ld %ld", &all, &resident, &shared), 3);
    fclose(file);
    return shared;
}

static void a_spool_leaves_memory(void **state)
{
    (void)state;
    enum { MUCH = 16 * 1024 * 1024 };
    Arena a = {0};
    Spool *s = new_spool(MOST);
    Str bytes = noise(&a, MUCH, 1), kept = spool_put(s, bytes);
    long before = mapped();
    assert_true(str_eq(bytes, kept));
    long during = mapped();
    assert_true(during - before > MUCH / 4096 / 2);
    spool_was_read(s, MUCH);
    assert_true(during - mapped() > MUCH / 4096 / 2);
    assert_true(str_eq(bytes, kept));
    assert_true(spool_is_sound(s));
    spool_close(s);
    arena_free(&a);
}

typedef struct Putting {
    Spool *spool;
    Str given[PIECES], kept[PIECES];
    bool same[PIECES];
} Putting;

static void put_piece(void *context, size_t i, unsigned thread)
{
    (void)thread;
    Putting *p = context;
    p->kept[i] = spool_put(p->spool, p->given[i]);
    spool_was_read(p->spool, 1024 * 1024); /* others lose their pages meanwhile, and find them again */
    p->same[i] = str_eq(p->kept[i], p->given[i]);
}

static void what_threads_put_comes_out_unchanged(void **state)
{
    (void)state;
    Arena a = {0};
    Putting p = {.spool = new_spool(MOST)};
    for (size_t i = 0; i < PIECES; i++)
        p.given[i] = noise(&a, 1 + hash_mix(i) % 30000, i);
    pool_each(PIECES, 4, put_piece, &p);
    for (size_t i = 0; i < PIECES; i++)
        assert_true(p.same[i] && str_eq(p.kept[i], p.given[i]));
    off_t place;
    char first;
    int fd = spool_file(p.spool, p.kept[7].at, &place);
    assert_int_equal(pread(fd, &first, 1, place), 1);
    assert_int_equal(first, p.given[7].at[0]);
    close(fd);
    assert_int_equal(spool_file(p.spool, p.given[7].at, &place), -1);
    spool_close(p.spool);
    arena_free(&a);
}

/* Bytes of all sizes, some of them written over others. */
static Str write_sheet(Spool *spool, Arena *a)
{
    Sheet s = {.arena = a, .spool = spool};
    Str text = noise(a, 300000, 1);
    sheet_open(&s, 2 * text.n);
    for (size_t at = 0, n; at < text.n; at += n) {
        n = 1 + hash_mix(at) % (at % 5 ? 40 : 90000);
        assert_true(sheet_put(&s, str_take(str_drop(text, at), n)));
    }
    size_t end = s.at;
    s.at = 5;
    assert_true(sheet_put(&s, STR("over")));
    s.at = end - 2;
    assert_true(sheet_put(&s, STR("back")));
    s.at = end - 1;
    assert_true(sheet_put(&s, STR("again")));
    return sheet_close(&s);
}

static void a_sheet_is_the_same_in_memory_and_not(void **state)
{
    (void)state;
    Arena a = {0};
    Spool *s = new_spool(MOST);
    Str memory = write_sheet(NULL, &a), file = write_sheet(s, &a);
    assert_int_equal(memory.n, 300004);
    assert_memory_equal(memory.at + memory.n - 6, "bagain", 6);
    assert_true(str_eq(memory, file));
    assert_memory_equal(file.at + 4, noise(&a, 5, 1).at + 4, 1);
    assert_memory_equal(file.at + 5, "over", 4);
    spool_close(s);
    arena_free(&a);
}

static void a_sheet_of_a_spool_is_no_longer_than_was_said(void **state)
{
    (void)state;
    Arena a = {0};
    Spool *spool = new_spool(MOST);
    Sheet s = {.arena = &a, .spool = spool};
    sheet_open(&s, 6);
    assert_true(sheet_put(&s, STR("sixsix")));
    assert_false(sheet_put(&s, STR("7")));
    assert_int_equal(errno, ENOSPC);
    spool_close(spool);
    arena_free(&a);
}

static Str make_archive(Spool *spool, Arena *a)
{
    Diags d = {.arena = a};
    Bundle b = {.arena = a, .spool = spool, .threads = 2};
    for (size_t i = 0; i < PIECES; i++) {
        Buf name = {.arena = a};
        buf_printf(&name, "%zu", i);
        bundle_add(&b, buf_str(&name).at, pack_again(noise(a, i % 50 ? i * 9 : 1500000, i), PACK_DEFLATE, NULL, spool, 2, a));
    }
    Str zip;
    assert_true(bundle_zip(&b, &zip, &d));
    return zip;
}

static void an_archive_is_the_same_in_memory_and_not(void **state)
{
    (void)state;
    Arena a = {0};
    Spool *s = new_spool(MOST), *small = new_spool(200000);
    Str memory = make_archive(NULL, &a), file = make_archive(s, &a), half = make_archive(small, &a);
    assert_true(str_eq(memory, file));
    assert_true(str_eq(memory, half)); /* some pieces had room, and the archive had none */
    spool_close(s);
    spool_close(small);
    arena_free(&a);
}

/* Some MiB, so that its pages leave SQLite's memory. */
static Str make_collection(Collection *c, Spool *spool, Schema schema, Arena *a)
{
    Diags d = {.arena = a};
    Str bytes;
    collection_open(c, schema, spool);
    collection_about(c, &(About){.time = 1, .conf = STR("{}"), .models = STR("{}"), .decks = STR("{}"), .presets = STR("{}")});
    for (int64_t i = 1; i < 6000; i++) {
        Buf guid = {.arena = a};
        buf_printf(&guid, "g%d", (int)i);
        Str text = noise(a, 900, (uint64_t)i);
        collection_note(c, &(NoteRow){.id = i, .type = 1, .time = 2, .guid = buf_str(&guid), .fields = text, .sort = text});
        collection_card(c, &(CardRow){.id = i, .note = i, .deck = 1, .position = i});
    }
    assert_true(collection_finish(c, &bytes, &d));
    return bytes;
}

static void a_collection_is_the_same_in_memory_and_not(void **state)
{
    (void)state;
    for (Schema schema = SCHEMA_11; schema <= SCHEMA_18; schema++) {
        Arena a = {0};
        Collection memory, file;
        Spool *s = new_spool((size_t)1 << 31); /* room for the largest */
        Str one = make_collection(&memory, NULL, schema, &a), two = make_collection(&file, s, schema, &a);
        assert_true(one.n > 5000000);
        assert_true(str_eq(one, two));
        off_t place;
        int fd = spool_file(s, two.at, &place); /* it lies there */
        assert_true(fd >= 0);
        close(fd);
        collection_close(&memory);
        collection_close(&file);
        spool_close(s);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spool_leaves_nothing_and_makes_no_folder),
        cmocka_unit_test(a_spool_leaves_memory),
        cmocka_unit_test(without_a_spool_there_is_no_room),
        cmocka_unit_test(a_full_spool_takes_no_more),
        cmocka_unit_test(what_threads_put_comes_out_unchanged),
        cmocka_unit_test(a_sheet_is_the_same_in_memory_and_not),
        cmocka_unit_test(a_sheet_of_a_spool_is_no_longer_than_was_said),
        cmocka_unit_test(an_archive_is_the_same_in_memory_and_not),
        cmocka_unit_test(a_collection_is_the_same_in_memory_and_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
