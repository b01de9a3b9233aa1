/*
 * test_package.c -- packages that are read: those of the writer in all formats, and those
 * that other tools make.
 */
#include "base/json.h"
#include "base/protobuf.h"
#include "base/utf8.h"
#include "base/zstd.h"
#include "emit/backend.h"
#include "package_file.h"
#include "../tools/sample.h"

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
    };
    return cmocka_run_group_tests_name("package", tests, NULL, NULL);
}
