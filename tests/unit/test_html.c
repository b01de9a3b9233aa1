/*
 * test_html.c -- small trees and notes, and the markup that each product gets.
 *
 * The notes go through the readers of blocks and spans, as in the program.
 */
#include "base/utf8.h"
#include "base/xml.h"
#include "inline/inline.h"
#include "read/block.h"
#include "render/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const HtmlProfile card = {.card = true, .top_level = 3};
static const HtmlProfile page = {.top_level = 3, .prefix = "p-"};
static const HtmlProfile gfm = {.commonmark = true, .prefix = ""};

static Node *parse(const char *note, References *refs, Arena *a)
{
    LineVec lines = {0};
    Str text = str_of(note);
    for (uint32_t number = 1; text.n; number++)
        *vec_push(&lines, a) = (Line){str_cut(&text, '\n'), number};
    Node *root = block_parse(&lines, true, refs, a);
    references_sort(refs, a);
    inline_parse(root, refs, true, a);
    return root;
}

static void point_links(Node *root, Str card_target, Str page_target)
{
    NodeStep step = {root, true};
    while (node_next(&step, root) && step.node != root) {
        if (step.node->kind != NODE_LINK && step.node->kind != NODE_IMAGE)
            continue;
        step.node->card_target = card_target;
        step.node->page_target = page_target;
    }
}

static void check_note(const HtmlProfile *profile, const char *note, const char *want)
{
    Arena a = {0};
    References refs = {0};
    Buf out = {.arena = &a};
    Node *root = parse(note, &refs, &a);
    point_links(root, STR(""), STR("q.xhtml#a&b c"));
    html_write(&out, root, profile);
    assert_string_equal(buf_str(&out).at, want);
    arena_free(&a);
}

typedef struct Case {
    const char *note, *want;
} Case;

static void check_cases(const HtmlProfile *profile, const Case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_note(profile, cases[i].note, cases[i].want);
}

static void text_is_escaped_and_fit_for_xml(void **state)
{
    (void)state;
    Arena a = {0};
    Buf out = {.arena = &a};
    html_text(&out, STR("a<b>&\"'\t\x01\x1F\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD甲"));
    assert_string_equal(buf_str(&out).at, "a&lt;b&gt;&amp;&quot;'\t\xEF\xBF\xBD甲");
    arena_free(&a);
}

static void headings_skip_no_level(void **state)
{
    (void)state;
    check_note(&page, "## a\n\n#### b\n\n### c\n\n# d\n\n## e",
               "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>\n<h3>d</h3>\n<h4>e</h4>\n");
    check_note(&page, "# a\n## b\n### c\n#### d\n##### e",
               "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>\n<h6>e</h6>\n");
    check_note(&gfm, "## a", "<h2>a</h2>\n");
}

static void a_line_of_chinese_ends_where_it_ends(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"甲，\n乙", "<p>甲，<br/>\n乙</p>\n"},
        {"用 map\n用 slice", "<p>用 map<br/>\n用 slice</p>\n"},
        {"one\ntwo", "<p>one<br/>\ntwo</p>\n"},
        {"甲<br>\n乙", "<p>甲<br/>\n乙</p>\n"},
        {"甲\n**乙**", "<p>甲<br/>\n<strong>乙</strong></p>\n"},
        {"甲  \n乙", "<p>甲<br/>\n乙</p>\n"},
    };
    check_cases(&card, cases, COUNT(cases));
    check_cases(&page, cases, COUNT(cases));
    check_note(&gfm, "甲\n乙", "<p>甲\n乙</p>\n");
}

#define THIRTY "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
#define SIXTY_ONE "A line of English words that an editor has wrapped at seventy"

