/*
 * test_apkg.c -- fields as Anki reads them, names, the frozen note types, and the
 * rows of a whole package.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../tools/sample.h"
#include "base/hash.h"
#include "emit/apkg/collection.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/models.h"
#include "emit/apkg/note.h"
#include "emit/apkg/tags.h"
#include "emit/backend.h"

#include <sqlite3.h>
#include <string.h>
#include <zip.h>

static void assert_str(Str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

/* --- fields */

static void checksums_are_those_of_anki(void **state)
{
    (void)state;
    assert_int_equal(field_checksum(STR("007")), 355756889);
    assert_int_equal(field_checksum(STR("Q2")), 3548186966);
}

static void stripping_keeps_text_and_picture_names(void **state)
{
    (void)state;
    static const struct { const char *html, *text; } rows[] = {
        {"", ""},
        {"plain  text ", "plain  text "},
        {"a<b>c</b><br />d", "acd"},
        {"x<!-- > --><i>y</i>", "xy"},
        {"<img src=\"a-1.png\" alt=\"n\" />", " a-1.png "},
        {"<img alt=\"n\" src=\"a-1.png\"/>!", " a-1.png !"},
        {"<image src=\"a\">", ""},
        {"&lt;b&gt; &amp;amp; &quot;&#39;&#x4e2d;", "<b> &amp; \"'中"},
        {"a&#160;b\xC2\xA0" "c", "a b c"},
        {"a\xC2\xA0" "c", "a\xC2\xA0" "c"},
        {"R&D &lt;", "R&D &lt;"}, /* one that is no entity: none is resolved */
        {"&#99999999999;", "&#99999999999;"},
        {"1 < 2", "1 < 2"},
    };
    Arena a = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Buf b = {.arena = &a};
        field_strip(&b, str_of(rows[i].html));
        assert_str(buf_str(&b), rows[i].text);
    }
    arena_free(&a);
}

static void fields_are_as_anki_would_clean_them(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    field_put(&b, STR("a\r\n\tb\x1F\x7F" "c"));
    assert_str(buf_str(&b), "a\n\tbc");
    arena_free(&a);
}

static void blanks_and_breaks_are_an_empty_field(void **state)
{
    (void)state;
    assert_true(field_is_empty(STR("")));
    assert_true(field_is_empty(STR(" <br /><div>\n</div><br>")));
    assert_false(field_is_empty(STR("<p></p>")));
    assert_false(field_is_empty(STR("<br class=\"x\">")));
    assert_false(field_is_empty(STR("<br /> 0")));
}

static void clozes_count_when_opened_and_closed(void **state)
{
    (void)state;
    static const struct { const char *html; int count, lowest, highest; } rows[] = {
        {"no", 0, 0, 0},
        {"{{c1::a}} {{c3::b::hint}} {{c1::c}}", 2, 1, 3},
        {"{{c0::a}}", 0, 0, 0},
        {"{{c1::a", 0, 0, 0},
        {"{{c1:a}} {{c::b}} {{C2::c}}", 0, 0, 0},
        {"{{c2::a {{c1::b}} c}}", 2, 1, 2},
        {"{{c2::a {{c1::b}}", 0, 0, 0},
        {"{{c3::a}} {{c2::a {{c1::b}}", 1, 3, 3},
        {"{{c1,4::a}}", 2, 1, 4},
        {"{{c500::a}}{{c501::b}}{{c99999999999999999999::c}}", 1, 500, 500},
        {"}}{{{c7::a}}}", 1, 7, 7},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int count = 0, lowest = 0, highest = 0;
        Clozes c = field_clozes(str_of(rows[i].html));
        assert_int_equal(clozes_any(&c), rows[i].count > 0);
        for (int n = 1; n <= CLOZE_CARDS; n++)
            if (clozes_has(&c, (size_t)n)) {
                count++;
                lowest = lowest ? lowest : n;
                highest = n;
            }
        assert_int_equal(count, rows[i].count);
        assert_int_equal(lowest, rows[i].lowest);
        assert_int_equal(highest, rows[i].highest);
    }
}

/* --- names */

