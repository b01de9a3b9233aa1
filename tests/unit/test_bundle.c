/*
 * test_bundle.c -- the bytes of an archive, and that a bad one is not given out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "emit/bundle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOCAL_HEADER = 30 };

typedef struct Fixture {
    Arena arena;
    Diags diags;
    Bundle bundle;
} Fixture;

static void ready(Fixture *f)
{
    f->diags.arena = &f->arena;
    f->bundle.arena = &f->arena;
}

static void add(Fixture *f, const char *path, Str bytes, Packing packing)
{
    bundle_add(&f->bundle, path, pack(bytes, packing, 1, &f->arena));
}

static unsigned u16(Str s, size_t at)
{
    return (unsigned)(unsigned char)s.at[at] | (unsigned)(unsigned char)s.at[at + 1] << 8;
}

static unsigned long u32(Str s, size_t at)
{
    return u16(s, at) | (unsigned long)u16(s, at + 2) << 16;
}

static Str repeated(Arena *a, size_t n)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "line %zu\n", i * i);
    return buf_str(&b);
}

/* OCF 3.3, 4.2 and 4.3: readers find the media type at offsets 30 and 38. */
static void mimetype_stands_at_its_offsets(void **state)
{
    (void)state;
    Fixture f = {0};
    ready(&f);
    add(&f, "mimetype", STR("application/epub+zip"), PACK_STORE);
    add(&f, "META-INF/container.xml", STR("<container/>"), PACK_DEFLATE);
    Str zip;
    assert_true(bundle_zip(&f.bundle, &zip, &f.diags));
    assert_memory_equal(zip.at, "PK\3\4", 4);
    assert_int_equal(u16(zip, 4), 10); /* version needed */
    assert_int_equal(u16(zip, 6), 0);  /* flags: no data descriptor, no encryption */
    assert_int_equal(u16(zip, 8), 0);  /* stored */
    assert_int_equal(u16(zip, 28), 0); /* extra field */
    assert_memory_equal(zip.at + LOCAL_HEADER, "mimetype", 8);
    assert_memory_equal(zip.at + LOCAL_HEADER + 8, "application/epub+zip", 20);
    arena_free(&f.arena);
}

static void deflated_members_are_taken_as_they_are(void **state)
{
    (void)state;
    Fixture f = {0};
    ready(&f);
    Str text = repeated(&f.arena, 200000); /* several blocks of pack */
    add(&f, "collection.anki2", text, PACK_DEFLATE);
    Str zip;
    assert_true(bundle_zip(&f.bundle, &zip, &f.diags));
    Packed p = f.bundle.files.at[0].packed;
    assert_int_equal(u16(zip, 4), 20);
    assert_int_equal(u16(zip, 6) & 8, 0);
    assert_int_equal(u16(zip, 8), 8);
    assert_int_equal(u32(zip, 14), p.crc);
    assert_int_equal(u32(zip, 18), p.packed);
    assert_int_equal(u32(zip, 22), text.n);
    assert_int_equal(u16(zip, 28), 0);
    const char *at = zip.at + LOCAL_HEADER + strlen("collection.anki2");
    assert_true(p.count > 1);
    for (size_t i = 0; i < p.count; at += p.pieces[i++].n)
        assert_memory_equal(at, p.pieces[i].at, p.pieces[i].n);
    arena_free(&f.arena);
}

/* Nothing of a member is needed once it is written, and what is looked at then is what was. */
static void a_keeper_is_freed_and_no_byte_changes(void **state)
{
    (void)state;
    Fixture kept = {0}, freed = {0};
    Arena keepers[2] = {0};
    ready(&kept);
    ready(&freed);
    for (size_t i = 0; i < COUNT(keepers); i++) {
        char path[] = {(char)('0' + i), '\0'};
        Str text = repeated(&kept.arena, 60000 * (i + 1));
        Packing packing = i ? PACK_STORE : PACK_DEFLATE;
        add(&kept, path, text, packing);
        bundle_add(&freed.bundle, path, pack(str_copy(&keepers[i], text), packing, 1, &keepers[i]))->keeper = &keepers[i];
    }
    Str one, two;
    assert_true(bundle_zip(&kept.bundle, &one, &kept.diags) && bundle_zip(&freed.bundle, &two, &freed.diags));
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.at, two.at, one.n);
    for (size_t i = 0; i < COUNT(keepers); i++)
        assert_null(keepers[i].newest);
    arena_free(&kept.arena);
    arena_free(&freed.arena);
}

