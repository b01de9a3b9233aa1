/*
 * math.c -- a walk over the formulas of a source.
 *
 * Anki's MathJax reads TeX on the phone; no reader of books does, so KaTeX sets it for
 * them.  It knows less than MathJax: what it cannot set still stands in the deck.
 */
#include "render/math.h"

#include "model/formula.h"
#include "render/formula_line.h"
#include "render/html_parts.h"
#include "render/katex.h"
#include "render/scripts.h"

enum { LONGEST = 4096 /* bytes */, MOST_GAPS = 10 /* within each other, as in Anki */ };

typedef struct Setter {
    Source *source;
    Katex katex;
    Buf tex; /* scratch */
} Setter;

/* A formula of several lines, or with gaps, is a copy: it is looked for in its line. */
static Place place_of(const Source *s, const Node *n, size_t at)
{
    size_t from = at < n->text.n ? at : n->text.n, lines = 0;
    while (from && n->text.at[from - 1] != '\n')
        from--;
    for (size_t i = 0; i < from; i++)
        lines += n->text.at[i] == '\n';
    Str rest = str_drop(n->text, from), part = str_cut(&rest, '\n');
    uint32_t line = n->line + (uint32_t)lines;
    Place exact = source_place(s, line, n->text.at + at);
    if (exact.column)
        return exact;
    Str text = exact.text;
    size_t column = part.n ? str_find(str_take(text, LONGEST), part) : STR_NONE;
    return source_place(s, line, column == STR_NONE ? NULL : text.at + column + at - from);
}

static void report(Setter *m, const Node *n, size_t at, Str why, const char *more)
{
    diag(&m->source->diags, D_MATH_INVALID, place_of(m->source, n, at), "%.*s%s", STR_ARG(why), more);
}

/* In one line: a comment of TeX would take in what follows it there. */
static Str one_line(Setter *m, Str tex)
{
    m->tex.n = 0;
    while (tex.n) {
        Str line = str_cut(&tex, '\n');
        size_t n = 0;
        while (n < line.n && line.at[n] != '%')
            n += line.at[n] == '\\' ? 2 : 1;
        line = str_trim(str_take(line, n));
        if (m->tex.n && line.n)
            buf_put_char(&m->tex, ' ');
        buf_put(&m->tex, line);
    }
    return m->tex.n ? str_copy(&m->source->arena, buf_str(&m->tex)) : STR("");
}

/* Gaps in a formula, while it is written. */
typedef struct Gapped {
    Buf *out;
    bool kept;
    size_t open, braces[MOST_GAPS + 1];
} Gapped;

/* Two closing braces would end a gap, two colons its text. */
static void put_apart(Gapped *g, Str mark)
{
    bool twice = g->kept && g->out->n && g->out->at[g->out->n - 1] == mark.at[0];
    if (twice)
        buf_puts(g->out, mark.at[0] == ':' ? "{}" : " ");
    buf_put(g->out, mark);
}

/* The length of the mark of a gap, or of a hint, at the front of `s`; 0 for none. */
static size_t take_gap(Gapped *g, Str s)
{
    size_t n = g->open < MOST_GAPS ? cloze_open(s) : 0;
    if (n) {
        g->braces[++g->open] = 0;
        if (g->kept)
            buf_put(g->out, str_take(s, n));
        return n;
    }
    if (!g->open || g->braces[g->open])
        return 0;
    if (str_starts(s, STR("::")) && (n = str_find(s, STR("}}"))) != STR_NONE) {
        if (g->kept)
            buf_put(g->out, str_take(s, n));
        return n;
    }
    if (!str_starts(s, STR("}}")))
        return 0;
    g->open--;
    if (g->kept)
        put_apart(g, str_take(s, 2));
    return 2;
}

static Str with_gaps(Setter *m, Str tex, bool kept)
{
    m->tex.n = 0;
    Gapped g = {.out = &m->tex, .kept = kept};
    while (tex.n) {
        size_t n = take_gap(&g, tex);
        if (!n) {
            n = tex.at[0] == '\\' ? 2 : 1;
            g.braces[g.open] += tex.at[0] == '{';
            g.braces[g.open] -= tex.at[0] == '}' && g.braces[g.open];
            if (tex.at[0] == '}' || tex.at[0] == ':')
                put_apart(&g, str_take(tex, 1));
            else
                buf_put(&m->tex, str_take(tex, n));
        }
        tex = str_drop(tex, n);
    }
    return m->tex.n ? str_copy(&m->source->arena, buf_str(&m->tex)) : STR("");
}

