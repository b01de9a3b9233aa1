/*
 * test_embed.c -- [[links]] and ![[pictures]] by name, sizes, sounds, and paths of other
 * disks and systems.
 */
#include "notes_folder.h"

static void wiki_links(void **state)
{
    static const Case from_top[] = {
        {"[[b 1]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[B 1.md]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[sub/中文|字]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[中文#Same]]", "", "c-2.xhtml#q-3", DIAG_CODES},
        {"[[中文#通道（channel）#Same]]", "", "c-2.xhtml#q-3", DIAG_CODES},
        {"[[中文#1. What is Go?]]", "", "c-1.xhtml#q-1", DIAG_CODES},
        {"[[中文#^a1b2c3]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[#通道（channel）]]", "", "c-1.xhtml#q-2", DIAG_CODES},
        {"![[中文]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[没有]]", "", "", D_LINK_BROKEN},
        {"[[Not There]]", "", "", D_LINK_BROKEN},
        {"[[two words]]", "", "", D_LINK_BROKEN},
        {"[[中文#没有]]", "", "", D_LINK_BROKEN},
        {"[[other/中文]]", "", "", D_LINK_BROKEN},
    };
    static const Case from_sub[] = {
        {"[[a]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[../a]]", "", "c-1.xhtml", DIAG_CODES},
        {"[[/a.md#same]]", "", "c-2.xhtml#q-3", DIAG_CODES},
        {"[[sub/b 1]]", "", "c-1.xhtml", DIAG_CODES},
    };
    check_cases(*state, 0, from_top, COUNT(from_top));
    check_cases(*state, 1, from_sub, COUNT(from_sub));
}

static void wiki_words(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"见[[中文]]。", "见中文。"},
        {"[[sub/中文.md]]", "中文"},
        {"[[中文| 字 ]]", "字"},
        {"[[中文\\|字]]", "字"},
        {"[[中文#Same]]", "中文 › Same"},
        {"[[#Same]]", "Same"},
        {"[[没有|字]]", "字"},
        {"[[没有#题]]", "没有 › 题"},
        {"![[a.png]]", "a"},
        {"![[a.png|一只猫|300]]", "一只猫"},
        {"[见[[中文]]](http://a)", "见中文"},
        {"[[1,2],[3,4]]", "[[1,2],[3,4]]"},
        {"[[ -f x ]]", "[[ -f x ]]"},
        {"x[[0]] y[[Abc]] f()[[Abc]]", "x[[0]] y[[Abc]] f()[[Abc]]"},
        {"[[[Abc]]]", "[[[Abc]]]"},
        {"[[type:Front]] [[type:正面]]", "[[type:Front]] [[type:正面]]"},
        {"[[]] [[|]] [[#]] [[↑]]", "[[]] [[|]] [[#]] [[↑]]"},
        {"[[nodiscard]] [[maybe_unused]] ![[x]]", "[[nodiscard]] [[maybe_unused]] ![[x]]"},
        {"[['A', 'B']] [[\"A\"]] [[ $a == b ]] [[N]]", "[['A', 'B']] [[\"A\"]] [[ $a == b ]] [[N]]"},
        {"[[中\n文]]", "[[中 文]]"},
        {"[[Abc]](http://a)", "[Abc]"},
        {"`[[中文]]`", "[[中文]]"},
        {"\\[[中文]]", "[[中文]]"},
    };
    World *w = *state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_target(node_plain(linked(w, 0, cases[i].text), &w->book.arena), cases[i].words);
}

