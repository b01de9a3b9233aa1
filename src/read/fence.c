/*
 * fence.c -- fenced code.
 *
 * In notes the code of an item often stands at the left margin, and so does the
 * fence that closes it:
 *
 *     * ```go
 *     func main() {}
 *     ```
 *
 * CommonMark ends the code with the item, and the last line opens a new one that
 * swallows the rest.  The tolerant reader lets the code go on where a closing fence
 * is still to come.
 *
 * A fence that nothing closes holds all that is below it.  In notes it ends where, after
 * a blank line, a Chinese sentence begins.
 */
#include "read/block_parts.h"

#include "read/look.h"

enum { SHORTEST_FENCE = 3 };

size_t run_of(Str s, char c)
{
    size_t n = 0;
    while (n < s.n && s.at[n] == c)
        n++;
    return n;
}

bool is_fence_line(Str line)
{
    line = str_trim(line);
    return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

Start fence_start(Blocks *b)
{
    Str text = cursor_text(&b->cursor);
    char mark = text.at[0];
    if (mark != '`' && mark != '~')
        return NO_START;
    size_t n = run_of(text, mark);
    Str info = str_trim(str_drop(text, n));
    if (n < SHORTEST_FENCE || (mark == '`' && str_find_char(info, '`') != STR_NONE))
        return NO_START;
    size_t indent = cursor_indent(&b->cursor);
    Node *code = blocks_add_leaf(b, NODE_CODE_BLOCK);
    code->fenced = true;
    code->title = info;
    b->leaf.fence = mark;
    b->leaf.fence_length = n;
    b->leaf.fence_indent = indent;
    b->leaf.fence_end = 0;
    return LEAF_START;
}

static bool closes(const Leaf *leaf, Str text)
{
    size_t n = run_of(text, leaf->fence);
    return n >= leaf->fence_length && str_trim(str_drop(text, n)).n == 0;
}

/* The index of the line that closes the fence, or the number of lines. */
static size_t find_end(Blocks *b)
{
    const Leaf *leaf = &b->leaf;
    size_t *never = &b->never_closed[leaf->fence == '~'], n = b->lines->n;
    if (*never && leaf->fence_length >= *never)
        return n;
    for (size_t i = b->index; i < n; i++)
        if (closes(leaf, str_trim(b->lines->at[i].text)))
            return i;
    *never = leaf->fence_length;
    return n;
}

static bool is_sentence(Str line)
{
    Look look;
    bool in_comment = false;
    return look_line(&look, line, &in_comment) == LINE_CHINESE && look.parted;
}

/* Whether the fence is never closed, and its writer goes on with text here. */
static bool ends_unclosed(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    bool after_blank = leaf->lines.n && !str_trim(leaf->lines.at[leaf->lines.n - 1].text).n;
    if (!after_blank || !blocks_mend(b, REPAIR_FENCES) || look_fence(leaf->node->title) != FENCE_CODE
        || cursor_indent(&b->cursor) > leaf->fence_indent || !is_sentence(cursor_text(&b->cursor)))
        return false;
    if (!leaf->fence_end)
        leaf->fence_end = find_end(b);
    return leaf->fence_end == b->lines->n;
}

/* Whether the code goes on although its items do not. */
static bool goes_on_outside(Blocks *b)
{
    if (!b->tolerant)
        return false;
    for (size_t i = 1; i < b->depth; i++)
        if (b->stack[i].node->kind != NODE_LIST && b->stack[i].node->kind != NODE_ITEM)
            return false;
    if (!b->leaf.fence_end)
        b->leaf.fence_end = find_end(b);
    return b->leaf.fence_end < b->lines->n;
}

bool fence_takes(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    if (b->matched < b->depth && !goes_on_outside(b))
        return false;
    if (ends_unclosed(b))
        return false;
    b->matched = b->depth;

    bool deep = cursor_indent(&b->cursor) >= CODE_INDENT && !b->tolerant;
    if (deep || !closes(leaf, cursor_text(&b->cursor))) {
        cursor_skip(&b->cursor, leaf->fence_indent);
        leaf_add(b, cursor_rest(&b->cursor));
        return true;
    }
    Node *code = leaf->node;
    code->closed = true;
    leaf_close(b);
    code->end_line = b->cursor.number;
    return true;
}
