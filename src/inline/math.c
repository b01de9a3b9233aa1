/*
 * math.c -- formulas in a leaf, and fences that hold one.
 *
 * What is in a formula is no Markdown.  A run of dollars that opens none is text.
 */
#include "inline/leaf.h"

#include "model/formula.h"

/* In a table cell `\|` is a bar even here. */
static Str without_escaped_bars(Str s, Arena *a)
{
    if (str_find(s, STR("\\|")) == STR_NONE)
        return s;
    Buf b = {.arena = a};
    for (size_t i = 0; i < s.n; i++) {
        i += s.at[i] == '\\' && i + 1 < s.n && s.at[i + 1] == '|';
        buf_put_char(&b, s.at[i]);
    }
    return buf_str(&b);
}

static void add_formula(Leaf *l, const Formula *f)
{
    Node *n = leaf_node(l, NODE_MATH);
    for (const char *p = l->text.at + l->at; p < f->tex.at; p++)
        n->line += *p == '\n';
    n->display = f->display;
    n->text = l->node->kind == NODE_CELL ? without_escaped_bars(f->tex, l->all->arena) : f->tex;
    leaf_skip(l, f->end);
}

bool read_dollar(Leaf *l)
{
    Formula f;
    if (!l->all->tolerant)
        return false;
    if (formula_read(l->text, l->at, &f)) {
        add_formula(l, &f);
        return true;
    }
    do
        l->at++;
    while (leaf_peek(l, 0) == '$');
    return true;
}

bool read_formula(Leaf *l)
{
    Formula f;
    if (!l->all->tolerant || !formula_read(l->text, l->at, &f))
        return false;
    add_formula(l, &f);
    return true;
}

void formula_of_fence(Node *n, Arena *a)
{
    Str tex = str_trim(n->text);
    if (!n->fenced || !formula_fence(n->title, n->text))
        return;
    Node *formula = node_new(a, NODE_MATH, n);
    formula->line = n->line + 1;
    for (const char *p = n->text.at; p < tex.at; p++)
        formula->line += *p == '\n';
    formula->text = tex;
    formula->display = true;
    n->kind = NODE_PARAGRAPH;
    n->text = n->title = (Str){0};
}
