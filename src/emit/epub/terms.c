/*
 * terms.c -- the trees of each entry are walked once.
 */
#include "emit/epub/terms.h"

#include "base/utf8.h"

#include <stdlib.h>

typedef struct Collector {
    Arena scratch;
    Vec(TermUse) uses; /* of the source */
    uint32_t entry;
} Collector;

static void add(Collector *c, Str words, TermKind kind, bool code)
{
    TermUse use = term_of(words, &c->scratch);
    if (!use.key.n)
        return;
    use.entry = c->entry;
    use.kind = kind;
    use.code = code;
    *vec_push(&c->uses, &c->scratch) = use;
}

/* How the words of a node are said; TERM_KINDS: they are just words. */
static TermKind kind_of(const Node *n)
{
    static const struct {
        NodeKind node;
        TermKind term;
    } kinds[] = {
        {NODE_CODE, TERM_CODE}, {NODE_STRONG, TERM_BOLD}, {NODE_HEADING, TERM_HEADING}, {NODE_TERM, TERM_DEFINED},
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i].node == n->kind)
            return kinds[i].term;
    return TERM_KINDS;
}

/* The words of a node, where they are few and no span that is nested holds some of them. */
static Str words_of(Collector *c, const Node *n)
{
    enum { LONGEST = 100 };
    if (n->kind == NODE_CODE)
        return n->text;
    Buf words = {.arena = &c->scratch};
    for (const Node *child = n->first; child; child = child->next) {
        if ((child->kind != NODE_TEXT && child->kind != NODE_CODE) || words.n + child->text.n > LONGEST)
            return STR("");
        buf_put(&words, child->text);
    }
    return words.n ? buf_str(&words) : STR("");
}

static bool is_code(const Node *n)
{
    return n->kind == NODE_CODE || (n->first && n->first == n->last && n->first->kind == NODE_CODE);
}

/* Whatever is said in `root` is at least `least`. */
static void read_tree(Collector *c, const Node *root, TermKind least)
{
    NodeStep step = {(Node *)(uintptr_t)root, true};
    if (!root)
        return;
    do {
        TermKind kind = step.entering ? kind_of(step.node) : TERM_KINDS;
        if (kind != TERM_KINDS)
            add(c, words_of(c, step.node), kind > least ? kind : least, is_code(step.node));
    } while (node_next(&step, root));
}

typedef struct Scripts {
    bool han, latin, tex;
} Scripts;

static Scripts scripts_of(Str s)
{
    Scripts scripts = {0};
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        scripts.han = scripts.han || utf8_is_han(code);
        scripts.latin = scripts.latin || (code < 0x80 && is_alpha((char)code));
        scripts.tex = scripts.tex || code == '\\' || code == '$';
    }
    return scripts;
}

/* Where one is a phrase, so are all, and the title was cut at the wrong words. */
static bool are_terms(Collector *c, const Subjects *subjects)
{
    bool all = true;
    for (size_t i = 0; i < subjects->n && all; i++)
        all = term_of(subjects->of[i], &c->scratch).key.n > 0;
    return all;
}

/* Both scripts together are rather a phrase ("map 底层结构"), unless the title asks for them. */
static void read_subjects(Collector *c, Str title)
{
    Subjects subjects = term_subjects(title);
    if (!are_terms(c, &subjects))
        return;
    for (size_t i = 0; i < subjects.n; i++) {
        Scripts scripts = scripts_of(subjects.of[i]);
        bool about = (subjects.defines || subjects.n > 1) && (subjects.asked || !(scripts.han && scripts.latin));
        add(c, subjects.of[i], about ? TERM_SUBJECT : TERM_IN_TITLE, false);
    }
}

/* What is plain text in `root`; where a span begins or ends stands a mark that no name holds. */
static Str texts_of(Collector *c, const Node *root)
{
    Buf texts = {.arena = &c->scratch};
    NodeStep step = {(Node *)(uintptr_t)root, true};
    if (!root)
        return STR("");
    do
        buf_put(&texts, step.node->kind != NODE_TEXT ? STR(";") : step.entering ? step.node->text : STR(""));
    while (node_next(&step, root));
    return buf_str(&texts);
}

/* In a title in Chinese, what is Latin is a name, unless it stands in a formula or in code. */
static void read_title(Collector *c, const Entry *e)
{
    Scripts scripts = scripts_of(e->plain_title);
    if (scripts.tex)
        return;
    read_subjects(c, e->plain_title);
    Str texts = texts_of(c, e->made->title_tree);
    while (scripts.han && texts.n)
        add(c, term_eat_latin(&texts), TERM_IN_TITLE, false);
}

static void read_entry(Collector *c, const Entry *e)
{
    read_title(c, e);
    read_tree(c, e->made->title_tree, TERM_IN_TITLE);
    for (Part part = 0; part < PARTS; part++)
        read_tree(c, e->made->part_tree[part], TERM_CODE);
}

/* Of one entry the strongest first; what is said in plain words before code. */
static int by_place(const void *a, const void *b)
{
    const TermUse *x = a, *y = b;
    int order = (x->entry > y->entry) - (x->entry < y->entry);
    order = order ? order : str_cmp(x->key, y->key);
    order = order ? order : (x->kind < y->kind) - (x->kind > y->kind);
    order = order ? order : x->code - y->code;
    return order ? order : str_cmp(x->shown, y->shown);
}

/* Each term of an entry once, and no more room than for these. */
static void keep(Source *s, Collector *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->uses.n; i++) {
        const TermUse *use = &c->uses.at[i], *last = n ? &c->uses.at[n - 1] : NULL;
        if (!last || last->entry != use->entry || !str_eq(last->key, use->key))
            c->uses.at[n++] = *use;
    }
    s->terms.at = arena_new(&s->kept, TermUse, n);
    s->terms.n = s->terms.cap = n;
    for (size_t i = 0; i < n; i++) {
        TermUse *use = &s->terms.at[i];
        *use = c->uses.at[i];
        use->key = str_copy(&s->kept, use->key);
        use->shown = str_copy(&s->kept, use->shown);
    }
}

void terms_collect(Source *s)
{
    Collector c = {0};
    for (size_t p = 0; p < s->pages.n; p++)
        for (size_t i = s->pages.at[p].first; i < s->pages.at[p].last; i++) {
            const Entry *e = &s->entries.at[i];
            c.entry = (uint32_t)i;
            if (e->kind == ENTRY_SECTION || (e->kind == ENTRY_QUESTION && e->answered))
                read_entry(&c, e);
        }
    if (c.uses.n)
        qsort(c.uses.at, c.uses.n, sizeof *c.uses.at, by_place);
    keep(s, &c);
    arena_free(&c.scratch);
}
