/*
 * bracket.c -- links, pictures and footnote marks.
 *
 * Opening brackets wait on a stack.  A closing one looks once for a target behind
 * it and takes its opener off the stack, whether it found one or not.  A link makes
 * the openers around it inactive, since links do not lie in links; that is one
 * number, not a walk.
 */
#include "base/utf8.h"
#include "inline/emphasis.h"
#include "inline/inline.h"
#include "inline/leaf.h"
#include "inline/mend.h"
#include "inline/size.h"
#include "inline/target.h"

enum { EXPANSION = 100000 }; /* bytes that references may add to a small text */

static bool open_bracket(Leaf *l, size_t n)
{
    Node *node = leaf_node(l, NODE_TEXT);
    node->text = (Str){l->text.at + l->at, n};
    leaf_skip(l, l->at + n);
    Bracket *b = vec_push(&l->brackets, l->all->arena);
    *b = (Bracket){.node = node, .at = l->at, .image = n == 2};
    return true;
}

static void use_note(Spans *all, Node *note)
{
    if (note->number)
        return;
    note->number = ++all->notes;
    *vec_push(&all->used, all->arena) = note;
}

/* `[^label]`, where a footnote of that name is defined. */
static bool read_note_mark(Leaf *l)
{
    if (!l->all->tolerant || leaf_peek(l, 1) != '^' || !l->all->refs->footnotes.n)
        return false;
    size_t end = label_end(l->text, l->at);
    if (end == STR_NONE)
        return false;
    Str raw = {l->text.at + l->at + 2, end - l->at - 3};
    Str label = reference_label(raw, l->all->arena);
    Node *note = references_footnote(l->all->refs, label);
    if (!note)
        return false;
    use_note(l->all, note);
    Node *mark = leaf_node(l, NODE_NOTE_MARK);
    mark->label = label;
    mark->number = note->number;
    leaf_skip(l, end);
    return true;
}

bool read_bracket(Leaf *l)
{
    return read_note_mark(l) || read_wiki(l) || open_bracket(l, 1);
}

bool read_image(Leaf *l)
{
    return leaf_peek(l, 1) == '[' && (read_wiki(l) || open_bracket(l, 2));
}

/* `[a]([a](https://x))`: someone pasted a link where its address belongs. */
static Str unnest(Str target)
{
    size_t middle = str_find(target, STR("]("));
    if (middle == STR_NONE || target.at[0] != '[' || target.at[target.n - 1] != ')')
        return target;
    return (Str){target.at + middle + 2, target.n - middle - 3};
}

static bool find_inline(Leaf *l, Target *t)
{
    if (leaf_peek(l, 1) != '(' || !target_read(l->text, l->at + 1, l->all->tolerant, t))
        return false;
    Str inner = unnest(t->target);
    if (inner.n < t->target.n && mend_wanted(l, REPAIR_LINKS)) {
        mend_note(l, REPAIR_LINKS, leaf_line(l), l->at);
        t->target = inner;
    }
    return true;
}

/* False where references have made the text much longer than it is. */
static bool may_expand(Spans *all, const Reference *r)
{
    size_t most = all->text > EXPANSION ? all->text : EXPANSION;
    size_t adds = r->target.n + r->title.n;
    if (adds > most - all->expanded)
        return false;
    all->expanded += adds;
    return true;
}

/* `[text][label]`, `[label][]` or `[label]`; `]` is at `at`. */
static bool find_reference(const Leaf *l, const Bracket *b, Target *t)
{
    const References *refs = l->all->refs;
    size_t close = l->at + 1, end = STR_NONE, from = b->at;
    if (!refs->sorted.n)
        return false;
    if (leaf_peek(l, 1) == '[')
        end = label_end(l->text, close);
    if (end != STR_NONE) {
        from = close + 1;
    } else {
        if (label_end(l->text, b->at - 1) != close)
            return false;
        end = close;
        if (leaf_peek(l, 1) == '[' && leaf_peek(l, 2) == ']')
            end += 2;
    }
    size_t label_close = from == b->at ? close : end;
    Str raw = {l->text.at + from, label_close - 1 - from};
    const Reference *r = references_find(refs, reference_label(raw, l->all->arena));
    if (!r || !may_expand(l->all, r))
        return false;
    *t = (Target){r->target, r->title, STR(""), end};
    return true;
}

static bool find_mended(Leaf *l, const Bracket *b, Target *t)
{
    return !b->image && mend_target(l, (Str){l->text.at + b->at, l->at - b->at}, t);
}

static void make_link(Leaf *l, const Bracket *b, const Target *t)
{
    leaf_flush(l);
    emphasis_pair(l, b->at);
    Node *link = leaf_wrap(l, b->image ? NODE_IMAGE : NODE_LINK, b->node, NULL);
    if (!link) {
        l->brackets.n = 0; /* whatever lies around would be deeper still */
        l->at++;
        return;
    }
    link->target = inline_unescape(t->target, l->all->arena);
    link->title = inline_unescape(t->title, l->all->arena);
    size_read(t->size, &link->width, &link->height);
    node_unlink(b->node);
    leaf_skip(l, t->end);
    if (!b->image)
        l->inactive = l->brackets.n;
}

bool read_close(Leaf *l)
{
    if (!l->brackets.n)
        return false;
    Bracket b = l->brackets.at[--l->brackets.n];
    bool active = b.image || l->brackets.n >= l->inactive;
    if (l->inactive > l->brackets.n)
        l->inactive = l->brackets.n;
    Target t = {0};
    if (!active || (!find_inline(l, &t) && !find_reference(l, &b, &t) && !find_mended(l, &b, &t)))
        return false;
    if (t.size.n && !b.image)
        return false;
    make_link(l, &b, &t);
    return true;
}
