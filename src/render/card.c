/*
 * card.c -- what Anki obeys in any field, made inert in finished markup.
 *
 * An empty comment in a mark survives Anki's editor, where an entity would be turned
 * back into the character.  MathJax looks through comments, so its marks are parted by
 * an element, but for those of formulas.  In an attribute neither is possible: there a word
 * joiner parts them, which nobody sees and every editor keeps.
 *
 * Of a cloze that never ends Anki shows nothing from its mark on, so such a mark is broken;
 * so is one that Anki would not open, since too many are open.
 */
#include "base/vec.h"
#include "render/html_parts.h"

#define WORD_JOINER "\xE2\x81\xA0" /* U+2060 */

/* After '['; letters in any case. */
static const Str bracketed[] = {
    STR_INIT("sound:"), STR_INIT("latex]"), STR_INIT("$]"),
    STR_INIT("$$]"),    STR_INIT("anki:"),  STR_INIT("[type:"),
};

static bool begins_mark(Str after)
{
    for (size_t i = 0; i < COUNT(bracketed); i++)
        if (str_starts_nocase(after, bracketed[i]))
            return true;
    return false;
}

size_t cloze_open(Str s)
{
    size_t i = 3;
    if (!str_starts(s, STR("{{c")))
        return 0;
    while (i < s.n && (is_digit(s.at[i]) || s.at[i] == ','))
        i++;
    return i > 3 && str_starts(str_drop(s, i), STR("::")) ? i + 2 : 0;
}

/* What stands at the front of `s`: the start of a cloze or its end, and how long that is. */
static size_t cloze_mark(Str s)
{
    size_t open = cloze_open(s);
    return open ? open : str_starts(s, STR("}}")) ? 2 : 0;
}

typedef Vec(size_t) Places;

/* For each mark of a cloze that stands in text, in order: '1' where its cloze is whole, else '0'. */
static void pair_clozes(Str html, Buf *whole)
{
    Places open = {0};
    bool in_tag = false;
    for (size_t skip; html.n; html = str_drop(html, skip)) {
        size_t mark = in_tag ? 0 : cloze_mark(html);
        skip = mark ? mark : 1;
        in_tag = html.at[0] == '<' || (in_tag && html.at[0] != '>');
        if (mark > 2)
            *vec_push(&open, whole->arena) = whole->n;
        if (mark)
            buf_put_char(whole, '0');
        if (mark == 2 && open.n && open.n-- <= CLOZE_LEVELS)
            whole->at[open.at[open.n]] = whole->at[whole->n - 1] = '1';
    }
}

typedef struct Card {
    Buf *out;
    Str rest;
    bool in_tag, in_math;
    Clozing clozing;
    size_t depth; /* of clozes */
    Str whole;    /* of the marks of clozes that are to come: see pair_clozes */
} Card;

static void pass(Card *c, size_t n)
{
    buf_put(c->out, str_take(c->rest, n));
    c->rest = str_drop(c->rest, n);
}

/* Break the mark at the front, after its first character.  Of formulas in gaps Anki takes comments away. */
static void break_mark(Card *c)
{
    bool bracket = c->rest.at[0] == '[';
    pass(c, 1);
    buf_puts(c->out, c->in_tag ? WORD_JOINER : c->in_math && bracket ? "{}" : "<!-- -->");
    if (!c->in_tag)
        pass(c, 1);
}

static void put_bracket(Card *c)
{
    if (begins_mark(str_drop(c->rest, 1)))
        break_mark(c);
    else
        pass(c, 1);
}

static void put_backslash(Card *c)
{
    bool mark = c->rest.n > 1 && str_find_char(STR("()[]"), c->rest.at[1]) != STR_NONE;
    bool parted = mark && !c->in_tag && !c->in_math;
    buf_puts(c->out, parted ? "<span>" : "");
    pass(c, 1);
    buf_puts(c->out, parted ? "</span>" : "");
}

/* Whether the mark of a cloze at the front is one for Anki too. */
static bool is_kept(Card *c)
{
    if (c->in_tag || c->clozing != CLOZE_KEPT)
        return false;
    bool whole = c->whole.at[0] == '1';
    c->whole = str_drop(c->whole, 1);
    return whole;
}

static void pass_cloze_mark(Card *c, size_t n)
{
    bool open = n > 2;
    c->depth += open ? 1 : (size_t)-1;
    pass(c, n);
    if (open && str_starts(c->rest, STR("image-occlusion:"))) /* Anki would draw a picture */
        buf_puts(c->out, "<!-- -->");
}

/* '{', '}' or ':' where clozes matter. */
static void put_cloze_mark(Card *c)
{
    size_t mark = cloze_mark(c->rest);
    bool kept = c->clozing == CLOZE_KEPT, hint = kept && str_starts(c->rest, STR("::"));
    if (mark && is_kept(c))
        pass_cloze_mark(c, mark);
    else if (mark > 2 || (mark && kept) || (hint && (c->in_tag || !c->depth)))
        break_mark(c);
    else
        pass(c, 1);
}

