/*
 * test_config.c -- deckbind.yaml: what is taken, and where what is refused stands.
 */
#include "read/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Fixture {
    Arena arena;
    Diags diags;
    Config config;
    bool ok;
} Fixture;

static void read_text(Fixture *f, Str text)
{
    char path[] = "/tmp/deckbind-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.at, text.n), (ssize_t)text.n);
    close(fd);
    *f = (Fixture){0};
    f->diags.arena = &f->arena;
    f->ok = config_read(path, &f->config, &f->arena, &f->diags);
    unlink(path);
}

static void test_all_keys(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, STR("\xEF\xBB\xBF# 描述\n"
                      "title: 面试题\nauthor: 'A: B'\nlanguage: zh-Hans-CN\ndeck: Go::并发\n"
                      "identifier: urn:x:1\ndate: 2024-02-29\ndescription: |\n  one\n  two\n"
                      "publisher: P\nrights: no\ncover: c.png\nstyles: css\nfile_name: go.面试\n"
                      "source_url: https://example.org/a?b\noutputs: [apkg, epub]\n"
                      "title_sort: mianshi ti\nseries: 丛书\nseries_index: 2.5\nsubjects: [编程, 'a, b']\n"));
    assert_true(f.ok);
    assert_int_equal(f.diags.list.n, 0);
    assert_string_equal(f.config.title.at, "面试题");
    assert_string_equal(f.config.author.at, "A: B");
    assert_string_equal(f.config.language.at, "zh-Hans-CN");
    assert_string_equal(f.config.deck.at, "Go::并发");
    assert_string_equal(f.config.identifier.at, "urn:x:1");
    assert_string_equal(f.config.date.at, "2024-02-29");
    assert_string_equal(f.config.description.at, "one\ntwo");
    assert_string_equal(f.config.publisher.at, "P");
    assert_string_equal(f.config.rights.at, "no");
    assert_string_equal(f.config.cover.at, "c.png");
    assert_string_equal(f.config.styles.at, "css");
    assert_string_equal(f.config.file_name.at, "go.面试");
    assert_string_equal(f.config.source_url.at, "https://example.org/a?b");
    assert_string_equal(f.config.title_sort.at, "mianshi ti");
    assert_string_equal(f.config.series.at, "丛书");
    assert_string_equal(f.config.series_index.at, "2.5");
    assert_int_equal(f.config.subjects.n, 2);
    assert_string_equal(f.config.subjects.at[1].at, "a, b");
    assert_int_equal(f.config.outputs.n, 2);
    assert_string_equal(f.config.outputs.at[1].at, "epub");
    arena_free(&f.arena);
}

/* What a word switches on, the rest is off; a rule that says nothing has what the book has. */
static void test_repairs(void **state)
{
    (void)state;
    static const RepairSet links = 1U << REPAIR_LINKS, prose = 1U << REPAIR_PROSE;
    static const struct {
        const char *text;
        RepairSet book, rule; /* that are on */
    } cases[] = {
        {"files: [{match: a}]", REPAIR_ALL, REPAIR_ALL},
        {"repairs:\nfiles: [{match: a, repairs: }]", REPAIR_ALL, REPAIR_ALL},
        {"repairs: none\nfiles: [{match: a}]", REPAIR_NONE, REPAIR_NONE},
        {"files: [{match: a, repairs: none}]\nrepairs: all", REPAIR_ALL, REPAIR_NONE},
        {"repairs: [links, prose]\nfiles: [{match: a, repairs: [prose]}]", links | prose, prose},
        {"repairs:\n- links\nfiles:\n- match: b\n  repairs: none\n- match: a\n  repairs: prose\n",
         links, prose},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture f;
        read_text(&f, str_of(cases[i].text));
        assert_true(f.ok);
        assert_int_equal(f.config.repairs_off, REPAIR_ALL & ~cases[i].book);
        assert_int_equal(f.config.files.at[f.config.files.n - 1].repairs_off, REPAIR_ALL & ~cases[i].rule);
        arena_free(&f.arena);
    }
}