static void embeds_by_name(void **state)
{
    static const struct {
        const char *text, *suffix; /* of its place in the book */
        size_t source;
    } cases[] = {
        {"![[图 1.png]]", ".png", 0},
        {"![[sub/图 1.png]]", ".png", 0},
        {"![[WIDE.PNG]]", ".png", 0},
        {"![[a.png]]", ".png", 1},
        {"![[caf\u00E9.png]]", ".png", 0},
        {"![x](sub/caf\u00E9.png)", ".png", 0},
        {"![x](sub/wide.png)", ".png", 0},
        {"![x](sub\\Wide.png)", ".png", 0},
        {"![x](..\\a.png)", ".png", 1},
        {"![x](.\\sub\\图%201.png)", ".png", 0},
        {"<img src='sub\\Wide.png'>", ".png", 0},
        {"<IMG alt=x SRC=a.png />", ".png", 0},
        {"![[s.mp3]]", ".mp3", 1},
        {"![x](s.mp3)", ".mp3", 0},
        {"<audio controls src=\"s.mp3\"></audio>", ".mp3", 0},
        {"<source src=\"s.mp3\" type=\"audio/mpeg\">", ".mp3", 0},
    };
    World *w = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Node *n = linked(w, cases[i].source, cases[i].text)->first;
        if (n->kind != NODE_IMAGE || !str_ends(n->page_target, str_of(cases[i].suffix))
            || w->sources[cases[i].source].diags.list.n || w->sources[cases[i].source].media.n != 1)
            fail_msg("%s", cases[i].text);
        assert_int_equal(n->sound, str_ends(n->page_target, STR(".mp3")));
    }
    assert_int_equal(linked(w, 0, "<source src=\"film.mp4\">")->first->kind, NODE_HTML);
    assert_int_equal(linked(w, 0, "<img alt=\"x\">")->first->kind, NODE_HTML);
}

static void not_embedded(void **state)
{
    static const Case cases[] = {
        {"![[no.png]]", "", "", D_IMAGE_MISSING},
        {"![[no.mp3]]", "", "", D_SOUND_MISSING},
        {"<img src=\"no.png\">", "", "", D_IMAGE_MISSING},
        {"![[../secret.png]]", "", "", D_IMAGE_OUTSIDE},
        {"![[link.png]]", "", "", D_IMAGE_OUTSIDE},
        {"<img src=\"way/Wide.png\">", "", "", D_IMAGE_OUTSIDE},
        {"![x](C:\\Users\\me\\a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](d:/a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](/Users/me/a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](/home/me/a%20b.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](~/a.png)", "", "", D_IMAGE_OUTSIDE},
        {"![x](\\\\server\\a.png)", "", "", D_IMAGE_OUTSIDE},
        {"<img src=\"file:///a.png\">", "", "", D_IMAGE_OUTSIDE},
        {"![[text.png]]", "", "", D_IMAGE_KIND},
    };
    check_cases(*state, 0, cases, COUNT(cases));
}

/* Of two that are equally near the first is taken, with a word about it. */
static void namesakes(void **state)
{
    World *w = *state;
    const Diags *d = &w->sources[0].diags;
    const Node *n = linked(w, 0, "![[twice.png]]")->first;
    assert_true(n->page_target.n);
    assert_int_equal(d->list.n, 1);
    assert_int_equal(d->list.at[0].code, D_LINK_DOUBT);
    linked(w, 0, "![[q/twice.png]]");
    assert_int_equal(d->list.n, 0);
}

/* What a card or page shows in the place of a picture. */
static void words_instead(void **state)
{
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"![一只猫](/Users/me/a.png)", "一只猫"},
        {"![](/Users/me/a%20b.png)", "a b.png"},
        {"![](C:\\me\\猫.png)", "猫.png"},
        {"<img src=\"file:///c.png\">", "c.png"},
        {"![|300](~/d.png)", "d.png"},
    };
    World *w = *state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_target(node_plain(linked(w, 0, cases[i].text), &w->book.arena), cases[i].words);
}

