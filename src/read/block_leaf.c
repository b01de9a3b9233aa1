/*
 * block_leaf.c -- the open leaf: its lines are collected, and become its text when
 * it is closed.
 *
 * A text of one line is a view of that line; longer ones are joined in the arena.
 */
#include "read/language.h"
#include "read/repair.h"

#include <string.h>

void leaf_add(Blocks *b, LeafLine line)
{
    *vec_push(&b->leaf.lines, b->arena) = line;
    b->leaf.node->end_line = line.number;
}

/* Lines from `from` to before `to`, each with its padding and `end`ing in '\n'. */
static Str join(const Blocks *b, size_t from, size_t to, bool ended)
{
    const LeafLine *lines = b->leaf.lines.at;
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += lines[i].pad + lines[i].text.n + 1;

    char *text = arena_new(b->arena, char, n + 1), *p = text;
    for (size_t i = from; i < to; i++) {
        memset(p, ' ', lines[i].pad);
        p += lines[i].pad;
        if (lines[i].text.n)
            memcpy(p, lines[i].text.at, lines[i].text.n);
        p += lines[i].text.n;
        *p++ = '\n';
    }
    return (Str){text, ended || n == 0 ? n : n - 1};
}

static Str paragraph_text(const Blocks *b)
{
    const Leaf *leaf = &b->leaf;
    size_t left = leaf->lines.n - leaf->taken;
    if (left == 0)
        return STR("");
    Str text = left == 1 ? leaf->lines.at[leaf->taken].text
                         : join(b, leaf->taken, leaf->lines.n, false);
    return str_trim_end(text);
}

static size_t lines_between(const char *from, const char *to)
{
    size_t n = 0;
    for (; from < to; from++)
        n += *from == '\n';
    return n;
}

bool leaf_take_definitions(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    Str text = paragraph_text(b), before = text;
    while (str_starts(text, STR("[")) && definition_eat(&text, b->refs, b->arena))
        ;
    leaf->node->text = text;
    if (text.n == 0)
        leaf->taken = leaf->lines.n;
    else
        leaf->taken += lines_between(before.at, text.at);
    if (text.n)
        leaf->node->line = leaf->lines.at[leaf->taken].number;
    return text.n > 0;
}

static void close_paragraph(Blocks *b)
{
    if (!leaf_take_definitions(b))
        node_unlink(b->leaf.node);
}

/* Blank lines at the end of indented code do not belong to it, nor where no fence ends it. */
static void close_code(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    size_t n = leaf->lines.n;
    bool unclosed = leaf->fence && !leaf->node->closed && blocks_mend(b, REPAIR_FENCES);
    if (!leaf->fence || unclosed) {
        while (n && str_trim(leaf->lines.at[n - 1].text).n == 0)
            n--;
        leaf->node->end_line = n ? leaf->lines.at[n - 1].number : leaf->node->line;
    }
    leaf->node->text = join(b, 0, n, true);
    if (!leaf->node->title.n && blocks_mend(b, REPAIR_CODE))
        leaf->node->title = language_guess(leaf->node->text);
    if (unclosed)
        blocks_note(b, REPAIR_FENCES, leaf->node->line);
    if (b->tolerant && leaf->fence)
        repair_fence(b, leaf->node);
}

static void close_html(Blocks *b)
{
    b->leaf.node->text = join(b, 0, b->leaf.lines.n, true);
}

static void (*const closers[NODE_KINDS])(Blocks *) = {
    [NODE_PARAGRAPH] = close_paragraph,
    [NODE_CODE_BLOCK] = close_code,
    [NODE_HTML_BLOCK] = close_html,
};

void leaf_close(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    if (!leaf->node)
        return;
    if (closers[leaf->node->kind])
        closers[leaf->node->kind](b);
    leaf->node = NULL;
}

LeafLine leaf_take_last(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    LeafLine last = leaf->lines.at[--leaf->lines.n];
    if (leaf->lines.n > leaf->taken) {
        leaf->node->end_line = leaf->lines.at[leaf->lines.n - 1].number;
        leaf_close(b);
    } else {
        node_unlink(leaf->node);
        leaf->node = NULL;
    }
    return last;
}

static bool take_indented(Blocks *b)
{
    if (!b->blank && cursor_indent(&b->cursor) < CODE_INDENT)
        return false;
    cursor_skip(&b->cursor, CODE_INDENT);
    leaf_add(b, cursor_rest(&b->cursor));
    b->ends_blank = b->blank;
    return true;
}

static bool take_html(Blocks *b)
{
    if (b->blank && html_block_ends_blank(b->leaf.html))
        return false;
    LeafLine rest = cursor_rest(&b->cursor);
    leaf_add(b, rest);
    b->ends_blank = b->blank;
    if (html_block_ends(b->leaf.html, rest.text))
        leaf_close(b);
    return true;
}

bool leaf_takes(Blocks *b)
{
    const Leaf *leaf = &b->leaf;
    if (leaf->node && leaf->node->kind == NODE_CODE_BLOCK && leaf->fence)
        return fence_takes(b);
    if (leaf->node && leaf->run_end)
        return leaf->node->kind == NODE_PARAGRAPH ? math_takes(b) : repair_code_takes(b);
    if (!leaf->node || b->matched < b->depth)
        return false;
    if (leaf->node->kind == NODE_HTML_BLOCK)
        return take_html(b);
    return leaf->node->kind == NODE_CODE_BLOCK && take_indented(b);
}
