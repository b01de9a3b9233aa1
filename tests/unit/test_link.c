/*
 * test_link.c -- where links lead, and which pictures are taken.
 *
 * The book of these tests has the notes a.md, sub/b 1.md and sub/中文.md in a folder
 * of its own, and some pictures in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/below.h"
#include "base/file.h"
#include "base/hash.h"
#include "inline/address.h"
#include "inline/inline.h"
#include "inline/link.h"
#include "inline/shelf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PNG "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\x1F\x15\xC4\x89" \
            "\0\0\0\0IEND\xAE\x42\x60\x82............"

static const struct {
    const char *name;
    Str bytes;
} files[] = {
    {"a.png", STR_INIT(PNG)},
    {"same.png", STR_INIT(PNG)},
    {"sub/图 1.png", STR_INIT(PNG "1")},
    {"sub/100%25.png", STR_INIT(PNG "2")},
    {"text.png", STR_INIT("no picture, whatever its name says; and long enough for one of any kind")},
    {".git/a.png", STR_INIT(PNG)},
};

typedef struct World {
    char root[64]; /* of all; the notes are in root/notes */
    Book book;
    Source sources[3];
} World;

static const char *path_of(World *w, const char *name)
{
    return file_path(&w->book.arena, str_of(w->root), str_of(name));
}

