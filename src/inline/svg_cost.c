/*
 * svg_cost.c -- costs are added up over a graph, from what leads nowhere up to the root.
 *
 * Its nodes are elements, their paint, and names: of an id, a tag, a class.  So it does not
 * matter what comes first, a name or what it is the name of.  An element costs itself and what it
 * shows, each with the paint on it, and what it holds.  Paint (fill, stroke, marks) is inherited:
 * that of an element leads on to its parent's.  Where a style sheet is not understood it is taken
 * to style all elements.  The sum may be too large, never too small.
 */
#include "inline/svg_cost.h"

#include "base/hash.h"

enum { MOST_SHOWN = 100000, CEILING = 1000000 /* where counting ends */ };

/* A tag, a class, and all elements: each is two names, for paint and for what is placed once. */
enum { ID, TAG, CLASS, ALL, KINDS };

void svg_cost_open(SvgCost *c, size_t bytes, Arena *a)
{
    *c = (SvgCost){.arena = a, .n_buckets = 16};
    while (c->n_buckets < bytes / 8)
        c->n_buckets *= 2;
    c->buckets = arena_new(a, size_t, c->n_buckets);
}

static size_t named(SvgCost *c, int kind, bool paints, Str name)
{
    uint64_t hash = hash_mix(hash_quick(name) + (uint64_t)(kind + KINDS * paints)) | 1;
    size_t *bucket = &c->buckets[(hash >> 1) & (c->n_buckets - 1)];
    for (size_t i = *bucket; i; i = c->nodes.at[i - 1].next)
        if (c->nodes.at[i - 1].name == hash)
            return i - 1;
    SvgNode *n = vec_push(&c->nodes, c->arena);
    n->name = hash;
    n->next = *bucket;
    *bucket = c->nodes.n;
    return c->nodes.n - 1;
}

static void lead(SvgCost *c, size_t from, size_t to, SvgWay way)
{
    SvgEdge *e = vec_push(&c->edges, c->arena);
    *e = (SvgEdge){from, c->nodes.at[to].edges, way};
    c->nodes.at[to].edges = c->edges.n;
    c->nodes.at[from].pending++;
}

static size_t paint_of(size_t element)
{
    return element + 1;
}

static void lead_styled(SvgCost *c, size_t element, int kind, Str name)
{
    lead(c, element, named(c, kind, false, name), SVG_SHOWS);
    lead(c, paint_of(element), named(c, kind, true, name), SVG_HOLDS);
}

size_t svg_cost_element(SvgCost *c, size_t parent, Str tag)
{
    size_t element = c->nodes.n;
    vec_push(&c->nodes, c->arena)->sums[SVG_SHOWS] = 1;
    vec_push(&c->nodes, c->arena); /* its paint */
    lead(c, element, paint_of(element), SVG_PAINTED);
    if (parent != SVG_NO_PARENT) {
        lead(c, parent, element, SVG_HOLDS);
        lead(c, paint_of(element), paint_of(parent), SVG_HOLDS);
    }
    lead_styled(c, element, TAG, tag);
    lead_styled(c, element, ALL, STR(""));
    return element;
}

static bool is_name_char(char c)
{
    return is_alnum(c) || c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

static size_t name_length(Str s)
{
    size_t n = 0;
    while (n < s.n && is_name_char(s.at[n]))
        n++;
    return n;
}

/* Whether a reader may go on with a name where we end: at an escape, or over what addresses drop. */
static bool is_veiled(Str rest)
{
    size_t n = 0;
    while (n < rest.n && rest.at[n] != ' ' && is_space(rest.at[n]))
        n++;
    char next = n < rest.n ? rest.at[n] : ' ';
    return next == '%' || (n ? is_name_char(next) : next == '(');
}

/* Whether an address can begin here: in front, or behind a parenthesis and quotes. */
static bool is_opened(Str before)
{
    size_t n = before.n;
    while (n && (is_space(before.at[n - 1]) || before.at[n - 1] == '"' || before.at[n - 1] == '\''))
        n--;
    return !n || before.at[n - 1] == '(';
}

/* A colour is taken for a name too, one that nothing has. */
static void lead_out(SvgCost *c, size_t from, SvgWay way, Str value)
{
    for (size_t at = 0; at < value.n; at++) {
        if (value.at[at] != '#' || !is_opened(str_take(value, at)))
            continue;
        Str name = str_drop(value, at + 1);
        name = str_take(name, name_length(name));
        lead(c, from, named(c, ID, false, name), way);
        at += name.n;
        c->veiled = c->veiled || is_veiled(str_drop(value, at + 1));
    }
}

/* What is placed on an element as a whole; all else is inherited, or may be. */
static bool is_painting(Str property)
{
    static const Str whole[] = {STR_INIT("href"), STR_INIT("clip-path"), STR_INIT("mask"), STR_INIT("filter")};
    for (size_t i = 0; i < COUNT(whole); i++)
        if (str_eq(property, whole[i]))
            return false;
    return true;
}

/* Those that paint lead out of another node than those that are placed. */
typedef struct Styled {
    size_t placed, paint;
    SvgWay way; /* of what is placed */
} Styled;

static void read_property(SvgCost *c, Styled on, Str property, Str value)
{
    if (is_painting(property))
        lead_out(c, on.paint, SVG_HOLDS, value);
    else
        lead_out(c, on.placed, on.way, value);
}

static void read_declarations(SvgCost *c, Styled on, Str list)
{
    while (list.n) {
        Str value = str_cut(&list, ';'), property = str_trim(str_cut(&value, ':'));
        read_property(c, on, property, value);
    }
}

static Str cut_word(Str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && !is_space(s->at[n]))
        n++;
    Str word = str_take(*s, n);
    *s = str_drop(*s, n);
    return word;
}