static void deck_names_are_as_anki_would_leave_them(void **state)
{
    (void)state;
    static const struct { const char *from, *to; } rows[] = {
        {"面试::算法", "面试::算法"},
        {" 面试 :: \"算法\" ", "面试::算法"},
        {"a:::b", "a::b"},
        {"::a::::b::", "a::b"},
        {"a:b", "a:b"},
        {"　全角　", "全角"},
        {"e\xCC\x81", "\xC3\xA9"},
        {"\"", "Deckbind"},
        {"", "Deckbind"},
        {"1::2::3::4::5::6::7::8::9::10::11", "1::2::3::4::5::6::7::8::9::10"},
    };
    Arena a = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_str(deck_name(str_of(rows[i].from), &a), rows[i].to);
    arena_free(&a);
}

static void decks_list_their_parents_once(void **state)
{
    (void)state;
    Arena a = {0};
    Decks d = {.arena = &a};
    decks_add(&d, STR("a::b::c"));
    decks_add(&d, STR("A::b"));
    decks_add(&d, STR("default"));
    decks_settle(&d);
    assert_int_equal(d.list.n, 3);
    assert_str(d.list.at[0].name, "A");
    assert_str(d.list.at[2].name, "a::b::c");
    assert_true(decks_id(&d, STR("a::B")) == d.list.at[1].id);
    assert_true(d.list.at[1].id > 1000000000000);
    assert_int_equal(decks_id(&d, STR("Default")), 1); /* that one is always there */
    arena_free(&a);
}

static void tags_are_sorted_and_safe(void **state)
{
    (void)state;
    Arena a = {0};
    StrVec none = {0}, some = {0};
    *vec_push(&some, &a) = STR("网络 基础");
    *vec_push(&some, &a) = STR("Go::\"runtime\"");
    *vec_push(&some, &a) = STR("网络　基础");
    *vec_push(&some, &a) = STR(" * ");
    assert_str(tags_make(&none, STR("b a"), STR(""), &a), " a b ");
    assert_str(tags_make(&none, STR(""), STR("Go › std::map - 用法 › it's"), &a), " 章节::Go::std-map-用法::its ");
    assert_str(tags_make(&some, STR(""), STR(""), &a), " Go::runtime 网络-基础 ");
    arena_free(&a);
}

/* --- note types */

/*
 * Readers lose their history when any of this changes.  The digest is not to be
 * made anew: a change needs a new note type.
 */
static void note_types_are_frozen(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    for (size_t i = 0; i < NOTE_TYPES; i++) {
        const NoteType *t = note_types[i];
        buf_printf(&b, "%lld %s %d\n", (long long)t->id, t->name, t->cloze);
        for (size_t k = 0; k < t->field_count; k++)
            buf_printf(&b, "%lld %s\n", (long long)t->fields[k].id, t->fields[k].name);
        for (size_t k = 0; k < t->template_count; k++)
            buf_printf(&b, "%lld %s\n", (long long)t->templates[k].id, t->templates[k].name);
    }
    assert_int_equal(hash64(buf_str(&b)), 0xbf8b8f79f78fba02ull);
    arena_free(&a);
}

static void names_of_fields_in_templates_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < NOTE_TYPES; i++)
        for (size_t k = 0; k < note_types[i]->template_count; k++) {
            Str front = str_of(note_types[i]->templates[k].front);
            size_t at;
            while ((at = str_find(front, STR("{{"))) != STR_NONE) {
                front = str_drop(front, at + 2);
                Str name = str_take(front, str_find(front, STR("}}")));
                for (size_t n; (n = str_find_char(name, ':')) != STR_NONE;)
                    name = str_drop(name, n + 1);
                if (name.n && strchr("#/^", *name.at))
                    name = str_drop(name, 1);
                bool known = false;
                for (size_t f = 0; f < note_types[i]->field_count; f++)
                    known = known || str_eq(name, str_of(note_types[i]->fields[f].name));
                assert_true(known);
            }
        }
}

/* --- the whole package */

typedef struct Opened {
    Arena arena;
    Book *book;
    Str bytes;
    sqlite3 *db;
} Opened;

static Str member(Str archive, const char *name, Arena *a)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(archive.at, archive.n, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_stat_t stat;
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    char *to = arena_new(a, char, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, to, stat.size), stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (Str){to, stat.size};
}

static void open_package(Opened *o, unsigned threads)
{
    o->book = sample_book(&o->arena);
    o->book->threads = threads;
    assert_true(backend_apkg.make(o->book, &o->bytes));
    assert_int_equal(o->book->diags.list.n, 0);
    Str image = member(o->bytes, "collection.anki2", &o->arena);
    unsigned char *copy = sqlite3_malloc64(image.n);
    memcpy(copy, image.at, image.n);
    assert_int_equal(sqlite3_open(":memory:", &o->db), SQLITE_OK);
    assert_int_equal(sqlite3_deserialize(o->db, "main", copy, (sqlite3_int64)image.n,
                                         (sqlite3_int64)image.n, SQLITE_DESERIALIZE_FREEONCLOSE),
                     SQLITE_OK);
}