static void write_file(World *w, const char *name, Str bytes)
{
    FILE *f = fopen(path_of(w, name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.at, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static void make_files(World *w)
{
    static const char *const folders[] = {"notes", "notes/sub", "notes/.git"};
    for (size_t i = 0; i < COUNT(folders); i++)
        assert_int_equal(mkdir(path_of(w, folders[i]), 0700), 0);
    for (size_t i = 0; i < COUNT(files); i++)
        write_file(w, file_path(&w->book.arena, STR("notes"), str_of(files[i].name)), files[i].bytes);
    write_file(w, "secret.png", STR(PNG));
    assert_int_equal(symlink("../secret.png", path_of(w, "notes/link.png")), 0);
    assert_int_equal(symlink("sub", path_of(w, "notes/way")), 0);
    FILE *large = fopen(path_of(w, "notes/large.png"), "wb");
    assert_non_null(large);
    assert_int_equal(ftruncate(fileno(large), PICTURE_MOST + 1), 0);
    fclose(large);
}

enum { MOST_LINES = 16 };

static void add_line(Source *s, const char *line)
{
    Buf text = {.arena = &s->arena};
    buf_put(&text, s->text);
    buf_printf(&text, "%s\n", line);
    s->text = buf_str(&text);
    if (!s->starts)
        s->starts = arena_new(&s->arena, uint32_t, MOST_LINES);
    s->starts[++s->line_count] = (uint32_t)s->text.n;
}

/* The line `line`, and the entry that it makes. */
static void add_entry(Source *s, const char *line, const char *title, const char *anchor)
{
    add_line(s, line);
    Entry *e = vec_push(&s->entries, &s->kept);
    *e = (Entry){.line = s->line_count, .title = str_of(title), .anchor = str_of(anchor),
                 .made = arena_new(&s->arena, Made, 1)};
}

static void make_source(World *w, size_t i, const char *name)
{
    Source *s = &w->sources[i];
    s->name = s->path = str_of(name);
    s->diags.arena = &s->kept;
    add_entry(s, "## 1. What is `Go`?", "What is `Go`?", "q-1");
    add_entry(s, "## 通道（channel）", "通道（channel）", "q-2");
    add_entry(s, "**Same**", "Same", "q-3");
    add_entry(s, "**Same**", "Same", "q-4");
    for (size_t p = 0; p < 2; p++) {
        Page *page = vec_push(&s->pages, &s->kept);
        page->name = p ? STR("c-2.xhtml") : STR("c-1.xhtml");
        page->first = 2 * p;
        page->last = 2 * p + 2;
    }
}

static int world_make(void **state)
{
    World *w = calloc(1, sizeof *w);
    snprintf(w->root, sizeof w->root, "/tmp/deckbind-test-XXXXXX");
    assert_non_null(mkdtemp(w->root));
    make_files(w);
    make_source(w, 0, "a.md");
    make_source(w, 1, "sub/b 1.md");
    make_source(w, 2, "sub/中文.md");
    w->book.folder = str_of(path_of(w, "notes"));
    w->book.sources = w->sources;
    w->book.source_count = 3;
    add_line(&w->sources[0], "[a link that needs slugs](#what-is-go)");
    for (size_t i = 0; i < COUNT(files); i++)
        *vec_push(&w->book.attachments, &w->book.arena) = str_of(files[i].name);
    book_slugs(&w->book);
    book_names(&w->book);
    *state = w;
    return 0;
}

static int world_end(void **state)
{
    World *w = *state;
    Buf command = {.arena = &w->book.arena};
    buf_printf(&command, "rm -r %s", w->root);
    int failed = system(buf_str(&command).at);
    for (size_t i = 0; i < 3; i++) {
        arena_free(&w->sources[i].arena);
        arena_free(&w->sources[i].kept);
    }
    arena_free(&w->book.arena);
    free(w);
    return failed;
}

/* The tree of `text` in the source `i`, with its links resolved. */
static Node *linked(World *w, size_t i, const char *text)
{
    Source *s = &w->sources[i];
    Entry *e = &s->entries.at[0];
    s->diags.list.n = 0;
    s->media.n = 0;
    e->made->title_tree = node_new(&s->arena, NODE_PARAGRAPH, NULL);
    e->made->title_tree->text = str_of(text);
    e->made->title_tree->line = 1;
    source_inline(s);
    source_link(s, &w->book);
    return e->made->title_tree;
}

static void check_target(Str got, const char *want)
{
    char shown[512];
    snprintf(shown, sizeof shown, "%.*s", STR_ARG(got));
    assert_string_equal(shown, want);
}

typedef struct Case {
    const char *text, *card, *page;
    DiagCode code; /* DIAG_CODES: no message */
} Case;

static void check_cases(World *w, size_t source, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Node *n = linked(w, source, cases[i].text)->first;
        const Diags *d = &w->sources[source].diags;
        check_target(n->card_target, cases[i].card);
        check_target(n->page_target, cases[i].page);
        assert_int_equal(d->list.n, cases[i].code != DIAG_CODES);
        if (d->list.n) {
            assert_string_equal(diag_name(d->list.at[0].code), diag_name(cases[i].code));
            assert_int_equal(d->list.at[0].place.line, 1);
        }
    }
}

static void web(void **state)
{
    static const Case cases[] = {
        {"[x](https://a.b/c?d=e&f#g)", "https://a.b/c?d=e&f#g", "https://a.b/c?d=e&f#g", DIAG_CODES},
        {"[x](HTTP://a.b)", "HTTP://a.b", "HTTP://a.b", DIAG_CODES},
        {"[x](<http://a/b c/中%20%zz\"`{|}^\\\\>)", "http://a/b%20c/中%20%25zz%22%60%7B%7C%7D%5E%5C",
         "http://a/b%20c/中%20%25zz%22%60%7B%7C%7D%5E%5C", DIAG_CODES},
        {"[x](mailto:a@b.c)", "mailto:a@b.c", "mailto:a@b.c", DIAG_CODES},
        {"[x](www.a.b)", "https://www.a.b", "https://www.a.b", DIAG_CODES},
        {"[x](//a.b)", "https://a.b", "https://a.b", DIAG_CODES},
        {"[x](http://a#b#c)", "http://a#b%23c", "http://a#b%23c", DIAG_CODES},
        {"[x](http://)", "", "", D_LINK_BROKEN},
        {"[x](https:a)", "", "", D_LINK_BROKEN},
        {"<http://a:b>", "", "", D_LINK_BROKEN},
        {"[x](mailto:)", "", "", D_LINK_BROKEN},
        {"[x](//)", "", "", D_LINK_BROKEN},
        {"[x](javascript:alert(1))", "", "", D_LINK_SCHEME},
        {"[x](< java&#9;script&#10;:alert(1)>)", "", "", D_LINK_SCHEME},
        {"[x](JavaScript&colon;alert(1))", "", "", D_LINK_SCHEME},
        {"[x](&#1;data:text/html,x)", "", "", D_LINK_BROKEN}, /* U+FFFD before it */
        {"[x](file:///etc/passwd)", "", "", D_LINK_SCHEME},
    };
    check_cases(*state, 0, cases, COUNT(cases));
}

static void within(void **state)
{
    static const Case from_top[] = {
        {"[x](sub/b%201.md)", "", "c-1.xhtml", DIAG_CODES},
        {"[x](<./sub/../sub/b 1.md#1-what-is-go>)", "", "c-1.xhtml#q-1", DIAG_CODES},
        {"[x](sub/中文.md#What-is-Go)", "", "c-1.xhtml#q-1", DIAG_CODES},
        {"[x](sub/%E4%B8%AD%E6%96%87.md#%E9%80%9A%E9%81%93channel)", "", "c-1.xhtml#q-2", DIAG_CODES},
        {"[x](#通道（channel）)", "", "c-1.xhtml#q-2", DIAG_CODES},
        {"[x](#same)", "", "c-2.xhtml#q-3", DIAG_CODES},
        {"[x](#same-1)", "", "c-2.xhtml#q-4", DIAG_CODES},
        {"[x](#same-2)", "", "", D_LINK_BROKEN},
        {"[x](#same-11)", "", "", D_LINK_BROKEN},
        {"[x](#)", "", "", D_LINK_BROKEN},
        {"[x]()", "", "", D_LINK_BROKEN},
        {"[x](no.md)", "", "", D_LINK_BROKEN},
        {"[x](../a.md)", "", "", D_LINK_BROKEN},
        {"[x](sub/b%25201.md)", "", "", D_LINK_BROKEN}, /* decoded once */
    };
    static const Case from_sub[] = {
        {"[x](../a.md)", "", "c-1.xhtml", DIAG_CODES},
        {"[x](/a.md#same)", "", "c-2.xhtml#q-3", DIAG_CODES},
        {"[x](b%201.md)", "", "c-1.xhtml", DIAG_CODES},
        {"[x](a.md)", "", "", D_LINK_BROKEN},
    };
    check_cases(*state, 0, from_top, COUNT(from_top));
    check_cases(*state, 1, from_sub, COUNT(from_sub));
}

static void pictures(void **state)
{
    static const Case bad[] = {
        {"![x](no.png)", "", "", D_IMAGE_MISSING},
        {"![x](sub)", "", "", D_IMAGE_MISSING},
        {"![x]()", "", "", D_IMAGE_MISSING},
        {"![x](a.png%00)", "", "", D_IMAGE_MISSING},
        {"![x](/etc/passwd)", "", "", D_IMAGE_MISSING},
        {"![x](../secret.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](%2e%2e/secret.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](link.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](<way/图 1.png>)", "", "", D_IMAGE_OUTSIDE},
        {"![x](.git/a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](file:///etc/passwd)", "", "", D_IMAGE_OUTSIDE},
        {"![x](C:\\a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](data:image/png;base64,AA)", "", "", D_IMAGE_OUTSIDE},
        {"![x](text.png)", "", "", D_IMAGE_KIND},
        {"![x](large.png)", "", "", D_IMAGE_KIND},
    };
    static const char *const good[] = {
        "![x](a.png)", "![x](./sub/../a.png)", "![x](/a.png)", "![x](<sub/图 1.png>)",
        "![x](sub/图%201.png)", "![x](sub/100%25.png)", "![x](sub/100%2525.png)",
    };
    World *w = *state;
    check_cases(w, 0, bad, COUNT(bad));
    for (size_t i = 0; i < COUNT(good); i++) {
        const Node *n = linked(w, 0, good[i])->first;
        const Source *s = &w->sources[0];
        assert_int_equal(s->diags.list.n, 0);
        assert_int_equal(s->media.n, 1);
        check_target(n->card_target, s->media.at[0].name.at);
        assert_true(str_starts(n->page_target, STR("../images/deckbind-")));
        assert_string_equal(s->media.at[0].type.at, "image/png");
        assert_true(str_ends(s->media.at[0].name, STR(".png")));
    }
}

static void media_once(void **state)
{
    World *w = *state;
    linked(w, 0, "![x](a.png) ![y](same.png) ![z](a.png) ![z](<sub/图 1.png>) [![v](a.png)](a.md)");
    const Source *s = &w->sources[0];
    char want[64];
    snprintf(want, sizeof want, "deckbind-%016llx.png", (unsigned long long)hash64(STR(PNG)));
    assert_int_equal(s->media.n, 2);
    assert_string_equal(s->media.at[0].name.at, want);
    assert_true(str_eq(s->media.at[0].bytes, STR(PNG)));
}

static void remote_pictures(void **state)
{
    World *w = *state;
    const Diags *d = &w->sources[0].diags;
    const Node *n = linked(w, 0, "![alt *b* [c *e*](d)](//a.b/c.png)")->first;
    assert_int_equal(n->kind, NODE_LINK);
    check_target(n->card_target, "https://a.b/c.png");
    assert_int_equal(n->last->kind, NODE_LINK);
    check_target(n->last->page_target, "");
    assert_int_equal(d->list.n, 1);
    assert_int_equal(d->list.at[0].code, D_IMAGE_REMOTE);

    n = linked(w, 0, "![](http://a.b/c.png)")->first;
    check_target(n->first->text, "http://a.b/c.png");

    n = linked(w, 0, "[![](http://a.b/c.png)](http://d)")->first;
    check_target(n->page_target, "http://d");
    assert_int_equal(n->first->kind, NODE_IMAGE);
    check_target(n->first->page_target, "");
    check_target(n->first->first->text, "http://a.b/c.png");
}

static void opened_by_name(void **state)
{
    World *w = *state;
    int folder = open(w->book.folder.at, O_PATH | O_DIRECTORY | O_CLOEXEC);
    static const struct {
        const char *path;
        bool opens;
    } cases[] = {
        {"a.png", true},        {"sub/图 1.png", true}, {"link.png", false},      {"way/图 1.png", false},
        {"sub/../a.png", false}, {"no.png", false},      {"../secret.png", false}, {"/a.png", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int fd = below_open_by_name(folder, str_of(cases[i].path));
        assert_int_equal(fd >= 0, cases[i].opens);
        if (fd >= 0)
            close(fd);
    }
    close(folder);
}

static void kinds(void **state)
{
    static const struct {
        const char *head, *want; /* NULL: no picture */
        size_t n;
    } cases[] = {
#define HEAD(head, want) {head, want, sizeof head - 1}
        HEAD(PNG, "image/png"),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\0\0\0\0IEND....", "image/png"),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\0\0\0\1IDAT.....", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\0\0\0\0\1\x8\0\0\0\0....\x7F\xFF\xFF\xFFIDAT", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x40\1\0\0\0\1\x8\0", NULL),
        HEAD("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\0\x8\0", NULL),
        HEAD("\x89PNG\r\n\x1A\n", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xFF\xC4\0\3x\xFF\xC2\0\x8\x8\0\2\0\3.\xFF\xDA\0\2..\xFF\xD9", "image/jpeg"),
        HEAD("\xFF\xD8\xFF\xE0\0\4\xFF\xD9\xFF\xC2\0\x8\x8\0\2\0\3.\xFF\xDA\0\2....", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\x11\x8\0\0\0\3", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\0", NULL),
        HEAD("\xFF\xD8\xFF\xE0\0\4ab\xFF\xDA\0\4ab", NULL),
        HEAD("GIF89a\1\0\2\0....;", "image/gif"),
        HEAD("GIF89a\1\0\2\0....", NULL),
        HEAD("GIF89a\1\0\0\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\1\x40\2\0", "image/webp"),
        HEAD("RIFF\1\2\3\4WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\1\x40\2\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8 \1\2\3\4\0\0\0\x9D\1\x2A\0\0\2\0", NULL),
        HEAD("RIFF\x40\0\0\0WEBPVP8L\1\2\3\4\x2F\0\0\0\0", "image/webp"),
        HEAD("RIFF\x40\0\0\0WEBPVP8X\1\2\3\4\0\0\0\0\0\0\0\0\0\0", "image/webp"),
        HEAD("RIFF\x40\0\0\0WEBPVP8X\1\2\3\4\0\0\0\0\0\0\1\0\0\0", NULL),
        HEAD("RIFF\1\2\3\4WAVEfmt ", NULL),
        HEAD("<svg xmlns=", NULL),
#undef HEAD
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char bytes[128] = {0};
        memcpy(bytes, cases[i].head, cases[i].n);
        const char *type = picture_read((Str){bytes, sizeof bytes}).type;
        if (!type != !cases[i].want || (type && strcmp(type, cases[i].want) != 0))
            fail_msg("case %zu: %s", i, type ? type : "no picture");
        assert_null(picture_read((Str){bytes, 4}).type);
    }
}

static void whole_addresses(void **state)
{
    static const char *const good[] = {
        "http://a", "HTTPS://a.b.:80/c#d", "http://u:p@a_b.c/", "http://[::1]:8080/x", "http://1.2.3.4",
        "http://a:/", "http://中文.com/", "http://a1/", "mailto:a@b", "tel:1",
    };
    static const char *const bad[] = {
        "http:", "http:foo", "http:/a", "http://", "http:///a", "http://a:b/", "http://a:99999/", "http://@/",
        "http://a..b/", "http://.a/", "http://a%20b/", "http://256.1.1.1/", "http://1.2.3", "http://a.1/",
        "http://[::1", "http://[1]/", "http://[::x]/", "http://a[b]/", "mailto:", "tel:",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++)
        if (!address_is_whole(str_of(good[i])))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (address_is_whole(str_of(bad[i])))
            fail_msg("%s", bad[i]);
}

static void paths(void **state)
{
    static const struct {
        const char *base, *target, *want; /* NULL: leads out */
    } cases[] = {
        {"a/b.md", "c.md", "a/c.md"},   {"a/b.md", "../c.md", "c.md"}, {"b.md", "x//./c.md", "x/c.md"},
        {"a/b.md", "/c.md", "c.md"},    {"a/b.md", "../../c.md", NULL}, {"b.md", "x/../../y", NULL},
        {"b.md", "x/.hidden/y", NULL},  {"a/b/c.md", "..", "a"},        {"b.md", "...", NULL},
    };
    (void)state;
    Arena a = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str path;
        bool inside = address_resolve(str_of(cases[i].base), str_of(cases[i].target), &a, &path);
        assert_int_equal(inside, cases[i].want != NULL);
        if (inside)
            assert_string_equal(path.at, cases[i].want);
    }
    arena_free(&a);
}

/* Each mention of a picture but the first costs nothing. */
static void many_mentions(void **state)
{
    World *w = *state;
    Buf text = {.arena = &w->book.arena};
    for (int i = 0; i < 20000; i++)
        buf_printf(&text, "![](a.png) ![](no%d.png) [x](#same-%d) ", i, i);
    linked(w, 0, buf_str(&text).at);
    assert_int_equal(w->sources[0].media.n, 1);
    assert_int_equal(w->sources[0].diags.count[DIAG_ERROR], 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(web, world_make, world_end),
        cmocka_unit_test_setup_teardown(within, world_make, world_end),
        cmocka_unit_test_setup_teardown(pictures, world_make, world_end),
        cmocka_unit_test_setup_teardown(media_once, world_make, world_end),
        cmocka_unit_test_setup_teardown(remote_pictures, world_make, world_end),
        cmocka_unit_test_setup_teardown(opened_by_name, world_make, world_end),
        cmocka_unit_test_setup_teardown(many_mentions, world_make, world_end),
        cmocka_unit_test(kinds),
        cmocka_unit_test(whole_addresses),
        cmocka_unit_test(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