static void what_an_editor_wrapped_is_one_line(void **state)
{
    (void)state;
    static const Case cases[] = {
        {SIXTY_ONE "\ncolumns.", "<p>" SIXTY_ONE "\ncolumns.</p>\n"},
        {SIXTY_ONE ".\nOr not.", "<p>" SIXTY_ONE ".<br/>\nOr not.</p>\n"},
        {SIXTY_ONE ".\n" SIXTY_ONE "\n" SIXTY_ONE "\nend.",
         "<p>" SIXTY_ONE ".\n" SIXTY_ONE "\n" SIXTY_ONE "\nend.</p>\n"},
        {THIRTY "\n" THIRTY "\n" THIRTY "\n完", "<p>" THIRTY THIRTY THIRTY "完</p>\n"},
        {THIRTY "\n" THIRTY "\n" THIRTY "。\n完", "<p>" THIRTY THIRTY THIRTY "。<br/>\n完</p>\n"},
        {THIRTY "\n完", "<p>" THIRTY "<br/>\n完</p>\n"},
        {THIRTY THIRTY THIRTY "\n" THIRTY THIRTY THIRTY "\n" THIRTY THIRTY THIRTY "\n完",
         "<p>" THIRTY THIRTY THIRTY "<br/>\n" THIRTY THIRTY THIRTY "<br/>\n" THIRTY THIRTY THIRTY
         "<br/>\n完</p>\n"},
        {THIRTY "\nx" THIRTY "\n" THIRTY "\n*完*",
         "<p>" THIRTY "\nx" THIRTY THIRTY "<em>完</em></p>\n"},
    };
    check_cases(&card, cases, COUNT(cases));
    check_cases(&page, cases, COUNT(cases));
}

static void raw_html_passes_by_a_list(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"<b onclick=\"x\">a</b>", "<p><b>a</b></p>\n"},
        {"a <u>b", "<p>a &lt;u&gt;b</p>\n"},
        {"a <u class=x>b", "<p>a <u>b</u></p>\n"},
        {"a</u> b", "<p>a b</p>\n"},
        {"<b>a<i>b</b>c</i>", "<p><b>a<i>b</i></b>c</p>\n"},
        {"*a<b>b* c</b>", "<p><em>a<b>b</b></em> c</p>\n"},
        {"<script>a</script>", "<div class=\"html\">&lt;script&gt;a&lt;/script&gt;</div>\n"},
        {"a <iframe src=\"x\"></iframe>",
         "<p>a &lt;iframe src=&quot;x&quot;&gt;&lt;/iframe&gt;</p>\n"},
        {"a<!-- b -->c", "<p>ac</p>\n"},
        {"<!-- a\n\nb -->\nc", "<p>c</p>\n"},
        {"<div align=\"center\">\n\na\n\n</div>", "<p>a</p>\n"},
        {"<p>甲</p>\n<p>乙</p>", "<p>甲<br/>\n乙</p>\n"},
        {"<summary>a</summary>", "<p><strong>a</strong></p>\n"},
        {"<pre>a &#39; &mdash; &no; &</pre>", "<div class=\"html\"><pre>a ' \u2014 &amp;no; &amp;</pre></div>\n"},
        {"<pre>a\n\n <b>b &lt; c</pre>",
         "<div class=\"html\"><pre>a\n\n <b>b &lt; c</b></pre></div>\n"},
        {"<ruby>漢<rt>kan</rt></ruby>", "<p><ruby>漢<rt>kan</rt></ruby></p>\n"},
        {"<ruby>漢</ruby> <rt>kan", "<p>漢 kan</p>\n"},
    };
    check_cases(&card, cases, COUNT(cases));
    check_note(&gfm, "<b x=\"y\">a", "<p><b x=\"y\">a</p>\n");
}