static void close_package(Opened *o)
{
    sqlite3_close(o->db);
    arena_free(&o->book->arena);
    arena_free(&o->arena);
}

static void assert_row(Opened *o, const char *sql, const char *want)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(o->db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(s, 0), want);
    sqlite3_finalize(s);
}

static void a_package_holds_answered_questions(void **state)
{
    (void)state;
    Opened o = {0};
    open_package(&o, 1);
    assert_row(&o, "SELECT count(*) FROM notes", "5");
    assert_row(&o, "SELECT group_concat(ord || ' ' || due) FROM (SELECT * FROM cards ORDER BY due, ord)", "0 1,1 1,0 2,0 3,0 4,1 4,0 5");
    assert_row(&o, "SELECT tags FROM notes WHERE guid = 'go/channel.md#1'",
               " Go 章节::Go-语言::并发-编程::channel 面试-高频 ");
    assert_row(&o, "SELECT typeof(sfld) || sfld || ' ' || csum FROM notes WHERE guid = 'go/channel.md#4'",
               "integer7 355756889");
    assert_row(&o, "SELECT replace(flds, char(31), '|') FROM notes WHERE guid = 'go/channel.md#4'",
               "007|<p>&lt;b&gt; &amp; co.</p>||||||Go 语言 › 并发 编程 › &quot;channel&quot;"
               "|go/channel.md:40||q-4");
    assert_row(&o, "SELECT replace(flds, char(31), '|') FROM notes WHERE mid = 1719366149284",
               "TCP 建立连接需要 {{c1::三次::几次}} 握手，断开需要 {{c2::四次}} 挥手。||"
               "<p>第三次握手可以携带数据。</p>|网络: 基础　篇|net/tcp &amp; udp.md:10||q-1");
    assert_str(member(o.bytes, "media", &o.arena), "{\"0\":\"deckbind-0123456789abcdef.png\"}");
    assert_int_equal(member(o.bytes, "0", &o.arena).n, sizeof sample_png);
    close_package(&o);
}

#define JOINER "\xE2\x81\xA0"

static void a_path_and_a_title_obey_nothing(void **state)
{
    (void)state;
    Arena a = {0};
    Buf b = {.arena = &a};
    Source s = {.name = STR("[sound:a.mp3]/{{c1::b}}.md")};
    Entry e = {.line = 7, .section = STR("[$]x[/$] › \\(y\\) › {{c1::z}}")};
    Config config = {.source_url = STR("https://example.org")};
    note_fields(&b, &s, &e, &note_type_cloze, &config);
    Str fields = buf_str(&b);
    for (int i = 0; i < CLOZE_SECTION; i++)
        str_cut(&fields, 0x1F);
    assert_str(str_cut(&fields, 0x1F), "[<!-- -->$]x[/$] › <span>\\</span>(y<span>\\</span>) › {<!-- -->{c1::z}}");
    assert_str(str_cut(&fields, 0x1F),
               "<a href=\"https://example.org/[" JOINER "sound:a.mp3]/{" JOINER "{c1::b}}.md#L7\">"
               "[<!-- -->sound:a.mp3]/{<!-- -->{c1::b}}.md:7</a>");
    arena_free(&a);
}