/* A rule for files may stand before them, and its keys are not theirs. */
static void test_creators(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "creators: [{name: 甲}, {name: ' 乙 ', role: trl, file_as: Yi}]",
        "files: [{match: a}, {match: b}]\ncreators:\n- name: 甲\n  role:\n- role: trl\n  file_as: Yi\n  name: 乙\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        Fixture f;
        read_text(&f, str_of(texts[i]));
        assert_true(f.ok);
        assert_int_equal(f.config.creators.n, 2);
        const Creator *c = f.config.creators.at;
        assert_string_equal(c[0].name.at, "甲");
        assert_int_equal(c[0].role.n + c[0].file_as.n, 0);
        assert_string_equal(c[1].name.at, "乙");
        assert_string_equal(c[1].role.at, "trl");
        assert_string_equal(c[1].file_as.at, "Yi");
        arena_free(&f.arena);
    }
}

static void test_empty(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "# a comment\n", "---\n", "title:\nauthor: ''\noutputs:\n",
                                        "{}", "outputs: []\n", "title: ~\n",
                                        "creators:\nsubjects: []\nseries:\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        Fixture f;
        read_text(&f, str_of(texts[i]));
        assert_true(f.ok);
        assert_int_equal(f.config.title.n, 0);
        assert_int_equal(f.config.outputs.n, 0);
        assert_int_equal(f.diags.list.n, 0);
        arena_free(&f.arena);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        Str text;
        uint32_t line, column;
        const char *detail;
    } cases[] = {
        {STR_INIT("title: a\nfoo: b\n"), 2, 1, "foo"},
        {STR_INIT("title: a\n\nauthor: b\n\ntitle: c\n"), 5, 1, "already"},
        {STR_INIT("# c\ntitle: [a]\n"), 2, 1, "title: Expecting STRING"},
        {STR_INIT("outputs: epub\n"), 1, 1, "outputs: Expecting SEQUENCE"},
        {STR_INIT("title: a\noutputs: [a, {b: c}]\n"), 2, 1, "outputs: Expecting STRING"},
        {STR_INIT("- a\n"), 1, 0, "Expecting MAPPING"},
        {STR_INIT("hello\n"), 1, 0, "Expecting MAPPING"},
        {STR_INIT("title: 标题: 副题\n"), 1, 14, "mapping values"},
        {STR_INIT("title: a\n\tauthor: b\n"), 2, 1, "found a tab"},
        {STR_INIT("title: *x\n"), 1, 8, "aliases"},
        {STR_INIT("title: a\nauthor: 'b\n"), 3, 1, "end of stream"},
        {STR_INIT("title: a\n---\ntitle: b\n"), 2, 1, "second document"},
        {STR_INIT("title: a\nauthor: \xE4\xB8\xAD\xFF\n"), 2, 12, "UTF-8"},
        {STR_INIT("title: \"a\\0b\"\n"), 1, 1, "title must be"},
        {STR_INIT("title: \"a\\nb\"\n"), 1, 1, "title must be"},
        {STR_INIT("\ndate: 2024-13-01\n"), 2, 1, "date must be"},
        {STR_INIT("language: 中文\n"), 1, 1, "language must be"},
        {STR_INIT("file_name: a/b\n"), 1, 1, "file_name must be"},
        {STR_INIT("source_url: javascript:x\n"), 1, 1, "source_url must be"},
        {STR_INIT("self_test: no\n"), 1, 1, "self_test must be true or false"},
        {STR_INIT("index: 1\n"), 1, 1, "index must be true or false"},
        {STR_INIT("title: a\nrepairs: [code, foo]\n"), 2, 1, "not foo"},
        {STR_INIT("repairs: {code: false}\n"), 1, 1, "repairs must be"},
        {STR_INIT("creators:\n- name: a\n- name: b\n  role: foo\n"), 4, 3, "role must be one of aut edt"},
        {STR_INIT("title: a\ncreators: [{role: aut}]\n"), 2, 1, "name"},
        {STR_INIT("title: a\ncreators: [甲]\n"), 2, 1, "creators: Expecting MAPPING"},
        {STR_INIT("creators: [{name: a, born: b}]\n"), 1, 0, "born"},
        {STR_INIT("creators: [{name: \"a\\nb\"}]\n"), 1, 13, "name must be"},
        {STR_INIT("title: a\nsubjects: [a, \"b\\0\"]\n"), 2, 1, "subjects must be"},
        {STR_INIT("title: a\nseries_index: 2\n"), 2, 1, "goes with a series"},
        {STR_INIT("files:\n- match: a\n- match: b\n  repairs: bar\n"), 4, 3, "not bar"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Fixture f;
        read_text(&f, cases[i].text);
        assert_false(f.ok);
        assert_int_equal(f.diags.list.n, 1);
        const Diag *d = &f.diags.list.at[0];
        assert_string_equal(diag_name(d->code), "CONFIG_INVALID");
        assert_int_equal(d->place.line, cases[i].line);
        if (cases[i].column)
            assert_int_equal(d->place.column, cases[i].column);
        if (!strstr(d->detail.at, cases[i].detail))
            fail_msg("\"%s\" does not say \"%s\"", d->detail.at, cases[i].detail);
        arena_free(&f.arena);
    }
}