static void tables_lists_and_code_have_their_form(void **state)
{
    (void)state;
    check_note(&page, "|a|b|\n|-:|-|\n|1|",
               "<div class=\"tw\"><table>\n<thead>\n<tr>\n<th class=\"ar\">a</th>\n<th>b</th>\n</tr>\n"
               "</thead>\n<tbody>\n<tr>\n<td class=\"ar\">1</td>\n<td></td>\n</tr>\n</tbody>\n"
               "</table></div>\n");
    check_note(&page, "|a|\n|-|",
               "<div class=\"tw\"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table></div>\n");
    check_note(&card, "```\n┌──┐\n└──┘\n```", "<pre class=\"drawing\"><code>┌──┐\n└──┘\n</code></pre>\n");
    check_note(&page, "```\n┌──┐\n└──┘\n```", "<pre><code>┌──┐\n└──┘\n</code></pre>\n");
    check_note(&card, "- [ ] a\n- [x] b", "<ul>\n<li class=\"task\">☐ a</li>\n<li class=\"task\">☑ b</li>\n</ul>\n");
    check_note(&card, "3. a\n\n4. b",
               "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n");
    check_note(&page, "```go run\n\ta\tb\n甲\tc\n```",
               "<pre><code class=\"language-go\">    a   b\n甲   c\n</code></pre>\n");
    check_note(&card, "```\n\t<\n```", "<pre><code>\t&lt;\n</code></pre>\n");
}

static void a_table_that_no_page_has_room_for_is_records(void **state)
{
    (void)state;
    const char *wide = "|隔离级别|脏读|不可重复读|幻读|how it is done|\n|-|-|-|-|-|\n"
                       "|`SERIALIZABLE`|不会||不会|a lock on everything that was read|\n||可能||||\n";
    check_note(&page, wide,
               "<div class=\"records\">\n<div class=\"record\">\n<p class=\"name\">隔离级别：<code>SERIALIZABLE</code></p>\n"
               "<p>脏读：不会</p>\n<p>幻读：不会</p>\n<p>how it is done: a lock on everything that was read</p>\n"
               "</div>\n<div class=\"record\">\n<p>脏读：可能</p>\n</div>\n</div>\n");
    check_note(&page, "|a|b|c|d|e|\n|-|-|-|-|-|\n|||||x|\n",
               "<div class=\"tw\"><table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n<th>c</th>\n<th>d</th>\n<th>e</th>\n"
               "</tr>\n</thead>\n<tbody>\n<tr>\n<td></td>\n<td></td>\n<td></td>\n<td></td>\n<td>x</td>\n"
               "</tr>\n</tbody>\n</table></div>\n");
}

static void a_table_heads_what_it_has_words_for(void **state)
{
    (void)state;
    check_note(&page, "||b|\n|-|-|\n", "<div class=\"tw\"><table>\n<thead>\n<tr>\n<td></td>\n<th>b</th>\n"
                                       "</tr>\n</thead>\n</table></div>\n");
    check_note(&card, "||b|\n|-|-|\n", "<div class=\"tw\"><table>\n<thead>\n<tr>\n<th></th>\n<th>b</th>\n"
                                       "</tr>\n</thead>\n</table></div>\n");
}

static void a_link_without_a_target_is_its_text(void **state)
{
    (void)state;
    check_note(&page, "[*a*](x \"t\")",
               "<p><a href=\"q.xhtml#a&amp;b%20c\" title=\"t\"><em>a</em></a></p>\n");
    check_note(&card, "[*a*](x)", "<p><em>a</em></p>\n");
    check_note(&page, "![a*b*](x)", "<p><img src=\"q.xhtml#a&amp;b%20c\" alt=\"ab\"/></p>\n");
    check_note(&card, "![a<b](x)", "<p><span class=\"missing\">[a&lt;b]</span></p>\n");
}

static void footnotes_are_marked_and_listed(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    Node *root = parse("a[^x]\n\n[^x]: *b*", &refs, &a);
    Node *notes = node_new(&a, NODE_DOCUMENT, NULL);
    Node *note = references_footnote(&refs, STR("x"));
    inline_parse(note, &refs, true, &a);
    node_append(notes, note);

    Buf out = {.arena = &a};
    html_write(&out, root, &page);
    html_footnotes(&out, notes, &page);
    assert_string_equal(
        buf_str(&out).at,
        "<p>a<sup><a epub:type=\"noteref\" role=\"doc-noteref\" href=\"#p-fn-1\">1</a></sup></p>\n"
        "<div class=\"notes\">\n"
        "<aside id=\"p-fn-1\" epub:type=\"footnote\" role=\"doc-footnote\">"
        "<span class=\"note-number\">[1]</span>\n<p><em>b</em></p>\n</aside>\n</div>\n");

    out.n = 0;
    html_write(&out, root, &card);
    html_footnotes(&out, NULL, &card);
    assert_string_equal(buf_str(&out).at, "<p>a<sup>[1]</sup></p>\n");
    arena_free(&a);
}

