/*
 * inline.c -- one loop over a leaf, and the readers that it calls.
 */
#include "inline/inline.h"

#include "base/entities.h"
#include "inline/callout.h"
#include "inline/emphasis.h"
#include "inline/leaf.h"
#include "inline/mend.h"

static bool read_break(Leaf *l)
{
    bool hard = l->at - l->pending >= 2 && l->text.at[l->at - 1] == ' '
             && l->text.at[l->at - 2] == ' ';
    size_t end = l->at;
    while (l->at > l->pending && is_blank(l->text.at[l->at - 1]))
        l->at--;
    leaf_node(l, hard ? NODE_HARD_BREAK : NODE_SOFT_BREAK);
    do
        end++;
    while (end < l->text.n && is_blank(l->text.at[end]));
    leaf_skip(l, end);
    return true;
}

static bool read_escape(Leaf *l)
{
    char next = leaf_peek(l, 1);
    if (next == '\n') {
        leaf_node(l, NODE_HARD_BREAK);
        size_t end = l->at + 2;
        while (end < l->text.n && is_blank(l->text.at[end]))
            end++;
        leaf_skip(l, end);
        return true;
    }
    if (!is_punct(next))
        return false;
    if (read_formula(l))
        return true;
    leaf_flush(l);
    l->pending = l->at + 1;
    l->at += 2;
    return true;
}

static bool read_entity(Leaf *l)
{
    Str value;
    size_t n = entity_read(str_drop(l->text, l->at), l->all->arena, &value);
    if (!n)
        return false;
    leaf_flush(l);
    leaf_text(l, value);
    leaf_skip(l, l->at + n);
    return true;
}

static Reader *const readers[256] = {
    ['\n'] = read_break, ['\\'] = read_escape, ['&'] = read_entity, ['`'] = read_code,
    ['<'] = read_angle, ['*'] = read_emphasis, ['_'] = read_emphasis, ['~'] = read_emphasis,
    ['['] = read_bracket, ['!'] = read_image, [']'] = read_close, [':'] = read_scheme,
    ['.'] = read_www, ['$'] = read_dollar, ['='] = read_emphasis, [0xE3] = read_wide_bracket,
    [0xEF] = read_wide_mark,
};

/* Texts that stand side by side become one. */
static void merge_texts(Node *n, Arena *a)
{
    Node *next = n->next;
    for (; next && next->kind == NODE_TEXT && n->text.at + n->text.n == next->text.at; next = n->next) {
        n->text.n += next->text.n;
        node_unlink(next);
    }
    if (!next || next->kind != NODE_TEXT)
        return;
    Buf b = {.arena = a};
    buf_put(&b, n->text);
    for (; next && next->kind == NODE_TEXT; next = n->next) {
        buf_put(&b, next->text);
        node_unlink(next);
    }
    n->text = buf_str(&b);
}

/*
 * What may not lie in a link or a picture leaves it: of an address in a link only
 * its text is kept, a footnote mark goes behind.  `*last` is the last that went.
 */
static void move_out(NodeStep *step, Node **last)
{
    Node *n = step->node;
    if (n->kind == NODE_LINK && n->first && n->first == n->last && n->first->kind == NODE_TEXT) {
        n->kind = NODE_TEXT;
        n->text = n->first->text;
        n->first = n->last = NULL;
        n->target = (Str){0};
    } else if (n->kind == NODE_NOTE_MARK) {
        *step = n->previous ? (NodeStep){n->previous, false} : (NodeStep){n->parent, true};
        node_unlink(n);
        node_insert_after(*last, n);
        *last = n;
    }
}

static void tidy(Leaf *l)
{
    NodeStep step = {l->node, true};
    const Node *outer = NULL;
    Node *last = NULL;
    do {
        Node *n = step.node;
        n->level = n->kind < NODE_TEXT ? n->level : 0;
        bool holder = n->kind == NODE_LINK || n->kind == NODE_IMAGE;
        if (step.entering && n->kind == NODE_TEXT)
            merge_texts(n, l->all->arena);
        if (!l->all->tolerant)
            continue;
        if (step.entering && outer)
            move_out(&step, &last);
        else if (step.entering && holder)
            outer = last = n;
        else if (n == outer)
            outer = NULL;
    } while (node_next(&step, l->node));
}

