/*
 * test_style.c -- which sheets are taken, and where a refused one is pointed at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "render/style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Fixture {
    Book book;
    const char *given; /* on the command line */
    char folder[64];
} Fixture;

static int open_folder(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    f->book.diags.arena = &f->book.arena;
    strcpy(f->folder, "/tmp/deckbind-style-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    f->given = f->folder;
    *state = f;
    return 0;
}

static const char *path(Fixture *f, const char *name)
{
    return file_path(&f->book.arena, str_of(f->folder), str_of(name));
}

static int close_folder(void **state)
{
    Fixture *f = *state;
    unlink(path(f, "card.css"));
    unlink(path(f, "book.css"));
    rmdir(f->folder);
    arena_free(&f->book.arena);
    free(f);
    return 0;
}

static void put(Fixture *f, const char *name, Str text)
{
    FILE *file = fopen(path(f, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.n, file), text.n);
    assert_int_equal(fclose(file), 0);
}

static bool read_styles(Fixture *f)
{
    f->book.diags.list.n = 0;
    return style_read(&f->book, f->given);
}

static void the_built_in_sheets_need_no_folder(void **state)
{
    Fixture *f = *state;
    f->given = NULL;
    assert_true(read_styles(f));
    assert_true(str_find(f->book.style.card, STR(".nightMode")) != STR_NONE);
    assert_true(f->book.style.book.n > 0);
}

static void a_folder_replaces_what_it_has(void **state)
{
    Fixture *f = *state;
    put(f, "book.css", STR("\xEF\xBB\xBF" "p { margin: 0 }\n"));
    assert_true(read_styles(f));
    assert_true(str_eq(f->book.style.book, STR("p { margin: 0 }\n")));
    assert_true(str_find(f->book.style.card, STR(".nightMode")) != STR_NONE);
}

static void the_built_in_sheets_would_be_taken_as_the_users(void **state)
{
    Fixture *f = *state;
    f->given = NULL;
    assert_true(read_styles(f));
    Style built_in = f->book.style;
    f->given = f->folder;
    put(f, "card.css", built_in.card);
    put(f, "book.css", built_in.book);
    assert_true(read_styles(f));
    assert_true(str_eq(f->book.style.card, built_in.card));
}

static void honest_sheets_are_taken(void **state)
{
    Fixture *f = *state;
    static const char *const sheets[] = {
        "",
        "/* no url( here, no @import */ p::before { content: \"\\201C\" }",
        "p::after { content: '/*' } q::after { content: \"*/\" }",
        "@media (max-width: 30em) { .curl { color: #fff } }",
        "/* never closed",
        "@charset \"UTF-8\";\r\np { margin: 0 }\f",
        "q::after { content: '\\'\\\\' }",
    };
    for (size_t i = 0; i < COUNT(sheets); i++) {
        put(f, "card.css", str_of(sheets[i]));
        assert_true(read_styles(f));
    }
}

static void sheets_that_fetch_or_run_are_refused(void **state)
{
    Fixture *f = *state;
    static const char *const sheets[] = {
        "@import 'x.css';",
        "@IMPORT \"x.css\";",
        "p { background: URL(https://example.org/p.png) }",
        "p { background: u\\72l(x) }",
        "p { background: \\75rl(x) }",
        "p { background: image-set('x.png' 1x) }",
        "p { width: expression(alert(1)) }",
        "p { content: \"</style><script>\" }",
        "/* </style> */",
        "q::after { content: '/*' } p { background: url(x) } /* */",
        "q::after { content: 'a\\'/*' } p { background: url(x) } /* */",
        "q::after { content: 'a\n} p { background: url(x) }",
        "p { color: #\xFF }",
        "a { x: \"\r; y: z } body { background: u\\72l(x) } b { y: \"}",
        "a { x: \"\f; y: z } body { background: u\\72l(x) } b { y: \"}",
        "a { x: 'b\\\r\n; } body { background: url(x) }",
        "a { x: '\\\r\n' } body { background: u\\72l(x) } b { y: '}",
        "a { x: \x01 }",
        "@charset \"utf-16\";",
        "@charset \"gbk\"; p { margin: 0 }",
    };
    for (size_t i = 0; i < COUNT(sheets); i++) {
        put(f, "card.css", str_of(sheets[i]));
        assert_false(read_styles(f));
        assert_int_equal(f->book.diags.list.n, 1);
        assert_int_equal(f->book.diags.list.at[0].code, D_STYLE_REFUSED);
    }
}

static void the_message_points_at_the_word(void **state)
{
    Fixture *f = *state;
    put(f, "book.css", STR("p {\n  /* two\n lines */ background: url(x);\n}\n"));
    assert_false(read_styles(f));
    Place place = f->book.diags.list.at[0].place;
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 23);
    assert_true(str_eq(place.text, STR(" lines */ background: url(x);")));
}

static void a_folder_without_sheets_is_told(void **state)
{
    Fixture *f = *state;
    assert_false(read_styles(f));
    assert_int_equal(f->book.diags.list.at[0].code, D_STYLE_MISSING);
    f->given = "/nowhere/styles";
    assert_false(read_styles(f));
    assert_int_equal(f->book.diags.list.at[0].code, D_STYLE_MISSING);
}

/* The description comes with the notes, and these may come from anybody. */
static void the_description_stays_in_its_folder(void **state)
{
    Fixture *f = *state;
    put(f, "card.css", STR("p { margin: 0 }"));
    f->given = NULL;
    f->book.folder = STR("/tmp");
    f->book.config.styles = str_drop(str_of(f->folder), strlen("/tmp/"));
    assert_true(read_styles(f));
    assert_true(str_eq(f->book.style.card, STR("p { margin: 0 }")));
    static const char *const outside[] = {"", "x/..", "."};
    f->book.folder = str_of(f->folder);
    for (size_t i = 0; i < COUNT(outside); i++) {
        Buf styles = {.arena = &f->book.arena};
        buf_printf(&styles, "%s/../%s", outside[i], f->folder + strlen("/tmp/"));
        f->book.config.styles = i ? buf_str(&styles) : str_of(f->folder);
        assert_false(read_styles(f));
        assert_true(f->book.diags.list.at[0].code == D_CONFIG_INVALID
                    || f->book.diags.list.at[0].code == D_STYLE_MISSING);
    }
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(the_built_in_sheets_need_no_folder),
        WITH_FOLDER(a_folder_replaces_what_it_has),
        WITH_FOLDER(the_built_in_sheets_would_be_taken_as_the_users),
        WITH_FOLDER(honest_sheets_are_taken),
        WITH_FOLDER(sheets_that_fetch_or_run_are_refused),
        WITH_FOLDER(the_message_points_at_the_word),
        WITH_FOLDER(a_folder_without_sheets_is_told),
        WITH_FOLDER(the_description_stays_in_its_folder),
    };
    return cmocka_run_group_tests_name("style", tests, NULL, NULL);
}