/* A source with one question, whose title and answer are given. */
static Entry *rendered(Source *s, const char *title, const char *answer, bool cloze)
{
    static const Book book;
    Entry *e = vec_push(&s->entries, &s->arena);
    e->made = arena_new(&s->arena, Made, 1);
    e->cloze = cloze;
    e->made->title_tree = parse(title, &s->references, &s->arena);
    e->made->part_tree[PART_ANSWER] = parse(answer, &s->references, &s->arena);
    source_render(s, &book);
    return e;
}

static void free_source(Source *s)
{
    arena_free(&s->arena);
    arena_free(&s->fields);
    arena_free(&s->kept);
}

/* `form` with `mark` for each %s. */
static void format(char *to, size_t size, const char *form, const char *mark)
{
    size_t n = 0;
    for (; *form && n + strlen(mark) + 1 < size; form += form[0] == '%' ? 2 : 1) {
        const char *from = *form == '%' ? mark : form;
        size_t length = *form == '%' ? strlen(mark) : 1;
        memcpy(to + n, from, length);
        n += length;
    }
    to[n] = '\0';
}

static void an_entry_gets_its_fields(void **state)
{
    (void)state;
    Source s = {0};
    const Entry *e = rendered(&s, "What is `a<b`?", "Cafe\xCC\x81", false);
    assert_string_equal(e->card_title.at, "What is <code>a&lt;b</code>?");
    assert_string_equal(e->made->page_title.at, "What is <code>a&lt;b</code>?");
    assert_string_equal(e->plain_title.at, "What is a<b?");
    assert_string_equal(e->card_part[PART_ANSWER].at, "<p>Caf\xC3\xA9</p>");
    assert_string_equal(e->made->page_part[PART_ANSWER].at, "<p>Caf\xC3\xA9</p>");
    assert_int_equal(e->card_part[PART_QUESTION].n, 0);
    free_source(&s);
}

static void assert_settled(Str html)
{
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf wrapped = {.arena = &a};
    buf_printf(&wrapped, "<p>%.*s</p>", STR_ARG(html));
    if (!str_eq(utf8_nfc(buf_str(&wrapped), &a), buf_str(&wrapped)))
        fail_msg("not NFC: %s", buf_str(&wrapped).at);
    if (!xml_check(buf_str(&wrapped), STR("field"), &d))
        fail_msg("no XML: %s", buf_str(&wrapped).at);
    arena_free(&a);
}

/* U+0338 composes with '>' and '<', and moves before U+0327 to do so. */
static void normalising_changes_no_markup(void **state)
{
    (void)state;
    static const char *const marks[] = {"\u0338", "\u0327\u0338", "\x7F\u0338", "\x01\u0338",
                                        " \u0338", "\u0301", "\u1161\u11A8"};
    static const char *const notes[] = {
        "%s", "a<b>%sb</b>%sc", "**a**%s", "- %s\n- [ ] %s", "`%s` `a`%s", "![a](%s.png \"%s\")",
        "<b%s>x</b>", "\\\\(%s \\(%s", "[sound:%s", "| %s |\n| - |\n| %s |", "```%s\n%s\n```",
        "e<font>%s</font>", "e*%s", "a  \n%s", "> %s", "<%s", ">%s", "\"%s", "&lt;%s", "# %s", "[%s](%s)",
    };
    for (size_t i = 0; i < COUNT(notes); i++)
        for (size_t k = 0; k < COUNT(marks); k++) {
            char note[200], title[100];
            format(title, sizeof title, "%s<b>%s</b>%s", marks[k]);
            format(note, sizeof note, notes[i], marks[k]);
            Source s = {0};
            const Entry *e = rendered(&s, title, note, false);
            assert_settled(e->card_title);
            assert_settled(e->card_part[PART_ANSWER]);
            assert_settled(e->made->page_title);
            assert_settled(e->made->page_part[PART_ANSWER]);
            free_source(&s);
        }
}