/* Whether `key: value` is taken. */
static void check_value(const char *key, const char *value, bool taken)
{
    Arena a = {0};
    Buf b = {.arena = &a};
    buf_printf(&b, "%s: '%s'\n", key, value);
    Fixture f;
    read_text(&f, buf_str(&b));
    if (f.ok != taken)
        fail_msg("%s: %s", taken ? "refused" : "taken", b.at);
    arena_free(&f.arena);
    arena_free(&a);
}

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *key, *good[8], *bad[20];
    } cases[] = {
        {"date",
         {"2024-01-31", "2000-02-29", "2024-05-31T08:00:00Z", "0001-01-01"},
         {"2024", "2024-1-1", "2024-02-30", "1900-02-29", "2024-00-01", "2024-01-00",
          "2024-01-01T", "2024-01-01T08:00", "2024-01-01T25:00Z", "2024-01-01x", "昨天",
          "2024-01-01T08:00:00Zx", "+024-01-01",
          "0000-01-01", "2024-05-31T08:00Z", "2024-05-31T08:00:00+08:00"}},
        {"language",
         {"zh", "zh-CN", "en", "zh-Hans-CN", "de-1996", "zh-x-a1b"},
         {"z", "-", "zh-", "-zh", "zh--CN", "zh_CN", "中文", "abcdefghi", "zh-abcdefghi", "1a", "en-a", "zh-a1"}},
        {"file_name",
         {"go", "面试", "a b", "collections", "my-collection", "a..b"},
         {"a\u202Eb", "a\xC2\x9B" "b", "a\u2028", "a\uFDD0", "\U0010FFFF", "a/b", "..", ".hidden", "collection", "Collection", "backup-1", "Backup-x", "a\\b", "/"}},
        {"series: a\nseries_index", {"1", "0", "12.5", "2.50"}, {"一", "-1", "1.", ".5", "1.2.3", "1e3", "1234567890"}},
        {"format", {"legacy1", "legacy2", "latest"}, {"legacy", "Latest", "3"}},
        {"source_url",
         {"http://a", "https://a/b"},
         {"a", "ftp://a", "https://", "https://a b", "javascript:alert(1)", "https://a\"b", "https://a#b", "file:///x"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (const char *const *v = cases[i].good; *v; v++)
            check_value(cases[i].key, *v, true);
        for (const char *const *v = cases[i].bad; *v; v++)
            check_value(cases[i].key, *v, false);
    }
}

static void test_missing(void **state)
{
    (void)state;
    Fixture f = {0};
    f.diags.arena = &f.arena;
    assert_false(config_read("/nonexistent/deckbind.yaml", &f.config, &f.arena, &f.diags));
    assert_int_equal(f.diags.count[DIAG_FATAL], 1);
    arena_free(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_keys), cmocka_unit_test(test_repairs), cmocka_unit_test(test_creators),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_refused),  cmocka_unit_test(test_values),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
