/*
 * callout.c -- a quote without a title has the name of its kind, in its own language.
 */
#include "inline/callout.h"

#include "base/utf8.h"
#include "model/container.h"

static bool has_han(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n)
        if (utf8_is_han(utf8_at(s, i, &n)))
            return true;
    return false;
}

/* Take `[!kind]`, with the sign that folds it, off the front of `*text`; empty: it is not there. */
static Str eat_kind(Str *text)
{
    Str rest = *text;
    if (!str_eat(&rest, STR("[!")))
        return STR("");
    size_t n = 0;
    while (n < rest.n && (is_alnum(rest.at[n]) || rest.at[n] == '-' || rest.at[n] == '_'))
        n++;
    Str kind = str_take(rest, n), after = str_drop(rest, n);
    if (!str_eat(&after, STR("]")))
        return STR("");
    (void)(str_eat(&after, STR("-")) || str_eat(&after, STR("+")));
    if (after.n && !is_space(after.at[0]))
        return STR("");
    *text = after;
    return kind;
}

/* What is said first behind the title. */
static Str words_of(const Node *n)
{
    while (n && n->kind != NODE_CODE_BLOCK && n->first)
        n = n->first;
    return n ? n->text : STR("");
}

bool callout_part(Node *leaf, Arena *a)
{
    bool first = leaf->kind == NODE_PARAGRAPH && leaf->parent && leaf->parent->kind == NODE_QUOTE && !leaf->previous;
    Str text = first ? str_trim(leaf->text) : STR(""), kind = eat_kind(&text);
    if (!kind.n)
        return false;
    Str title = str_trim(str_take(text, str_find_char(text, '\n')));
    Str rest = str_drop(text, str_find_char(text, '\n'));
    if (str_trim(rest).n) {
        Node *body = node_new(a, NODE_PARAGRAPH, NULL);
        body->line = leaf->line; /* its text begins with the end of that line */
        body->end_line = leaf->end_line;
        body->text = rest;
        node_insert_after(leaf, body);
    }
    Str name = container_name(kind, has_han(words_of(leaf->next)));
    leaf->text = title.n ? title : name.n ? name : kind;
    return true;
}

void callout_mark(Node *title, Arena *a)
{
    Node *strong = node_new(a, NODE_STRONG, NULL);
    strong->line = title->line;
    for (Node *n; (n = title->first);) {
        node_unlink(n);
        node_append(strong, n);
    }
    node_append(title, strong);
}
