/*
 * test_package.c -- packages that are read: those of the writer in all formats, those
 * that other tools make, and those that are made to do harm.
 */
#include "base/json.h"
#include "base/protobuf.h"
#include "base/utf8.h"
#include "base/zstd.h"
#include "emit/apkg/reader.h"
#include "emit/backend.h"
#include "emit/bundle.h"
#include "emit/apkg/database.h"
#include "../tools/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

static void ready(Fixture *f)
{
    *f = (Fixture){0};
    f->diags.arena = f->bundle.arena = &f->arena;
    strcpy(f->path, "/tmp/test_package_XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
}

static void put_file(Fixture *f, Str bytes)
{
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.n ? bytes.at : "", 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

static void add(Fixture *f, const char *member, Str bytes)
{
    bundle_add(&f->bundle, member, pack(bytes, PACK_DEFLATE, 1, &f->arena));
}

static Str zipped(Fixture *f)
{
    Str bytes;
    assert_true(bundle_zip(&f->bundle, &bytes, &f->diags));
    return bytes;
}

static bool read_it(Fixture *f)
{
    return package_read(&f->read, f->path, &f->diags);
}

static void done(Fixture *f)
{
    unlink(f->path);
    package_close(&f->read);
    arena_free(&f->arena);
}

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

/* --- what is inside: Zstandard, messages, JSON, the order of names */

static void zstandard_comes_back(void **state)
{
    (void)state;
    Arena a = {0};
    static const size_t sizes[] = {0, 1, 131071, 131072, 131073, 1000000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char *bytes = arena_new(&a, char, sizes[i] + 1);
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (char)(k * k >> 7);
        Str whole = {bytes, sizes[i]}, packed = zstd_pack(whole, &a), back;
        assert_null(zstd_unpack(packed, sizes[i], &a, &back));
        assert_true(str_eq(whole, back));
        if (sizes[i])
            assert_non_null(zstd_unpack(packed, sizes[i] - 1, &a, &back));
        assert_non_null(zstd_unpack(str_take(packed, packed.n - 1), sizes[i], &a, &back));
    }
    Str back;
    assert_non_null(zstd_unpack(STR("no frame"), 100, &a, &back));
    assert_non_null(zstd_unpack(STR(""), 100, &a, &back));
    arena_free(&a);
}

/* The bytes are those that Anki's own messages have. */
static void messages_are_written_as_anki_does(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    protobuf_put_bytes(&b, 3, STR("Arial"));
    protobuf_put(&b, 4, 20);
    protobuf_put(&b, 7, 0);
    protobuf_put_set(&b, 9, 12345);
    assert_str(buf_str(&b), "\x1a\x05\x41\x72\x69\x61\x6c\x20\x14\x48\xb9\x60");
    b.n = 0;
    protobuf_put(&b, 1, -1);
    assert_str(buf_str(&b), "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    arena_free(&a);
}

static void messages_are_read_up_to_their_damage(void **state)
{
    (void)state;
    Str good = STR("\x08\x96\x01\x11\1\0\0\0\0\0\0\x80\x1a\2ab\x25\4\3\2\1\xFA\x0F\0");
    ProtobufField f;
    assert_true(protobuf_next(&good, &f) && f.number == 1 && f.value == 150);
    assert_true(protobuf_next(&good, &f) && f.number == 2 && f.value == 0x8000000000000001);
    assert_true(protobuf_next(&good, &f) && f.number == 3 && str_eq(f.bytes, STR("ab")));
    assert_true(protobuf_next(&good, &f) && f.number == 4 && f.value == 0x01020304);
    assert_true(protobuf_next(&good, &f) && f.number == 255 && f.bytes.n == 0);
    assert_false(protobuf_next(&good, &f));
    assert_int_equal(good.n, 0);
    static const Str bad[] = {
        STR_INIT("\x08"), STR_INIT("\x08\xFF"), STR_INIT("\x1a\x05" "abc"), STR_INIT("\x11\0\0"), STR_INIT("\x0B"),
        STR_INIT("\x00\x01"), STR_INIT("\x1a\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
        STR_INIT("\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        Str rest = bad[i];
        assert_false(protobuf_next(&rest, &f));
        assert_int_equal(rest.n, bad[i].n);
    }
}

static void json_is_read_as_any_tool_writes_it(void **state)
{
    (void)state;
    Arena a = {0};
    Json *all = json_read(STR("{\"b\": 9007199254740993, \"a\": [\"12\", 1.5e3, null, {}], \"t\": \"x\\u0000y\"}"));
    JsonItems items = json_items(all, &a), list = json_items(items.at[1].value, &a);
    assert_int_equal(items.n, 3);
    assert_str(items.at[0].key, "b");
    assert_int_equal(json_number(items.at[0].value), 9007199254740993);
    assert_int_equal(list.n, 4);
    assert_int_equal(json_number(list.at[0].value), 12);
    assert_int_equal(json_number(list.at[1].value), 1500);
    assert_int_equal(json_number(list.at[2].value), 0);
    assert_int_equal(json_text(json_member(all, "t")).n, 3);
    assert_str(json_text(json_member(all, "b")), "");
    assert_null(json_member(items.at[0].value, "a"));
    json_free(all);
    assert_null(json_read(STR("{\"a\":")));
    assert_null(json_read(STR("\"\xFF\"")));
    assert_null(json_read(STR("")));
    char *deep = arena_new(&a, char, 1000000);
    memset(deep, '[', 1000000);
    assert_null(json_read((Str){deep, 1000000}));
    arena_free(&a);
}

static void names_are_compared_without_case(void **state)
{
    (void)state;
    assert_int_equal(utf8_cmp_nocase(STR("Go 面试"), STR("gO 面试")), 0);
    assert_int_equal(utf8_cmp_nocase(STR("STRASSE"), STR("Straße")), 0);
    assert_int_equal(utf8_cmp_nocase(STR("Ａ"), STR("ａ")), 0);
    assert_int_equal(utf8_cmp_nocase(STR("a"), STR("ａ")), -1);
    assert_int_equal(utf8_cmp_nocase(STR("a"), STR("ab")), -1);
    assert_int_equal(utf8_cmp_nocase(STR("b"), STR("AB")), 1);
    assert_int_equal(utf8_cmp_nocase(STR(""), STR("")), 0);
    assert_true(utf8_cmp_nocase(STR("ﬃ"), STR("g")) > 0); /* i comes first, not f */
}

/* --- what the writer makes, in each format */

static void write_sample(Fixture *f, Format format)
{
    Book *b = sample_book(&f->arena);
    b->format = format;
    b->style.card = STR(".card { color: red; }");
    Str bytes;
    assert_true(backend_apkg.make(b, &bytes));
    put_file(f, bytes);
    arena_free(&b->arena);
}

static void assert_sample(const ReadPackage *p)
{
    assert_int_equal(p->types.n, 2);
    assert_str(p->types.at[0].name, "Deckbind 问答");
    assert_str(p->types.at[0].style, ".card { color: red; }");
    assert_int_equal(p->types.at[0].time, 1700000000);
    assert_false(p->types.at[0].cloze);
    assert_int_equal(p->types.at[0].fields.n, 11);
    assert_str(p->types.at[0].fields.at[10], "Id");
    assert_int_equal(p->types.at[0].templates.n, 3);
    assert_str(p->types.at[0].templates.at[2].name, "默写");
    assert_true(p->types.at[1].cloze);
    assert_true(str_find(p->types.at[1].templates.at[0].front, STR("{{cloze:Text}}")) != STR_NONE);
    assert_true(str_find(p->types.at[1].templates.at[0].back, STR("id=\"answer\"")) != STR_NONE);
    assert_int_equal(p->notes.n, 5);
    const ReadNote *n = &p->notes.at[0], *cloze = &p->notes.at[3];
    assert_str(n->guid, "go/channel.md#1");
    assert_str(n->deck, "面试题::Go");
    assert_str(n->tags, "Go 章节::Go-语言::并发-编程::channel 面试-高频");
    assert_int_equal(n->time, 1700000000);
    assert_int_equal(n->type, 0);
    assert_int_equal(n->cards.n, 2);
    assert_int_equal(n->cards.at[1], 1);
    assert_int_equal(n->fields.n, 11);
    assert_str(n->fields.at[0], "无缓冲 channel 与有缓冲 channel 有什么区别？");
    assert_int_equal(cloze->type, 1);
    assert_str(cloze->deck, "面试题::网络");
    assert_int_equal(cloze->cards.n, 2);
    assert_int_equal(p->media.n, 1);
    assert_str(p->media.at[0].name, "deckbind-0123456789abcdef.png");
    unsigned char digest[SHA1_BYTES];
    hash_sha1((Str){(const char *)sample_png, sizeof sample_png}, digest);
    assert_memory_equal(p->media.at[0].sha1, digest, SHA1_BYTES);
}

static void all_formats_hold_the_same(void **state)
{
    (void)state;
    for (Format format = 0; format < FORMATS; format++) {
        Fixture f;
        ready(&f);
        write_sample(&f, format);
        assert_true(read_it(&f));
        assert_int_equal(f.diags.list.n, 0);
        assert_sample(&f.read);
        done(&f);
    }
}

static void a_format_is_the_same_bytes_on_any_threads(void **state)
{
    (void)state;
    for (Format format = 0; format < FORMATS; format++) {
        Arena a = {0};
        Book *one = sample_book(&a), *two = sample_book(&a);
        Str first, second;
        one->format = two->format = format;
        one->threads = 1;
        two->threads = 7;
        assert_true(backend_apkg.make(one, &first) && backend_apkg.make(two, &second));
        assert_true(str_eq(first, second));
        arena_free(&one->arena);
        arena_free(&two->arena);
        arena_free(&a);
    }
}

static void a_format_has_its_members(void **state)
{
    (void)state;
    static const struct {
        const char *meta, *there, *not_there;
    } want[FORMATS] = {
        [FORMAT_LEGACY1] = {NULL, "collection.anki2", "collection.anki21"},
        [FORMAT_LEGACY2] = {"\x08\x02", "collection.anki21", "collection.anki21b"},
        [FORMAT_LATEST] = {"\x08\x03", "collection.anki21b", "collection.anki21"},
    };
    for (Format format = 0; format < FORMATS; format++) {
        Fixture f;
        Archive archive;
        Str bytes;
        ready(&f);
        write_sample(&f, format);
        assert_true(archive_open(&archive, f.path, &f.diags));
        assert_true(archive_has(&archive, "collection.anki2")); /* old clients fail without one */
        assert_true(archive_has(&archive, want[format].there));
        assert_false(archive_has(&archive, want[format].not_there));
        assert_int_equal(archive_has(&archive, "meta"), want[format].meta != NULL);
        if (want[format].meta) {
            assert_true(archive_read(&archive, "meta", 10, &f.arena, &bytes, &f.diags));
            assert_str(bytes, want[format].meta);
        }
        archive_close(&archive);
        done(&f);
    }
}

/* What a client finds that knows neither .anki21 nor .anki21b. */
static void an_old_client_is_asked_to_update(void **state)
{
    (void)state;
    Fixture f;
    Archive archive;
    Str notice;
    ready(&f);
    write_sample(&f, FORMAT_LATEST);
    assert_true(archive_open(&archive, f.path, &f.diags));
    assert_true(archive_read(&archive, "collection.anki2", 1 << 20, &f.arena, &notice, &f.diags));
    archive_close(&archive);
    add(&f, "collection.anki2", notice);
    put_file(&f, zipped(&f));
    assert_true(read_it(&f));
    assert_int_equal(f.read.notes.n, 1);
    assert_int_equal(f.read.notes.at[0].cards.n, 1);
    assert_true(str_find(f.read.notes.at[0].fields.at[0], STR("update Anki")) != STR_NONE);
    done(&f);
}

static void the_tables_of_schema_18_are_whole(void **state)
{
    (void)state;
    Fixture f;
    Archive archive;
    Database db;
    Str packed, image;
    ready(&f);
    write_sample(&f, FORMAT_LATEST);
    assert_true(archive_open(&archive, f.path, &f.diags));
    assert_true(archive_read(&archive, "collection.anki21b", 1 << 20, &f.arena, &packed, &f.diags));
    archive_close(&archive);
    assert_null(zstd_unpack(packed, 1 << 24, &f.arena, &image));
    database_open(&db, image);
    static const char *const true_ones[] = {
        "SELECT ver = 18 AND models = '' AND conf = '' FROM col",
        "SELECT count(*) = 18 FROM fields",
        "SELECT count(*) = 4 FROM templates",
        "SELECT hex(config) = '1A05417269616C201448D1ECF1C0FFFDE305' FROM fields WHERE name = 'question'",
        "SELECT count(*) = 1 FROM decks WHERE name = '面试题' || char(31) || 'go'",
        "SELECT min(typeof(common) = 'blob' AND hex(kind) = '0A020801') FROM decks",
        "SELECT name = 'Default' FROM decks WHERE id = 1",
        "SELECT hex(config) LIKE '0A080000803F0000204112%C0013C' FROM deck_config",
        "SELECT CAST(val AS text) = '6' FROM config WHERE KEY = 'nextPos'",
        "SELECT integrity_check = 'ok' FROM pragma_integrity_check",
    };
    for (size_t i = 0; i < COUNT(true_ones); i++)
        if (database_ask(&db, true_ones[i]) != 1)
            fail_msg("not so: %s (%s)", true_ones[i], database_why(&db));
    database_close(&db);
    done(&f);
}

/* --- what other tools make */

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
static Str image_of(Fixture *f, const char *sql)
{
    Database db;
    database_create(&db);
    database_run(&db, sql);
    Str image = database_image(&db);
    assert_null(database_why(&db));
    image = str_copy(&f->arena, image);
    database_close(&db);
    return image;
}

static void assert_refused_sql(const char *sql, const char *why)
{
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, sql));
    assert_refused(&f, why);
}

static void what_anki_passes_over_is_passed_over(void **state)
{
    (void)state;
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, TABLES COL
        "INSERT INTO notes VALUES (9, 'g', 7, 3, ' b  a　c ', 'q' || char(31) || 'a'),"
        " (4, 'g', 7, 3, '', 'older' || char(31)), (5, 'f', 7, 3, '', x'FF1F41');"
        "INSERT INTO cards VALUES (4, 1, 8, 2), (4, 0, 2, 0), (4, 1, 2, 0), (77, 0, 1, 0), (9, 0, 1, 0);"));
    put_file(&f, zipped(&f));
    assert_true(read_it(&f));
    assert_int_equal(f.read.types.at[0].id, 7); /* written as a text */
    assert_int_equal(f.read.notes.n, 2);
    const ReadNote *n = &f.read.notes.at[1];
    assert_str(n->fields.at[0], "older");
    assert_str(n->deck, "x::y");
    assert_int_equal(n->cards.n, 2);
    assert_str(f.read.notes.at[0].fields.at[0], "\xEF\xBF\xBD");
    assert_str(f.read.notes.at[0].deck, "");
    assert_int_equal(f.read.media.n, 0);
    done(&f);
}

static void the_newest_collection_is_read(void **state)
{
    (void)state;
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, TABLES COL NOTE));
    add(&f, "collection.anki21", image_of(&f, TABLES COL
        "INSERT INTO notes VALUES (1, 'new', 7, 3, ' b  a　c ', 'q' || char(31) || 'a');"));
    put_file(&f, zipped(&f));
    assert_true(read_it(&f));
    assert_str(f.read.notes.at[0].guid, "new");
    assert_str(f.read.notes.at[0].tags, "b a c");
    done(&f);
}

