/*
 * mention.c -- each term is looked up in the sorted subjects of the book.
 *
 * Other sources are made at the same time, so of their entries only what the passes before
 * have set is looked at.
 */
#include "inline/mention.h"

enum { MOST_OF_A_PAGE = 64 }; /* more links guide nobody, and each is looked for among those before */

typedef struct Mentions {
    Source *source;
    const Book *book;
    size_t entry;                         /* in which the walk is */
    const Subject *seen[MOST_OF_A_PAGE];
    size_t count;
} Mentions;

static const Subject *find_subject(const Book *b, Str key)
{
    size_t low = str_lower_bound(b->subjects.at, b->subjects.n, sizeof *b->subjects.at, key);
    return low < b->subjects.n && str_eq(b->subjects.at[low].key, key) ? &b->subjects.at[low] : NULL;
}

/* Whether the entry at hand is the subject's, or lies in it: it is read there already. */
static bool is_here(const Mentions *m, const Subject *subject)
{
    if (&m->book->sources[subject->source] != m->source)
        return false;
    size_t at = m->entry + 1;
    while (at && at - 1 != subject->entry)
        at = m->source->entries.at[at - 1].parent;
    return at > 0;
}

static bool is_seen(const Mentions *m, const Subject *subject)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->seen[i] == subject)
            return true;
    return m->count == MOST_OF_A_PAGE;
}

/* Readers show a short target in a window of its own: of a question that is its heading. */
static Str target_of(const Mentions *m, const Subject *subject)
{
    const Source *s = &m->book->sources[subject->source];
    Str anchor = s->entries.at[subject->entry].anchor;
    Buf b = {.arena = &m->source->arena};
    const Page *page = source_page(s, subject->entry);
    if (page)
        buf_printf(&b, "%.*s#%s%.*s", STR_ARG(page->name), subject->question ? "t-" : "", STR_ARG(anchor));
    return buf_str(&b);
}

/* The words of code, or of bold that is nothing but words. */
static Str words_of(const Node *n)
{
    bool bold = n->kind == NODE_STRONG && n->first && n->first == n->last;
    const Node *words = bold ? n->first : n;
    return words->kind == NODE_TEXT || words->kind == NODE_CODE ? words->text : STR("");
}

/* In code every letter counts, but for the first: `SELECT *` is no mention of select, `channel` is one of Channel. */
static bool is_same_name(const Subject *subject, Str code)
{
    return str_eq_nocase(str_take(code, 1), str_take(subject->shown, 1))
        && str_eq(str_drop(code, 1), str_drop(subject->shown, 1));
}

static void mention(Mentions *m, Node *n)
{
    Str words = words_of(n), key = term_of(words, &m->source->arena).key;
    const Subject *subject = key.n ? find_subject(m->book, key) : NULL;
    if (!subject || is_here(m, subject) || is_seen(m, subject)
        || (n->kind == NODE_CODE && !is_same_name(subject, words)))
        return;
    m->seen[m->count++] = subject;
    n->page_target = target_of(m, subject);
}

/* In links, pictures and headings nothing is linked. */
static void read_tree(Mentions *m, Node *root)
{
    NodeStep step = {root, true};
    const Node *outer = NULL;
    if (!root)
        return;
    do {
        Node *n = step.node;
        bool term = n->kind == NODE_CODE || n->kind == NODE_STRONG;
        bool closed = term || n->kind == NODE_LINK || n->kind == NODE_IMAGE || n->kind == NODE_HEADING;
        if (!closed || (outer && n != outer))
            continue;
        outer = step.entering ? n : NULL;
        if (term && step.entering)
            mention(m, n);
    } while (node_next(&step, root));
}

void source_mentions(Source *s, const Book *b)
{
    for (size_t p = 0; p < s->pages.n && b->subjects.n && !b->cards_only; p++) {
        Mentions m = {.source = s, .book = b};
        for (m.entry = s->pages.at[p].first; m.entry < s->pages.at[p].last; m.entry++)
            for (Part part = PART_ANSWER; part < PARTS; part++)
                read_tree(&m, s->entries.at[m.entry].made->part_tree[part]);
    }
}