static void every_member_has_the_same_stamp_and_mode(void **state)
{
    (void)state;
    Fixture f = {0};
    ready(&f);
    add(&f, "0", STR("\x89PNG"), PACK_STORE);
    add(&f, "media", STR("{}"), PACK_DEFLATE);
    add(&f, "empty", STR(""), PACK_DEFLATE);
    Str zip;
    assert_true(bundle_zip(&f.bundle, &zip, &f.diags));
    size_t end = zip.n - 22; /* the end record, without a comment */
    assert_memory_equal(zip.at + end, "PK\5\6", 4);
    assert_int_equal(u16(zip, end + 10), 3);
    size_t at = u32(zip, end + 16);
    for (int i = 0; i < 3; i++) {
        assert_memory_equal(zip.at + at, "PK\1\2", 4);
        assert_int_equal(u16(zip, at + 12), 0);
        assert_int_equal(u16(zip, at + 14), 0x21);
        assert_int_equal(u16(zip, at + 30), 0);
        assert_int_equal(u32(zip, at + 38), 0100644ul << 16);
        assert_int_equal(u16(zip, at + 4) >> 8, 3); /* made on Unix */
        at += 46 + u16(zip, at + 28);
    }
    arena_free(&f.arena);
}

static Str build(Fixture *f, const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
    ready(f);
    add(f, "media", STR("{}"), PACK_DEFLATE);
    Str zip;
    assert_true(bundle_zip(&f->bundle, &zip, &f->diags));
    return zip;
}

static void time_zones_do_not_show(void **state)
{
    (void)state;
    Fixture one = {0}, two = {0};
    Str east = build(&one, "Asia/Shanghai"), west = build(&two, "America/New_York");
    assert_int_equal(east.n, west.n);
    assert_memory_equal(east.at, west.at, east.n);
    arena_free(&one.arena);
    arena_free(&two.arena);
}

/* A packing whose figures are wrong must not leave the house. */
static void spoil_and_expect(void (*spoil)(Packed *), Packing packing, DiagCode code)
{
    Fixture f = {0};
    ready(&f);
    add(&f, "first", STR("first"), PACK_DEFLATE);
    add(&f, "media", repeated(&f.arena, 100), packing);
    spoil(&f.bundle.files.at[1].packed);
    Str zip;
    assert_false(bundle_zip(&f.bundle, &zip, &f.diags));
    assert_int_equal(f.diags.list.n, 1);
    assert_int_equal(f.diags.list.at[0].code, code);
    arena_free(&f.arena);
}

static void spoil_crc(Packed *p)
{
    p->crc ^= 1;
}

static void spoil_size(Packed *p)
{
    p->size++;
}

static void spoil_stream(Packed *p)
{
    p->packed = p->pieces[0].n /= 2;
}

static void wrong_figures_are_refused(void **state)
{
    (void)state;
    spoil_and_expect(spoil_crc, PACK_DEFLATE, D_SELF_CHECK);
    spoil_and_expect(spoil_crc, PACK_STORE, D_SELF_CHECK);
    spoil_and_expect(spoil_size, PACK_DEFLATE, D_SELF_CHECK);
    spoil_and_expect(spoil_stream, PACK_DEFLATE, D_SELF_CHECK);
}

static void one_name_twice_is_refused(void **state)
{
    (void)state;
    Fixture f = {0};
    ready(&f);
    add(&f, "0", STR("a"), PACK_STORE);
    add(&f, "0", STR("b"), PACK_STORE);
    Str zip;
    assert_false(bundle_zip(&f.bundle, &zip, &f.diags));
    assert_int_equal(f.diags.list.at[0].code, D_LIBRARY);
    arena_free(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mimetype_stands_at_its_offsets),
        cmocka_unit_test(deflated_members_are_taken_as_they_are),
        cmocka_unit_test(a_keeper_is_freed_and_no_byte_changes),
        cmocka_unit_test(every_member_has_the_same_stamp_and_mode),
        cmocka_unit_test(time_zones_do_not_show),
        cmocka_unit_test(wrong_figures_are_refused),
        cmocka_unit_test(one_name_twice_is_refused),
    };
    return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
