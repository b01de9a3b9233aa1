/*
 * test_hostile.c -- packages that cannot be used, and those that are made to do harm.
 */
#include "package_file.h"

#include <sys/stat.h>

/* Reading `bytes` fails with one message, in which `why` stands. */
static void assert_refused_bytes(Fixture *f, Str bytes, const char *why)
{
    put_file(f, bytes);
    assert_false(read_it(f));
    assert_int_equal(f->diags.list.n, 1);
    assert_int_equal(f->diags.list.at[0].code, D_PACKAGE_UNREADABLE);
    if (str_find(f->diags.list.at[0].detail, str_of(why)) == STR_NONE)
        fail_msg("'%s' is not in '%s'", why, f->diags.list.at[0].detail.at);
    done(f);
}

static void assert_refused(Fixture *f, const char *why)
{
    assert_refused_bytes(f, zipped(f), why);
}

static void assert_refused_sql(const char *sql, const char *why)
{
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, sql));
    assert_refused(&f, why);
}

static void notes_that_anki_refuses_are_refused(void **state)
{
    (void)state;
    assert_refused_sql(TABLES COL "INSERT INTO notes VALUES (9, 'g', 7, 3, '', 'q');", "note g has 1 fields, its note type N has 2");
    assert_refused_sql(TABLES COL "INSERT INTO notes VALUES (9, 'g', 8, 3, '', 'q');", "the note type of note g is not there");
    assert_refused_sql(TABLES COL NOTE "INSERT INTO cards VALUES (9, -1, 2, 0);", "a card has the number -1");
    assert_refused_sql(TABLES "INSERT INTO col VALUES (11, '{\"7\":', '{}');", "its note types is no JSON");
    assert_refused_sql(TABLES "INSERT INTO col VALUES (11, '{}', '[[[');", "its decks is no JSON");
    assert_refused_sql(TABLES "INSERT INTO col VALUES (19, '{}', '{}');", "its schema is 19");
    assert_refused_sql(TABLES "INSERT INTO col VALUES (11, '[{\"id\":1},{\"id\":1}]', '{}');", "two note types have one id");
    assert_refused_sql("CREATE TABLE col (ver); CREATE TABLE cards (nid);", "no table notes");
    assert_refused_sql(TABLES "INSERT INTO col VALUES (18, '', '');", "no table notetypes");
    assert_refused_sql("CREATE TABLE col (a); CREATE TABLE notes (a); CREATE TABLE cards (a);", "SQLite");
}

static void code_in_a_database_is_refused(void **state)
{
    (void)state;
    assert_refused_sql("CREATE TABLE col (ver, models, decks); CREATE TABLE cards (nid, ord, did, odid);"
                       "CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid, 7 AS mid, 0 AS mod, '' AS tags, 'f' AS flds;",
                       "views, triggers");
    assert_refused_sql(TABLES COL "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;", "views, triggers");
    assert_refused_sql(TABLES COL "CREATE VIRTUAL TABLE v USING fts4(a);", "views, triggers");
    assert_refused_sql("CREATE TABLE col (ver, models, decks); CREATE TABLE cards (nid, ord, did, odid);"
                       "CREATE TABLE notes (id integer primary key, guid, mid, mod, tags,"
                       " flds AS (replace(hex(zeroblob(1000000)), '0', 'ab')));", "no table notes");
}

/* SQLite's format, 1.6: a page of the table's inner nodes, whose children are all one leaf. */
static void one_page_is_not_given_out_as_many_rows(void **state)
{
    (void)state;
    enum { PAGE = 65536, CHILDREN = 5000, CELL = 7, ROWS = 40 };
    Fixture f;
    ready(&f);
    Str image = image_of(&f, "PRAGMA page_size = 65536;" TABLES COL
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
        "INSERT INTO notes SELECT i, 'g' || i, 7, 3, '', hex(zeroblob(2000)) || char(31) FROM n;");
    char *bytes = arena_new(&f.arena, char, image.n);
    memcpy(bytes, image.at, image.n);
    unsigned char *root = (unsigned char *)bytes + 2 * PAGE; /* col, notes: the third page */
    assert_int_equal(root[0], 5);
    unsigned char leaf[4];
    memcpy(leaf, root + 8, 4); /* of the right-most child */
    root[3] = CHILDREN >> 8, root[4] = CHILDREN & 0xFF;
    for (unsigned i = 0; i < CHILDREN; i++) {
        unsigned at = PAGE - (i + 1) * CELL;
        root[12 + 2 * i] = (unsigned char)(at >> 8), root[13 + 2 * i] = (unsigned char)at;
        memcpy(root + at, leaf, 4);
        root[at + 4] = 0x81, root[at + 5] = 0x80, root[at + 6] = 0; /* the key, any number */
    }
    root[5] = (PAGE - CHILDREN * CELL) >> 8, root[6] = (PAGE - CHILDREN * CELL) & 0xFF;
    add(&f, "collection.anki2", (Str){bytes, image.n});
    assert_refused(&f, "more rows or longer ones");
}

static void long_rows_and_damaged_pages_are_refused(void **state)
{
    (void)state;
    assert_refused_sql(TABLES COL "INSERT INTO notes VALUES (9, 'g', 7, 3, '', zeroblob(40000000));", "more rows or longer ones");
    Fixture f;
    ready(&f);
    Str image = image_of(&f, TABLES COL NOTE);
    add(&f, "collection.anki2", str_take(image, image.n / 2));
    assert_refused(&f, "SQLite");
    ready(&f);
    add(&f, "collection.anki2", STR("SQLite format 3"));
    assert_refused(&f, "SQLite");
}

static Str repeated(Arena *a, const char *text, size_t times)
{
    Buf b = {.arena = a};
    while (times--)
        buf_puts(&b, text);
    return buf_str(&b);
}