static void the_collection_is_what_anki_asks_for(void **state)
{
    (void)state;
    Opened o = {0};
    open_package(&o, 1);
    assert_row(&o, "PRAGMA integrity_check", "ok");
    assert_row(&o, "SELECT ver || ' ' || mod || ' ' || tags FROM col", "11 1700000000000 {}");
    assert_row(&o, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", "7");
    assert_row(&o, "SELECT group_concat(value ->> 'name', '; ') FROM col, json_each(decks)",
               "Default; 面试题; 面试题::Go; 面试题::网络");
    assert_row(&o, "SELECT count(*) FROM cards WHERE did NOT IN"
               " (SELECT key FROM col, json_each(decks))", "0");
    assert_row(&o, "SELECT group_concat(value ->> 'req', ' ') FROM col, json_each(models)",
               "[[0,\"any\",[0]],[1,\"all\",[1,5]],[2,\"all\",[0,6]]] [[0,\"any\",[0]]]");
    assert_row(&o, "SELECT max(id) < 1700000000000 FROM cards", "1");
    assert_row(&o, "SELECT json_valid(conf) AND json_valid(dconf) FROM col", "1");
    close_package(&o);
}

static void the_same_book_is_the_same_bytes(void **state)
{
    (void)state;
    Opened one = {0}, two = {0};
    open_package(&one, 1);
    open_package(&two, 7);
    assert_int_equal(one.bytes.n, two.bytes.n);
    assert_memory_equal(one.bytes.at, two.bytes.at, one.bytes.n);
    Str image = member(one.bytes, "collection.anki2", &one.arena);
    static const char zeros[8] = {0};
    assert_memory_equal(image.at + 24, zeros, 4);
    assert_memory_equal(image.at + 92, zeros, 8);
    close_package(&one);
    close_package(&two);
}

static void another_language_is_marked(void **state)
{
    (void)state;
    Opened o = {.book = NULL};
    Arena a = {0};
    o.book = sample_book(&a);
    o.book->config.language = STR("en");
    Str bytes;
    assert_true(backend_apkg.make(o.book, &bytes));
    Str image = member(bytes, "collection.anki2", &a);
    assert_true(str_find(image, STR("<div lang=\"en\">007</div>\x1F<div lang=\"en\"><p>&lt;b&gt;"))
                != STR_NONE);
    arena_free(&o.book->arena);
    arena_free(&a);
}

static void a_book_without_answers_makes_no_deck(void **state)
{
    (void)state;
    Arena a = {0};
    Book *b = sample_book(&a);
    for (size_t i = 0; i < b->source_count; i++)
        b->sources[i].failed = true;
    Str bytes = STR("x");
    assert_true(backend_apkg.make(b, &bytes));
    assert_int_equal(bytes.n, 0);
    assert_int_equal(b->diags.list.n, 1);
    assert_int_equal(b->diags.list.at[0].code, D_EMPTY_DECK);
    arena_free(&b->arena);
    arena_free(&a);
}

/* --- failures of the collection */

static void two_notes_of_one_guid_are_refused(void **state)
{
    (void)state;
    Arena a = {0};
    Book *b = sample_book(&a);
    b->sources[0].entries.at[1].guid = b->sources[0].entries.at[0].guid;
    Str bytes;
    assert_false(backend_apkg.make(b, &bytes));
    assert_int_equal(b->diags.list.at[0].code, D_SELF_CHECK);
    arena_free(&b->arena);
    arena_free(&a);
}

static void the_first_failure_is_kept(void **state)
{
    (void)state;
    Arena a = {0};
    Diags d = {.arena = &a};
    Collection c;
    Str bytes;
    collection_open(&c, SCHEMA_11, NULL);
    CardRow card = {.id = 5, .note = 1};
    collection_card(&c, &card);
    collection_card(&c, &card); /* the same id */
    card.id = 6;
    collection_card(&c, &card);
    assert_false(collection_finish(&c, &bytes, &d));
    assert_int_equal(d.list.n, 1);
    assert_int_equal(d.list.at[0].code, D_LIBRARY);
    collection_close(&c);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checksums_are_those_of_anki),
        cmocka_unit_test(stripping_keeps_text_and_picture_names),
        cmocka_unit_test(fields_are_as_anki_would_clean_them),
        cmocka_unit_test(blanks_and_breaks_are_an_empty_field),
        cmocka_unit_test(clozes_count_when_opened_and_closed),
        cmocka_unit_test(deck_names_are_as_anki_would_leave_them),
        cmocka_unit_test(decks_list_their_parents_once),
        cmocka_unit_test(tags_are_sorted_and_safe),
        cmocka_unit_test(note_types_are_frozen),
        cmocka_unit_test(names_of_fields_in_templates_exist),
        cmocka_unit_test(a_package_holds_answered_questions),
        cmocka_unit_test(a_path_and_a_title_obey_nothing),
        cmocka_unit_test(the_collection_is_what_anki_asks_for),
        cmocka_unit_test(the_same_book_is_the_same_bytes),
        cmocka_unit_test(another_language_is_marked),
        cmocka_unit_test(a_book_without_answers_makes_no_deck),
        cmocka_unit_test(two_notes_of_one_guid_are_refused),
        cmocka_unit_test(the_first_failure_is_kept),
    };
    return cmocka_run_group_tests_name("apkg", tests, NULL, NULL);
}
