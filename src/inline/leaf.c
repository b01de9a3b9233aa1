/*
 * leaf.c -- what the readers of a leaf have in common.
 *
 * While spans are made, Node.level of a span is its height: how deep spans lie
 * within it.  A span is moved once, into the span right above it, so wrapping is
 * linear however deep it goes.
 */
#include "inline/leaf.h"

#include "base/utf8.h"

char leaf_peek(const Leaf *l, size_t ahead)
{
    return ahead < l->text.n - l->at ? l->text.at[l->at + ahead] : '\0';
}

uint32_t leaf_line(Leaf *l)
{
    for (; l->counted < l->at; l->counted++)
        l->line += l->text.at[l->counted] == '\n';
    return l->line;
}

static Node *add(Leaf *l, NodeKind kind)
{
    Node *n = node_new(l->all->arena, kind, l->node);
    n->line = n->end_line = leaf_line(l);
    l->tail = NULL;
    return n;
}

void leaf_text(Leaf *l, Str s)
{
    if (!s.n)
        return;
    if (!l->tail) {
        Node *n = add(l, NODE_TEXT);
        n->text = s;
        l->tail = n;
        l->joined = (Buf){.arena = l->all->arena};
        return;
    }
    Str *text = &l->tail->text;
    if (!l->joined.n && text->at + text->n == s.at) {
        text->n += s.n;
        return;
    }
    if (!l->joined.n)
        buf_put(&l->joined, *text);
    buf_put(&l->joined, s);
    *text = buf_str(&l->joined);
}

void leaf_flush(Leaf *l)
{
    leaf_text(l, (Str){l->text.at + l->pending, l->at - l->pending});
    l->pending = l->at;
}

Node *leaf_node(Leaf *l, NodeKind kind)
{
    leaf_flush(l);
    return add(l, kind);
}

void leaf_skip(Leaf *l, size_t end)
{
    l->at = l->pending = end;
}

static bool too_deep(const Node *after, const Node *before, uint8_t *height)
{
    *height = 1;
    for (const Node *n = after->next; n != before; n = n->next)
        if (n->level >= *height)
            *height = (uint8_t)(n->level + 1);
    return *height > NODE_DEEPEST;
}

Node *leaf_wrap(Leaf *l, NodeKind kind, Node *after, const Node *before)
{
    uint8_t height;
    if (too_deep(after, before, &height))
        return NULL;
    Node *n = node_new(l->all->arena, kind, NULL);
    n->line = n->end_line = after->line;
    n->level = height;
    for (Node *child; (child = after->next) != before;) {
        node_unlink(child);
        node_append(n, child);
    }
    node_insert_after(after, n);
    l->tail = NULL;
    return n;
}

bool leaf_is_cjk(uint32_t code)
{
    bool mark = (code >= 0x2010 && code <= 0x2027) || code == 0xB7;
    return mark || utf8_is_cjk(code);
}