static void sizes(void **state)
{
    static const struct {
        const char *text;
        uint32_t width, height;
    } cases[] = { /* of 600 by 400 pixels */
        {"![[wide.png]]", 0, 0},
        {"![[wide.png|300]]", 300, 0},
        {"![[wide.png|猫|300]]", 300, 0},
        {"![[wide.png|300x200]]", 300, 200},
        {"![[wide.png|300x100]]", 150, 0},
        {"![[wide.png|100x300]]", 100, 0},
        {"![[wide.png|99999]]", 4096, 0},
        {"![[wide.png|0]]", 0, 0},
        {"![[wide.png|猫]]", 0, 0},
        {"![a|300](sub/Wide.png)", 300, 0},
        {"![a|300x](sub/Wide.png)", 300, 0},
        {"![a|b](sub/Wide.png)", 0, 0},
        {"![a](sub/Wide.png =300x200)", 300, 200},
        {"![a](sub/Wide.png =300x)", 300, 0},
        {"![a](sub/Wide.png =x200)", 300, 0},
        {"![a](sub/Wide.png){width=300}", 300, 0},
        {"![a](sub/Wide.png){width=\"50%\" .c}", 360, 0},
        {"![a](sub/Wide.png){: height=200px}", 300, 0},
        {"<img src=\"sub/Wide.png\" width=300px>", 300, 0},
        {"<img width='300' height='200' src='sub/Wide.png'/>", 300, 200},
        {"<img height=200 src=sub/Wide.png>", 300, 0},
        {"<img width=auto src=sub/Wide.png>", 0, 0},
        {"<img src=\"sub/Wide.png\" style=\"zoom:50%;\" />", 300, 0},
        {"<img src=\"sub/Wide.png\" style=\"border: 0; width: 300px\">", 300, 0},
        {"![a](sub/Wide.png){:width=\"300\"}", 300, 0},
        {"![a](sub/Wide.png){:height 200, :width 300}", 300, 200},
    };
    World *w = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const Node *root = linked(w, 0, cases[i].text), *n = root->first;
        bool sized = n->width == cases[i].width && n->height == cases[i].height;
        if (n->kind != NODE_IMAGE || !n->page_target.n || !sized)
            fail_msg("%s: %u by %u", cases[i].text, n->width, n->height);
        if (n->next && n->next->text.n)
            fail_msg("%s: a rest", cases[i].text);
    }
}

/* What is no size stays, and so does what follows one. */
static void no_sizes(void **state)
{
    static const struct {
        const char *text, *rest;
    } cases[] = {
        {"![a](sub/Wide.png){width=300}后", "后"},
        {"![a](sub/Wide.png){x}", "{x}"},
        {"![a](sub/Wide.png){{c1::x}}", "{{c1::x}}"},
        {"![a](sub/Wide.png){width", "{width"},
        {"![a](sub/Wide.png) {width=3}", " {width=3}"},
    };
    World *w = *state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_target(linked(w, 0, cases[i].text)->first->next->text, cases[i].rest);
    check_target(linked(w, 0, "[a](sub/中文.md =300)")->first->text, "[a](sub/中文.md =300)");
}

/* A sound that no book may hold is on cards alone. */
static void card_sounds(void **state)
{
    World *w = *state;
    const Node *n = linked(w, 0, "![[s.wav]]")->first;
    const Source *s = &w->sources[0];
    assert_true(n->sound && str_ends(n->card_target, STR(".wav")));
    check_target(n->page_target, "");
    assert_int_equal(s->diags.list.at[0].code, D_SOUND_CARD_ONLY);
    assert_true(s->media.n == 1 && s->media.at[0].card_only);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(wiki_links, world_make, world_end),
        cmocka_unit_test_setup_teardown(wiki_words, world_make, world_end),
        cmocka_unit_test_setup_teardown(embeds_by_name, world_make, world_end),
        cmocka_unit_test_setup_teardown(not_embedded, world_make, world_end),
        cmocka_unit_test_setup_teardown(namesakes, world_make, world_end),
        cmocka_unit_test_setup_teardown(words_instead, world_make, world_end),
        cmocka_unit_test_setup_teardown(sizes, world_make, world_end),
        cmocka_unit_test_setup_teardown(no_sizes, world_make, world_end),
        cmocka_unit_test_setup_teardown(card_sounds, world_make, world_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
