/*
 * test_link.c -- where links lead, and which pictures are taken.
 */
#include "notes_folder.h"

#include "base/below.h"
#include "base/hash.h"
#include "inline/address.h"

#include <fcntl.h>

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
        cmocka_unit_test(whole_addresses),
        cmocka_unit_test(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
