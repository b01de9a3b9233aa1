/*
 * damage_package.c -- read packages that were damaged in many ways:
 *
 *     damage_package COUNT SCRATCH FILE...
 *
 * Each FILE is read COUNT times, damaged in another way each time: as a whole, or in one
 * member, which is unpacked and packed again so that the damage comes through.  Prints
 * TAP: that reading ended, and how.  A sanitizer, or the clock, says what is wrong.
 */
#include "base/file.h"
#include "base/zstd.h"
#include "emit/apkg/reader.h"
#include "emit/bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SECONDS = 20, MOST = 1 << 26, SOME = 16 };

/* Xorshift: the same damage every time. */
static uint32_t chance(uint32_t *state, size_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return below ? *state % (uint32_t)below : 0;
}

static const Str words[] = {
    STR_INIT("view "), STR_INIT("trigger "), STR_INIT("VIRTUAL TABLE "), STR_INIT("\x1F\x1F"),
    STR_INIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"), STR_INIT("\0\0\0\0"), STR_INIT("[[[[[[[["),
    STR_INIT("9e999"), STR_INIT("../../x"), STR_INIT("\x0D\x00\x00\x00\x03"), STR_INIT("PK\5\6"),
};

/* Half of the time near an end, where most matters; mostly where something stands. */
static size_t place(Str bytes, uint32_t *state)
{
    size_t edge = bytes.n < 200 ? bytes.n : 200, at = 0;
    for (int i = 0; i < 8 && (!i || !bytes.at[at]); i++)
        switch (chance(state, 4)) {
        case 0: at = chance(state, edge); break;
        case 1: at = bytes.n - 1 - chance(state, edge); break;
        default: at = chance(state, bytes.n);
        }
    return at;
}

static void overwrite(char *at, size_t n, Str with)
{
    memcpy(at, with.at, with.n < n ? with.n : n);
}

/* A copy with a bit turned, a number changed, a piece moved, a word put in, or its end cut off. */
static Str damage(Str bytes, uint32_t *state, Arena *a)
{
    char *copy = arena_new(a, char, bytes.n + 1);
    memcpy(copy, bytes.at, bytes.n);
    for (uint32_t times = 1 + chance(state, 4); times-- && bytes.n;) {
        size_t from = place(bytes, state), to = place(bytes, state);
        switch (chance(state, 6)) {
        case 0: copy[to] = (char)(copy[to] ^ 1 << chance(state, 8)); break;
        case 1: copy[to] = (char)chance(state, 256); break;
        case 2: overwrite(copy + to, bytes.n - to, str_take(str_drop(bytes, from), chance(state, SOME))); break;
        case 3: overwrite(copy + to, bytes.n - to, words[chance(state, COUNT(words))]); break;
        case 4: overwrite(copy + to, bytes.n - to, STR("\xFF\xFF\xFF\xFF")); break;
        default:
            if (chance(state, 8) == 0)
                bytes.n = to;
        }
    }
    return (Str){copy, bytes.n};
}

static const char *const members[] = {"meta", "collection.anki2", "collection.anki21",
                                      "collection.anki21b", "media", "0", "1"};

static Str damage_member(Str bytes, uint32_t *state, Arena *a)
{
    Str inner;
    bool packed = str_starts(bytes, STR("\x28\xB5\x2F\xFD")) && chance(state, 4)
               && !zstd_unpack(bytes, MOST, a, &inner);
    return packed ? zstd_pack(damage(inner, state, a), a) : damage(bytes, state, a);
}

/* The archive with one of its members damaged. */
static Str damage_one(const char *path, uint32_t *state, Arena *a, Diags *d)
{
    Archive from;
    Bundle to = {.arena = a};
    Str bytes = {0};
    bool ok = archive_open(&from, path, d);
    size_t there = 0;
    for (size_t i = 0; ok && i < COUNT(members); i++)
        there += archive_has(&from, members[i]);
    for (size_t i = 0, which = chance(state, there); ok && i < COUNT(members); i++) {
        if (!archive_has(&from, members[i]))
            continue;
        ok = archive_read(&from, members[i], MOST, a, &bytes, d);
        bundle_add(&to, members[i], pack(which-- ? bytes : damage_member(bytes, state, a), PACK_STORE, 1, a));
    }
    archive_close(&from);
    ok = ok && bundle_zip(&to, &bytes, d);
    return ok ? bytes : (Str){0};
}

static bool read_damaged(const char *path, const char *scratch, Str whole, uint32_t *state)
{
    Arena a = {0};
    Diags d = {.arena = &a};
    ReadPackage p;
    Str bytes = chance(state, 4) ? damage_one(path, state, &a, &d) : damage(whole, state, &a);
    FILE *f = fopen(scratch, "wb");
    if (!f || fwrite(bytes.at ? bytes.at : "", 1, bytes.n, f) != bytes.n || fclose(f) != 0)
        exit(2);
    alarm(SECONDS);
    bool ok = package_read(&p, scratch, &d);
    if (ok == diag_any(&d, DIAG_FATAL)) {
        printf("not ok - %s\n# a package that was refused without a word\n", path);
        exit(1);
    }
    package_close(&p);
    arena_free(&a);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    for (int i = 3; i < argc; i++) {
        Arena a = {0};
        Diags d = {.arena = &a};
        Str whole;
        size_t good = 0, count = strtoul(argv[1], NULL, 10);
        uint32_t state = 1 + (uint32_t)i;
        if (!file_read(argv[i], &a, &whole, &d))
            return 2;
        for (size_t k = 0; k < count; k++)
            good += read_damaged(argv[i], argv[2], whole, &state);
        printf("ok - %s, damaged %zu times, was read to the end %zu times\n", argv[i], count, good);
        arena_free(&a);
    }
    return 0;
}
