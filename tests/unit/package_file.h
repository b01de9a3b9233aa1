/*
 * package_file.h -- a package that a test makes, and what reading it gave.
 */
#ifndef DECKBIND_TESTS_PACKAGE_FILE_H
#define DECKBIND_TESTS_PACKAGE_FILE_H

#include "emit/apkg/database.h"
#include "emit/apkg/reader.h"
#include "emit/bundle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define assert_str(s, want) \
    do { \
        Str got_ = (s); \
        assert_int_equal(got_.n, strlen(want)); \
        assert_memory_equal(got_.at, want, strlen(want)); \
    } while (0)

/* A package on disk, and what reading it gave. */
typedef struct Fixture {
    Arena arena;
    Diags diags;
    Bundle bundle;
    char path[32];
    ReadPackage read;
} Fixture;

static inline void ready(Fixture *f)
{
    *f = (Fixture){0};
    f->diags.arena = f->bundle.arena = &f->arena;
    strcpy(f->path, "/tmp/test_package_XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
}

static inline void put_file(Fixture *f, Str bytes)
{
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.n ? bytes.at : "", 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

static inline void add(Fixture *f, const char *member, Str bytes)
{
    bundle_add(&f->bundle, member, pack(bytes, PACK_DEFLATE, 1, &f->arena));
}

static inline Str zipped(Fixture *f)
{
    Str bytes;
    assert_true(bundle_zip(&f->bundle, &bytes, &f->diags));
    return bytes;
}

static inline bool read_it(Fixture *f)
{
    return package_read(&f->read, f->path, &f->diags);
}

static inline void done(Fixture *f)
{
    unlink(f->path);
    package_close(&f->read);
    arena_free(&f->arena);
}

/* A collection of schema 11 with the columns that are read. */
#define TABLES \
    "CREATE TABLE col (ver, models, decks);" \
    "CREATE TABLE notes (id integer primary key, guid, mid, mod, tags, flds);" \
    "CREATE TABLE cards (nid, ord, did, odid);"
#define MODELS "{\"7\":{\"id\":\"7\",\"name\":\"N\",\"type\":0,\"mod\":5,\"css\":\"c\"," \
    "\"flds\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"tmpls\":[{\"name\":\"T\",\"qfmt\":\"q\",\"afmt\":\"a\"}]}}"
#define DECKS "{\"1\":{\"id\":1,\"name\":\"Default\"},\"2\":{\"id\":2,\"name\":\"x::y\"}}"
#define COL "INSERT INTO col VALUES (11, '" MODELS "', '" DECKS "');"
#define NOTE "INSERT INTO notes VALUES (9, 'g', 7, 3, ' b  a ', 'q' || char(31) || 'a');"

/* The image of a database that these statements make. */
static inline Str image_of(Fixture *f, const char *sql)
{
    Database db;
    database_create(&db, NULL);
    database_run(&db, sql);
    Str image = database_image(&db);
    assert_null(database_why(&db));
    image = str_copy(&f->arena, image);
    database_close(&db);
    return image;
}

#endif