static void other_matter_is_on_pages_only(void **state)
{
    (void)state;
    static const Book book;
    Source s = {0};
    Entry *e = vec_push(&s.entries, &s.arena);
    e->made = arena_new(&s.arena, Made, 1);
    e->kind = ENTRY_OTHER;
    e->made->part_tree[PART_ANSWER] = parse("a", &s.references, &s.arena);
    source_render(&s, &book);
    assert_string_equal(e->made->page_part[PART_ANSWER].at, "<p>a</p>");
    assert_int_equal(e->card_part[PART_ANSWER].n, 0);
    free_source(&s);
}

static void what_anki_obeys_is_inert_in_a_card(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"[sound:a.mp3]", "<p>[<!-- -->sound:a.mp3]</p>"},
        {"`[LaTeX]`", "<p><code>[<!-- -->LaTeX]</code></p>"},
        {"[$]x[/$] [$$]", "<p>[<!-- -->$]x[/$] [<!-- -->$$]</p>"},
        {"[anki:tts] [[type:A]]", "<p>[<!-- -->anki:tts] [<!-- -->[type:A]]</p>"},
        {"\\\\(a\\\\)", "<p><span>\\</span>(a<span>\\</span>)</p>"},
        {"`\\[`", "<p><code><span>\\</span>[</code></p>"},
        {"\\[sound:x]", "<p>[<!-- -->sound:x]</p>"},
        {"\1[sound:x] `\1[sound:x]`", "<p>[<!-- -->sound:x] <code>[<!-- -->sound:x]</code></p>"},
        {"&#1;[sound:x] <b>\1[sound:x]</b>", "<p>\uFFFD[<!-- -->sound:x] <b>[<!-- -->sound:x]</b></p>"},
        {"[a] \\\\ a::b }}", "<p>[a] \\ a::b }}</p>"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Source s = {0};
        const Entry *e = rendered(&s, "q", cases[i].note, false);
        assert_string_equal(e->card_part[PART_ANSWER].at, cases[i].want);
        assert_null(strstr(e->made->page_part[PART_ANSWER].at, "<!--"));
        free_source(&s);
    }
}

/* By Anki on a card, by a player in a book, and in a link there as its words. */
static void a_sound_is_heard(void **state)
{
    (void)state;
    Source s = {0};
    Node *tree = parse("![听](a.mp3) [![听](a.mp3)](b)", &s.references, &s.arena);
    point_links(tree, STR("a.mp3"), STR("../sounds/a.mp3"));
    for (NodeStep step = {tree, true}; node_next(&step, tree);)
        step.node->sound = step.node->kind == NODE_IMAGE;
    Buf html = {.arena = &s.arena}, inert = {.arena = &s.arena};
    html_write(&html, tree, &card);
    card_put(&inert, buf_str(&html), CLOZE_KEPT);
    assert_string_equal(inert.at, "<p>[sound:a.mp3] <a href=\"a.mp3\">[sound:a.mp3]</a></p>\n");
    html.n = 0;
    html_write(&html, tree, &page);
    assert_string_equal(html.at, "<p><audio controls=\"controls\" src=\"../sounds/a.mp3\">听</audio>"
                                 " <a href=\"../sounds/a.mp3\">听</a></p>\n");
    free_source(&s);
}
#define JOINER "\xE2\x81\xA0"

static void an_attribute_holds_no_mark_either(void **state)
{
    (void)state;
    static const Book book;
    Source s = {0};
    Entry *e = vec_push(&s.entries, &s.arena);
    e->kind = ENTRY_SECTION;
    e->made = arena_new(&s.arena, Made, 1);
    e->made->part_tree[PART_ANSWER] = parse("![\\[sound:x\\]](a.png)", &s.references, &s.arena);
    point_links(e->made->part_tree[PART_ANSWER], STR("a.png"), STR(""));
    source_render(&s, &book);
    assert_string_equal(e->card_part[PART_ANSWER].at,
                        "<p><img src=\"a.png\" alt=\"[" JOINER "sound:x]\"/></p>");
    free_source(&s);
}