/* Line by line; as it was where a line does not stand by itself. */
static Str in_lines(Setter *m, Str tex, Str whole)
{
    KatexError error;
    Arena *a = &m->source->arena;
    Buf lines = {.arena = a};
    for (tex = one_line(m, tex); tex.n;) {
        Str line = formula_cut_line(&tex);
        Str markup = katex_set(&m->katex, line, line, true, &error, a);
        if (!markup.n)
            return whole;
        bool text = !str_starts(markup, STR("<math")); /* which stands on no line of its own */
        buf_puts(&lines, lines.n ? "\n" : "");
        buf_puts(&lines, text ? "<span class=\"display\">" : "");
        buf_put(&lines, markup);
        buf_puts(&lines, text ? "</span>" : "");
    }
    return buf_str(&lines);
}

static void set_for_page(Setter *m, Node *n, bool gaps)
{
    KatexError error;
    Str tex = gaps && str_find(n->text, STR("{{c")) != STR_NONE ? with_gaps(m, n->text, false) : n->text;
    n->page_target = katex_set(&m->katex, tex, one_line(m, tex), n->display, &error, &m->source->arena);
    if (!n->page_target.n && !error.words.n)
        m->source->plain_math = true;
    else if (!n->page_target.n)
        report(m, n, tex.at == n->text.at ? error.at : n->text.n, error.words, "");
    else if (n->display && str_starts(n->page_target, STR("<math")) && formula_turns(tex))
        n->page_target = in_lines(m, tex, n->page_target);
}

static void set(Setter *m, Node *n, bool gaps)
{
    size_t at = 0;
    Str fault = n->text.n > LONGEST ? STR("") : formula_fault(n->text, &at);
    if (n->text.n > LONGEST) {
        report(m, n, 0, STR("longer than 4096 bytes"), "");
    } else if (fault.n) {
        report(m, n, at, fault, fault.at[0] == '\\' ? " must not stand in a formula" : " has no partner");
    } else {
        n->card_target = one_line(m, n->text);
        if (gaps)
            n->card_target = with_gaps(m, n->card_target, true);
        set_for_page(m, n, gaps);
    }
}

static void set_all(Setter *m, Node *root, bool gaps)
{
    NodeStep step = {root, true};
    if (!root)
        return;
    do
        if (step.entering && step.node->kind == NODE_MATH)
            set(m, step.node, gaps);
    while (node_next(&step, root));
}

void source_math(Source *s, const Book *b)
{
    Memo own = {.arena = &s->arena}, *memo = s->scripts ? &s->scripts->memo : &own;
    Setter m = {.source = s, .katex = {.all = b->katexes, .memo = memo}, .tex.arena = &s->arena};
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        set_all(&m, e->made->title_tree, e->cloze);
        for (int part = 0; part < PARTS; part++)
            set_all(&m, e->made->part_tree[part], e->cloze);
    }
    set_all(&m, s->footnotes, false);
    katex_give(&m.katex);
}

static void put_source(Writer *w, Str tex)
{
    buf_puts(w->out, "<code class=\"math\">");
    html_text(w->out, tex);
    buf_puts(w->out, "</code>");
}

/* Between the marks that card_put lets pass. */
static void put_tex(Writer *w, Str tex, bool display)
{
    buf_printf(w->out, "%c\\%c", CARD_MATH, display ? '[' : '(');
    html_text(w->out, tex);
    buf_printf(w->out, "\\%c%c", display ? ']' : ')', CARD_TEXT);
}

void writer_formula(Writer *w, const Node *n)
{
    bool card = w->profile->card;
    w->owes_break &= !n->display;
    writer_show(w);
    buf_puts(w->out, n->display && !card ? "<span class=\"display\">" : "");
    if (card && n->card_target.n)
        put_tex(w, n->card_target, n->display);
    else if (!card && n->page_target.n)
        buf_put(w->out, n->page_target);
    else
        put_source(w, n->text);
    buf_puts(w->out, n->display && !card ? "</span>" : "");
    w->last = '$';
}
