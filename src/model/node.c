/*
 * node.c -- making and walking trees, and finding definitions by their label.
 */
#include "model/node.h"

#include "base/utf8.h"

#include <stdlib.h>

const NodeHolds node_holds[NODE_KINDS] = {
#define NODE(kind, holds) HOLDS_##holds,
#include "model/node.def"
#undef NODE
};

static const char *const names[NODE_KINDS] = {
#define NODE(kind, holds) #kind,
#include "model/node.def"
#undef NODE
};

const char *node_name(NodeKind kind)
{
    return names[kind];
}

Node *node_new(Arena *a, NodeKind kind, Node *parent)
{
    Node *n = arena_new(a, Node, 1);
    n->kind = kind;
    if (parent)
        node_append(parent, n);
    return n;
}

void node_append(Node *parent, Node *child)
{
    child->parent = parent;
    child->previous = parent->last;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void node_insert_after(Node *at, Node *child)
{
    child->parent = at->parent;
    child->previous = at;
    child->next = at->next;
    if (at->next)
        at->next->previous = child;
    else if (at->parent)
        at->parent->last = child;
    at->next = child;
}

void node_unlink(Node *n)
{
    if (n->previous)
        n->previous->next = n->next;
    else if (n->parent)
        n->parent->first = n->next;
    if (n->next)
        n->next->previous = n->previous;
    else if (n->parent)
        n->parent->last = n->previous;
    n->parent = n->previous = n->next = NULL;
}

bool node_next(NodeStep *step, const Node *root)
{
    Node *n = step->node;
    if (step->entering && n->first) {
        step->node = n->first;
    } else if (step->entering) {
        step->entering = false;
    } else if (n == root) {
        return false;
    } else if (n->next) {
        step->node = n->next;
        step->entering = true;
    } else {
        step->node = n->parent;
    }
    return true;
}

static void put_plain(Buf *b, const NodeStep *step)
{
    const Node *n = step->node;
    bool breaks = n->kind == NODE_SOFT_BREAK || n->kind == NODE_HARD_BREAK;
    bool block_end = !step->entering && n->kind < NODE_TEXT;
    if (step->entering && (n->kind == NODE_TEXT || n->kind == NODE_CODE || n->kind == NODE_MATH
                           || n->kind == NODE_CODE_BLOCK))
        buf_put(b, n->text);
    else if ((step->entering && breaks) || (block_end && b->n && b->at[b->n - 1] != ' '))
        buf_put_char(b, ' ');
}

Str node_plain(const Node *root, Arena *a)
{
    Buf b = {.arena = a};
    if (!root)
        return STR("");
    NodeStep step = {(Node *)(uintptr_t)root, true};
    do
        put_plain(&b, &step);
    while (node_next(&step, root));
    return str_trim(buf_str(&b));
}

Str reference_label(Str raw, Arena *a)
{
    Buf b = {.arena = a};
    raw = str_trim(raw);
    for (size_t i = 0; i < raw.n; i++)
        if (!is_space(raw.at[i]))
            buf_put_char(&b, raw.at[i]);
        else if (!is_space(raw.at[i - 1]))
            buf_put_char(&b, ' ');
    return utf8_fold(buf_str(&b), a);
}

/* By label; of equal labels the one defined first comes first. */
static int by_label(const void *a, const void *b)
{
    const Reference *x = *(Reference *const *)a, *y = *(Reference *const *)b;
    int order = str_cmp(x->label, y->label);
    return order ? order : (x > y) - (x < y);
}

static int footnote_by_label(const void *a, const void *b)
{
    const Node *x = *(Node *const *)a, *y = *(Node *const *)b;
    int order = str_cmp(x->label, y->label);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

void references_sort(References *r, Arena *a)
{
    r->sorted.n = 0;
    for (size_t i = 0; i < r->links.n; i++)
        *vec_push(&r->sorted, a) = &r->links.at[i];
    if (r->sorted.n)
        qsort(r->sorted.at, r->sorted.n, sizeof *r->sorted.at, by_label);
    if (r->footnotes.n)
        qsort(r->footnotes.at, r->footnotes.n, sizeof *r->footnotes.at, footnote_by_label);
}

static Str link_label(const References *r, size_t i)
{
    return r->sorted.at[i]->label;
}

static Str footnote_label(const References *r, size_t i)
{
    return r->footnotes.at[i]->label;
}

/* The first of `n` sorted labels that is `label`; `n` for none. */
static size_t find_label(const References *r, size_t n, Str label, Str (*at)(const References *, size_t))
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(at(r, middle), label) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && str_eq(at(r, low), label) ? low : n;
}

const Reference *references_find(const References *r, Str label)
{
    size_t i = find_label(r, r->sorted.n, label, link_label);
    return i < r->sorted.n ? r->sorted.at[i] : NULL;
}

Node *references_footnote(const References *r, Str label)
{
    size_t i = find_label(r, r->footnotes.n, label, footnote_label);
    return i < r->footnotes.n ? r->footnotes.at[i] : NULL;
}
