/*
 * epub_file.h -- a book made by the backend, and its members.
 */
#ifndef DECKBIND_TESTS_EPUB_FILE_H
#define DECKBIND_TESTS_EPUB_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "small_book.h"

#include "emit/backend.h"

#include <zip.h>

/* Run the backend as the line does. */
static inline bool make(Fixture *f, Str *bytes)
{
    for (size_t i = 0; i < SOURCES; i++) {
        backend_epub.page(&f->book, &f->sources[i]);
        arena_free(&f->sources[i].arena);
    }
    return backend_epub.make(&f->book, bytes);
}

/* The file `name` of the archive; fails the test where it is not. */
static inline Str member(Str archive, const char *name, Arena *a)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(archive.at, archive.n, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    zip_stat_t st;
    assert_int_equal(zip_stat(zip, name, 0, &st), 0);
    char *bytes = arena_new(a, char, st.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, bytes, st.size), st.size);
    zip_fclose(file);
    zip_discard(zip);
    return (Str){bytes, st.size};
}

static inline bool has(Str text, const char *part_of_it)
{
    return str_find(text, str_of(part_of_it)) != STR_NONE;
}

static inline size_t times(Str text, const char *part_of_it)
{
    size_t count = 0;
    for (size_t at; (at = str_find(text, str_of(part_of_it))) != STR_NONE; count++)
        text = str_drop(text, at + 1);
    return count;
}

static inline Str made(Fixture *f)
{
    Str bytes;
    fill(f);
    assert_true(make(f, &bytes));
    assert_false(diag_any(&f->book.diags, DIAG_NOTE));
    return bytes;
}

#endif