/* A cloze in one would become an element inside it. */
static void an_attribute_holds_no_cloze(void **state)
{
    (void)state;
    static const struct { Clozing clozing; const char *html, *want; } cases[] = {
        {CLOZE_KEPT, "<img alt=\"{{c1::a}}\"/>", "<img alt=\"{" JOINER "{c1:" JOINER ":a}" JOINER "}\"/>"},
        {CLOZE_KEPT, "{{c1::<img alt=\"a::b}}\"/>}}", "{{c1::<img alt=\"a:" JOINER ":b}" JOINER "}\"/>}}"},
        {CLOZE_KEPT, "{{c1,2::a}} {{c3,::b}}", "{{c1,2::a}} {{c3,::b}}"},
        {CLOZE_KEPT, "{{c1::a {{c2::b}} c", "{<!-- -->{c1:<!-- -->:a {{c2::b}} c"},
        {CLOZE_KEPT, "{{c1::image-occlusion:x}}", "{{c1::<!-- -->image-occlusion:x}}"},
        {CLOZE_IGNORED, "<a title=\"{{c1::a}}\">::</a>", "<a title=\"{{c1::a}}\">::</a>"},
        {CLOZE_BROKEN, "{{c1::a}} {{b}} c::d", "{<!-- -->{c1::a}} {{b}} c::d"},
        {CLOZE_BROKEN, "<a title=\"{{c1,2::a}}\">", "<a title=\"{" JOINER "{c1,2::a}}\">"},
    };
    Arena a = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Buf out = {.arena = &a};
        card_put(&out, str_of(cases[i].html), cases[i].clozing);
        assert_string_equal(buf_str(&out).at, cases[i].want);
    }
    arena_free(&a);
}