static void parse_leaf(Spans *all, Node *node)
{
    Leaf l = {.all = all, .node = node, .text = str_trim(node->text), .line = node->line};
    all->text += l.text.n;
    for (const char *p = node->text.at; p < l.text.at; p++)
        l.line += *p == '\n';
    while (l.at < l.text.n) {
        Reader *reader = readers[(unsigned char)l.text.at[l.at]];
        if (!reader || !reader(&l))
            l.at++;
    }
    leaf_flush(&l);
    emphasis_pair(&l, 0);
    if (l.wide_line)
        mend_note(&l, REPAIR_MARKS, l.wide_line, l.wide_at);
    tidy(&l);
}

static void parse_tree(Spans *all, Node *root)
{
    NodeStep step = {root, true};
    do {
        Node *n = step.node;
        if (!step.entering)
            continue;
        if (n->kind == NODE_CODE_BLOCK) {
            n->title = inline_unescape(n->title, all->arena);
            if (all->tolerant)
                formula_of_fence(n, all->arena);
            continue;
        }
        if (n->kind >= NODE_TEXT || node_holds[n->kind] != HOLDS_SPANS)
            continue;
        bool callout = all->tolerant && callout_part(n, all->arena);
        parse_leaf(all, n);
        if (callout)
            callout_mark(n, all->arena);
        step.entering = false;
    } while (node_next(&step, root));
}

void inline_parse(Node *root, const References *refs, bool tolerant, Arena *a)
{
    Spans all = {.refs = refs, .tolerant = tolerant, .wanted = REPAIR_ALL, .arena = a};
    for (size_t i = 0; i < refs->footnotes.n; i++)
        all.notes += refs->footnotes.at[i]->number > 0;
    parse_tree(&all, root);
}

void source_inline(Source *s)
{
    Spans all = {.refs = &s->references, .tolerant = true, .wanted = REPAIR_ALL & ~s->repairs_off,
                 .arena = &s->arena};
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        if (e->made->title_tree)
            parse_tree(&all, e->made->title_tree);
        for (Part part = 0; part < PARTS; part++)
            if (e->made->part_tree[part])
                parse_tree(&all, e->made->part_tree[part]);
    }
    s->footnotes = node_new(&s->arena, NODE_DOCUMENT, NULL);
    for (size_t i = 0; i < all.used.n; i++) { /* which may use more */
        parse_tree(&all, all.used.at[i]);
        node_append(s->footnotes, all.used.at[i]);
    }
    for (size_t i = 0; i < all.repairs.n; i++)
        source_report_repair(s, &all.repairs.at[i]);
}

/* `raw` with entities resolved, and escapes where `escapes`. */
static Str resolve(Str raw, bool escapes, Arena *a)
{
    size_t i = 0;
    while (i < raw.n && raw.at[i] != '\\' && raw.at[i] != '&')
        i++;
    if (i == raw.n)
        return raw;
    Buf b = {.arena = a};
    buf_put(&b, str_take(raw, i));
    while (i < raw.n) {
        Str value, rest = str_drop(raw, i);
        size_t n = rest.at[0] == '&' ? entity_read(rest, a, &value) : 0;
        if (n) {
            buf_put(&b, value);
            i += n;
            continue;
        }
        bool escape = escapes && rest.at[0] == '\\' && rest.n > 1 && is_punct(rest.at[1]);
        buf_put_char(&b, rest.at[escape]);
        i += 1 + (size_t)escape;
    }
    return buf_str(&b);
}

Str inline_unescape(Str raw, Arena *a)
{
    return resolve(raw, true, a);
}

Str inline_resolve(Str raw, Arena *a)
{
    return resolve(raw, false, a);
}