/* Where a mark may stand: in any field, and where clozes matter. */
enum { IN_ANY = 1, IN_CLOZED = 2 };
static const uint8_t marks[256] = {
    ['['] = IN_ANY, ['\\'] = IN_ANY,
    [CARD_COMMAND] = IN_ANY, [CARD_MATH] = IN_ANY, [CARD_TEXT] = IN_ANY,
    ['{'] = IN_CLOZED, ['}'] = IN_CLOZED, [':'] = IN_CLOZED,
};

static void put_mark(Card *c)
{
    char at = c->rest.at[0];
    if (at == CARD_COMMAND) {
        c->rest = str_drop(c->rest, 1);
        pass(c, c->rest.n > 0);
    } else if (at == '[') {
        put_bracket(c);
    } else if (at == '\\') {
        put_backslash(c);
    } else if (at == CARD_MATH || at == CARD_TEXT) {
        c->in_math = at == CARD_MATH;
        c->rest = str_drop(c->rest, 1);
    } else {
        put_cloze_mark(c);
    }
}

void card_put(Buf *out, Str html, Clozing clozing)
{
    Arena scratch = {0};
    Buf whole = {.arena = &scratch};
    if (clozing == CLOZE_KEPT)
        pair_clozes(html, &whole);
    Card c = {.out = out, .rest = html, .clozing = clozing, .whole = buf_str(&whole)};
    int matters = clozing == CLOZE_IGNORED ? IN_ANY : IN_ANY | IN_CLOZED;
    while (c.rest.n) {
        size_t n = 0;
        for (char at; n < c.rest.n; n++) {
            at = c.rest.at[n];
            if (at == '<' || at == '>')
                c.in_tag = at == '<';
            else if (marks[(unsigned char)at] & matters)
                break;
        }
        pass(&c, n);
        if (c.rest.n)
            put_mark(&c);
    }
    arena_free(&scratch);
}

/* The length of `::hint` at the front of `s`, all of it text and before `}}`; 0 for none. */
static size_t hint_length(Str s)
{
    size_t n = 0;
    if (!str_starts(s, STR("::")))
        return 0;
    while (n < s.n && s.at[n] != '}' && s.at[n] != '<')
        n++;
    return str_starts(str_drop(s, n), STR("}}")) ? n : 0;
}

void cloze_fill(Buf *out, Str html)
{
    size_t depth = 0;
    bool in_tag = false;
    while (html.n) {
        size_t open = in_tag ? 0 : cloze_open(html);
        size_t skip = open || in_tag || !depth ? open : str_starts(html, STR("}}")) ? 2 : hint_length(html);
        depth = depth + (open > 0) - (!open && skip == 2);
        if (!skip) {
            in_tag = html.at[0] == '<' || (in_tag && html.at[0] != '>');
            buf_put_char(out, html.at[0]);
        }
        html = str_drop(html, skip ? skip : 1);
    }
}

/* How many elements the tag at the front of `html` opens. */
static int tag_depth(Str html)
{
    Str tag = str_take(html, str_find_char(html, '>'));
    bool alone = str_starts(tag, STR("<!")) || str_ends(tag, STR("/"));
    return alone ? 0 : str_starts(tag, STR("</")) ? -1 : 1;
}

/* Take the cloze that is open at the front of `*html`, to its end.  False: nothing can stand for it. */
static bool eat_cloze(Str *html, Str *hint)
{
    size_t depth = 1;
    int tags = 0;
    *hint = STR("");
    const char *colons = NULL; /* where a hint may begin: behind it there is text alone */
    while (html->n && depth && tags >= 0) {
        const char *at = html->at;
        size_t skip = cloze_mark(*html);
        depth = depth + (skip > 2) - (skip == 2);
        if (!depth && colons)
            *hint = (Str){colons + 2, (size_t)(at - colons) - 2};
        if (*at == '<') {
            tags += tag_depth(*html);
            skip = str_take(*html, str_find_char(*html, '>')).n + 1;
        }
        if (depth == 1 && !colons && str_starts(*html, STR("::")))
            colons = at;
        else if (skip || *at == '}')
            colons = NULL;
        *html = str_drop(*html, skip ? skip : 1);
    }
    return !depth && !tags;
}

bool cloze_hide(Buf *out, Str html, size_t *gaps)
{
    bool in_tag = false;
    for (size_t open; html.n;) {
        open = in_tag ? 0 : cloze_open(html);
        if (!open) {
            in_tag = html.at[0] == '<' || (in_tag && html.at[0] != '>');
            buf_put_char(out, html.at[0]);
            html = str_drop(html, 1);
            continue;
        }
        Str hint;
        html = str_drop(html, open);
        if (!eat_cloze(&html, &hint))
            return false;
        buf_puts(out, "<span class=\"gap\">[");
        buf_put(out, hint.n ? hint : STR("…"));
        buf_puts(out, "]</span>");
        ++*gaps;
    }
    return true;
}