static void a_book_shows_what_clozes_hide(void **state)
{
    (void)state;
    static const struct {
        const char *html, *want;
    } cases[] = {
        {"a {{c1::b::hint}} {{c2::<b>c</b>}}", "a b <b>c</b>"},
        {"{{c1::a {{c2::b}} c}} d}} ::", "a b c d}} ::"},
        {"<a href=\"{{c1::u}}\">{{c1::t</a>}}", "<a href=\"{{c1::u}}\">t</a>"},
        {"{{c1::a::<b>}}", "a::<b>"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        cloze_fill(&b, str_of(cases[i].html));
        assert_string_equal(buf_str(&b).at, cases[i].want);
        arena_free(&a);
    }
}

static void a_self_test_hides_what_is_in_clozes(void **state)
{
    (void)state;
#define GAP(words) "<span class=\"gap\">[" words "]</span>"
    static const struct {
        const char *html, *want; /* NULL: nothing can stand for it */
        size_t gaps;
    } cases[] = {
        {"a {{c1::b::hint}} {{c2::<b>c</b>}}", "a " GAP("hint") " " GAP("…"), 2},
        {"{{c1::a {{c2::b::x}} c}} d}} ::", GAP("…") " d}} ::", 1},
        {"{{c1::std::map}}", GAP("map"), 1}, /* as Anki has it */
        {"<a href=\"{{c1::u}}\">t</a>{{c1::<img src=\"a\"/>}}", "<a href=\"{{c1::u}}\">t</a>" GAP("…"), 1},
        {"<p>{{c1::a</p><p>b}}</p>", NULL, 0},
        {"{{c1::</b><b>}}", NULL, 0},
        {"{{c1::a", NULL, 0},
        {"none", "none", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        Buf b = {.arena = &a};
        size_t gaps = 0;
        assert_int_equal(cloze_hide(&b, str_of(cases[i].html), &gaps), cases[i].want != NULL);
        if (cases[i].want)
            assert_string_equal(buf_str(&b).at, cases[i].want);
        if (cases[i].want)
            assert_int_equal(gaps, cases[i].gaps);
        arena_free(&a);
    }
}

/* On a page, but where it stands in a link, and on no card. */
static void a_mention_leads_on_pages_alone(void **state)
{
    (void)state;
    static const char note[] = "`a` **b** [**c**](u)";
    static const struct {
        const HtmlProfile *profile;
        const char *want;
    } cases[] = {
        {&page, "<p><a href=\"c-1.xhtml#t-q-1\"><code>a</code></a> <a href=\"c-1.xhtml#t-q-1\"><strong>b</strong></a> "
                "<strong>c</strong></p>\n"},
        {&card, "<p><code>a</code> <strong>b</strong> <strong>c</strong></p>\n"},
        {&gfm, "<p><code>a</code> <strong>b</strong> <a href=\"u\"><strong>c</strong></a></p>\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Arena a = {0};
        References refs = {0};
        Buf out = {.arena = &a};
        Node *root = parse(note, &refs, &a);
        for (Node *n = root->first->first; n; n = n->next)
            if (n->kind == NODE_CODE || n->kind == NODE_STRONG)
                n->page_target = STR("c-1.xhtml#t-q-1");
        html_write(&out, root, cases[i].profile);
        assert_string_equal(buf_str(&out).at, cases[i].want);
        arena_free(&a);
    }
}

static void clozes_are_left_alone(void **state)
{
    (void)state;
    Source s = {0};
    const Entry *e = rendered(&s, "{{c1::std::{{c2::map}}::hint}} a::b }}", "x", true);
    assert_string_equal(e->card_title.at,
                        "{{c1::std::{{c2::map}}::hint}} a:<!-- -->:b }<!-- -->}");
    free_source(&s);
}

static void a_card_ends_with_the_notes_that_it_uses(void **state)
{
    (void)state;
    static const Book book;
    Source s = {0};
    Entry *e = vec_push(&s.entries, &s.arena);
    e->kind = ENTRY_SECTION;
    e->made = arena_new(&s.arena, Made, 1);
    e->made->part_tree[PART_ANSWER] = parse("a[^x] b[^x]\n\n[^x]: <*c*\n\n[^y]: d", &s.references,
                                      &s.arena);
    inline_parse(references_footnote(&s.references, STR("x")), &s.references, true, &s.arena);
    source_render(&s, &book);
    assert_string_equal(e->card_part[PART_ANSWER].at,
                        "<p>a<sup>[1]</sup> b<sup>[1]</sup></p>\n"
                        "<div class=\"notes\"><span class=\"note-number\">[1]</span> <p>&lt;<em>c</em></p>\n</div>");
    free_source(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped_and_fit_for_xml),
        cmocka_unit_test(headings_skip_no_level),
        cmocka_unit_test(a_line_of_chinese_ends_where_it_ends),
        cmocka_unit_test(what_an_editor_wrapped_is_one_line),
        cmocka_unit_test(raw_html_passes_by_a_list),
        cmocka_unit_test(tables_lists_and_code_have_their_form),
        cmocka_unit_test(a_table_that_no_page_has_room_for_is_records),
        cmocka_unit_test(a_table_heads_what_it_has_words_for),
        cmocka_unit_test(a_link_without_a_target_is_its_text),
        cmocka_unit_test(footnotes_are_marked_and_listed),
        cmocka_unit_test(an_entry_gets_its_fields),
        cmocka_unit_test(normalising_changes_no_markup),
        cmocka_unit_test(other_matter_is_on_pages_only),
        cmocka_unit_test(what_anki_obeys_is_inert_in_a_card),
        cmocka_unit_test(a_sound_is_heard),
        cmocka_unit_test(an_attribute_holds_no_mark_either),
        cmocka_unit_test(an_attribute_holds_no_cloze),
        cmocka_unit_test(a_self_test_hides_what_is_in_clozes),
        cmocka_unit_test(a_mention_leads_on_pages_alone),
        cmocka_unit_test(clozes_are_left_alone),
        cmocka_unit_test(a_book_shows_what_clozes_hide),
        cmocka_unit_test(a_card_ends_with_the_notes_that_it_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