static void media_are_named_and_hashed(void **state)
{
    (void)state;
    Fixture f;
    ready(&f);
    add(&f, "collection.anki2", image_of(&f, TABLES COL));
    add(&f, "media", STR("{\"1\": \"b.png\", \"0\": \"a\\u0062c.mp3\"}"));
    add(&f, "1", STR(""));
    add(&f, "0", STR("abc"));
    put_file(&f, zipped(&f));
    assert_true(read_it(&f));
    assert_int_equal(f.read.media.n, 2);
    assert_str(f.read.media.at[0].name, "abc.mp3");
    assert_memory_equal(f.read.media.at[0].sha1, "\xa9\x99\x3e\x36\x47\x06\x81\x6a\xba\x3e", 10);
    done(&f);
}

/* --- what cannot be used */

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
        cmocka_unit_test(zstandard_comes_back),
        cmocka_unit_test(messages_are_written_as_anki_does),
        cmocka_unit_test(messages_are_read_up_to_their_damage),
        cmocka_unit_test(json_is_read_as_any_tool_writes_it),
        cmocka_unit_test(names_are_compared_without_case),
        cmocka_unit_test(all_formats_hold_the_same),
        cmocka_unit_test(a_format_is_the_same_bytes_on_any_threads),
        cmocka_unit_test(a_format_has_its_members),
        cmocka_unit_test(an_old_client_is_asked_to_update),
        cmocka_unit_test(the_tables_of_schema_18_are_whole),
        cmocka_unit_test(what_anki_passes_over_is_passed_over),
        cmocka_unit_test(the_newest_collection_is_read),
        cmocka_unit_test(media_are_named_and_hashed),
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
    return cmocka_run_group_tests_name("package", tests, NULL, NULL);
}