/* What is short in a package and long in memory. */
static void more_than_a_deck_can_have_is_refused(void **state)
{
    (void)state;
    Arena a = {0};
    Buf sql = {.arena = &a};
    buf_printf(&sql, TABLES "INSERT INTO col VALUES (11, '[%s0]', '{}');", repeated(&a, "0,", 100000).at);
    assert_refused_sql(buf_str(&sql).at, "more note types than");
    sql.n = 0;
    buf_printf(&sql, TABLES "INSERT INTO col VALUES (11, '[{\"id\":7,\"flds\":[%s0]}]', '{}');"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800)"
        "INSERT INTO notes SELECT i, i, 7, 3, '', replace(hex(zeroblob(15000)), '0', char(31)) FROM n;",
        repeated(&a, "0,", 30000).at);
    assert_refused_sql(buf_str(&sql).at, "more notes and fields than");
    arena_free(&a);
}

static void archives_that_lie_are_refused(void **state)
{
    (void)state;
    enum { CENTRAL_SIZE = 24, END = 22 };
    static const struct {
        const char *size, *why;
    } lies[] = {{"\xFF\xFF\xFF\x7F", "more than it may"}, {"\x0A\0\0\0", "damaged"}, {"\0\0\x10\0", "damaged"}};
    for (size_t i = 0; i < COUNT(lies); i++) {
        Fixture f;
        ready(&f);
        add(&f, "collection.anki2", image_of(&f, TABLES COL));
        Str zip = str_copy(&f.arena, zipped(&f));
        char *bytes = arena_new(&f.arena, char, zip.n);
        memcpy(bytes, zip.at, zip.n);
        memcpy(bytes + str_find(zip, STR("PK\1\2")) + CENTRAL_SIZE, lies[i].size, 4);
        assert_refused_bytes(&f, (Str){bytes, zip.n}, lies[i].why);
    }
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, TABLES COL));
    Buf many = {.arena = &f.arena};
    buf_put(&many, zipped(&f));
    for (int i = 0; i < 2; i++)
        buf_put(&many, STR("PK\5\6\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0\0\0"));
    assert_refused_bytes(&f, buf_str(&many), "more than one directory");
    ready(&f);
    Buf large = {.arena = &f.arena};
    buf_put(&large, STR("PK\6\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0PK\5\6\0\0\0\0\1\0\1\0\0\0\0\0\0\0\0\0\0\0"));
    assert_refused_bytes(&f, buf_str(&large), "4 GiB");
    ready(&f);
    assert_refused_bytes(&f, STR(""), "the archive");
    ready(&f);
    assert_refused_bytes(&f, STR("<!DOCTYPE html>"), "the archive");
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    ReadPackage p;
    char pipe[] = "/tmp/test_package_XXXXXX";
    assert_false(package_read(&p, "/tmp", &d));
    package_close(&p);
    assert_false(package_read(&p, "/nonexistent.apkg", &d));
    package_close(&p);
    close(mkstemp(pipe));
    unlink(pipe);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    alarm(20);
    assert_false(package_read(&p, pipe, &d)); /* nobody writes to it */
    alarm(0);
    package_close(&p);
    unlink(pipe);
    assert_int_equal(d.list.n, 3);
    arena_free(&a);
}

static void lists_of_media_are_not_believed(void **state)
{
    (void)state;
    static const struct {
        const char *list, *why;
    } lists[] = {
        {"{\"0\":\"../x\"}", "none of a file"}, {"{\"0\":\"\"}", "none of a file"},
        {"{\"0\":\"a\\u0000\"}", "none of a file"}, {"{\"0\":[]}", "none of a file"},
        {"{\"0\":\"..\"}", "none of a file"}, {"{\"x\":\"a\"}", "no number of a member"},
        {"{\"123456\":\"a\"}", "no number of a member"}, {"{\"4\":\"a\"}", "4: it is not in the package"},
        {"{\"0\":", "no JSON"},
    };
    for (size_t i = 0; i < COUNT(lists); i++) {
        Fixture f;
        ready(&f);
        add(&f, "collection.anki2", image_of(&f, TABLES COL));
        add(&f, "media", str_of(lists[i].list));
        add(&f, "0", STR("abc"));
        assert_refused(&f, lists[i].why);
    }
}

static void unknown_kinds_and_missing_members_are_refused(void **state)
{
    (void)state;
    static const struct {
        Str meta;
        const char *why;
    } metas[] = {
        {STR_INIT(""), "not known here"}, {STR_INIT("\x08\x04"), "not known here"},
        {STR_INIT("\x08\x02"), "collection.anki21: it is not in the package"},
        {STR_INIT("\x08\x03"), "collection.anki21b: it is not in the package"},
    };
    for (size_t i = 0; i < COUNT(metas); i++) {
        Fixture f;
        ready(&f);
        add(&f, "meta", metas[i].meta);
        add(&f, "collection.anki2", image_of(&f, TABLES COL));
        assert_refused(&f, metas[i].why);
    }
    Fixture f;
    ready(&f);
    add(&f, "meta", STR("\x08\x03"));
    add(&f, "collection.anki21b", STR("no Zstandard"));
    assert_refused(&f, "Zstandard");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_that_anki_refuses_are_refused),
        cmocka_unit_test(code_in_a_database_is_refused),
        cmocka_unit_test(one_page_is_not_given_out_as_many_rows),
        cmocka_unit_test(long_rows_and_damaged_pages_are_refused),
        cmocka_unit_test(more_than_a_deck_can_have_is_refused),
        cmocka_unit_test(archives_that_lie_are_refused),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(lists_of_media_are_not_believed),
        cmocka_unit_test(unknown_kinds_and_missing_members_are_refused),
    };
    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