/* Gradients and filters hold nothing that is shown. */
static bool is_shown(Str tag)
{
    return !str_ends(tag, STR("Gradient")) && !str_eq(tag, STR("filter"));
}

void svg_cost_attribute(SvgCost *c, size_t element, Str tag, Str name, Str value)
{
    Styled on = {element, paint_of(element), SVG_SHOWS};
    if (str_eq(name, STR("id"))) {
        if (is_shown(tag))
            lead(c, named(c, ID, false, value), element, SVG_HOLDS);
    } else if (str_eq(name, STR("class"))) {
        for (Str class; (class = cut_word(&value)).n;)
            lead_styled(c, element, CLASS, class);
    } else if (str_eq(name, STR("style"))) {
        read_declarations(c, on, value);
    } else {
        read_property(c, on, name, value);
    }
}

/* What a selector styles at most, by its last word: a class, a tag, or all. */
static Styled styled_by(SvgCost *c, Str selector)
{
    int kind = TAG;
    Str word = STR("");
    for (Str next; (next = cut_word(&selector)).n;)
        word = next;
    size_t dot = str_find_char(word, '.');
    if (!word.n || name_length(word) < word.n) {
        kind = ALL;
        word = STR("");
    } else if (dot != STR_NONE) {
        kind = CLASS;
        word = str_drop(word, dot + 1);
        word = str_take(word, str_find_char(word, '.'));
    }
    return (Styled){named(c, kind, false, word), named(c, kind, true, word), SVG_HOLDS};
}

static size_t find_last(Str s, char c)
{
    size_t n = s.n;
    while (n && s.at[n - 1] != c)
        n--;
    return n ? n - 1 : STR_NONE;
}

/* Comments and strings may hide where a rule begins, as may one in another. */
static bool is_plain(Str head, Str body)
{
    static const char hiding[] = "\"'/";
    for (size_t i = 0; hiding[i]; i++)
        if (str_find_char(head, hiding[i]) != STR_NONE || str_find_char(body, hiding[i]) != STR_NONE)
            return false;
    return str_find_char(head, '(') == STR_NONE && str_find_char(head, ';') == STR_NONE;
}

/* The text before a closing brace: selectors, and the declarations from the last brace on. */
static void read_rule(SvgCost *c, Str rule)
{
    size_t brace = find_last(rule, '{');
    Str head = str_take(rule, brace == STR_NONE ? 0 : brace), body = str_drop(rule, head.n);
    if (!head.n || !is_plain(head, body)) {
        lead_out(c, styled_by(c, STR("")).paint, SVG_HOLDS, rule);
        return;
    }
    size_t outer = find_last(head, '{'); /* of @media */
    head = outer == STR_NONE ? head : str_drop(head, outer + 1);
    while (head.n)
        read_declarations(c, styled_by(c, str_cut(&head, ',')), str_drop(body, 1));
}

void svg_cost_sheet(SvgCost *c, Str sheet)
{
    while (sheet.n)
        read_rule(c, str_cut(&sheet, '}'));
}

static uint64_t bounded(uint64_t n)
{
    return n < CEILING ? n : CEILING;
}

static uint64_t cost_of(const SvgNode *n)
{
    return bounded(n->sums[SVG_SHOWS] * (1 + n->sums[SVG_PAINTED]) + n->sums[SVG_HOLDS]);
}

/* Add the cost of a node to all that lead to it; those that waited for it alone are ready then. */
static size_t add_up(SvgCost *c, size_t node, size_t *ready, size_t n)
{
    uint64_t cost = cost_of(&c->nodes.at[node]);
    for (size_t i = c->nodes.at[node].edges; i; i = c->edges.at[i - 1].next) {
        const SvgEdge *e = &c->edges.at[i - 1];
        SvgNode *from = &c->nodes.at[e->from];
        from->sums[e->way] = bounded(from->sums[e->way] + cost);
        if (!--from->pending)
            ready[n++] = e->from;
    }
    return n;
}

bool svg_cost_bearable(SvgCost *c)
{
    size_t *ready = arena_new(c->arena, size_t, c->nodes.n + 1), n = 0, done = 0;
    for (size_t i = 0; i < c->nodes.n; i++)
        if (!c->nodes.at[i].pending)
            ready[n++] = i;
    for (; n; done++) {
        size_t node = ready[--n];
        n = add_up(c, node, ready, n);
    }
    return !c->veiled && done == c->nodes.n && c->nodes.n && cost_of(&c->nodes.at[0]) <= MOST_SHOWN;
}
