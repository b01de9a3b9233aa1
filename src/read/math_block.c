/*
 * math_block.c -- a displayed formula is a paragraph, whatever its lines look like.
 *
 * In it `+ b` is no item, `= c` no underline, and a blank line ends nothing.  The line
 * that closes it is looked for when it opens: without one, it is text.
 */
#include "model/formula.h"
#include "read/block_parts.h"

enum { MOST_LINES = 200 };

static bool is_heading(Str line)
{
    size_t level = run_of(line, '#');
    return level && level < line.n && is_blank(line.at[level]);
}

/* The index of the line that closes the formula opened at this one; 0: none does. */
static size_t find_end(const Blocks *b, Str closer)
{
    size_t last = b->lines->n - b->index > MOST_LINES ? b->index + MOST_LINES : b->lines->n;
    for (size_t i = b->index + 1; i < last; i++) {
        Str line = str_trim(b->lines->at[i].text);
        if (formula_end(line, closer) != STR_NONE)
            return i;
        if (formula_closer(line).n || is_fence_line(line) || is_heading(line))
            return 0;
    }
    return 0;
}

/* What may stand behind a formula on its last line: a mark that ends a sentence. */
static bool is_end(Str rest)
{
    static const Str marks[] = {
        STR_INIT(""), STR_INIT("."), STR_INIT(","), STR_INIT("。"), STR_INIT("，"), STR_INIT("；"),
    };
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_eq(str_trim(rest), marks[i]))
            return true;
    return false;
}

static void add_line(Blocks *b)
{
    leaf_add(b, (LeafLine){cursor_text(&b->cursor), 0, b->cursor.number});
}

Start math_start(Blocks *b)
{
    Str text = cursor_text(&b->cursor), closer = formula_closer(text);
    if (!b->tolerant || !closer.n)
        return NO_START;
    Str inner = str_drop(text, closer.n);
    size_t length = formula_end(inner, closer), end = b->index;
    if (length == STR_NONE) {
        bool opens = !str_trim(inner).n || formula_looks(str_trim(inner));
        end = opens ? find_end(b, closer) : 0;
        if (!end)
            return NO_START;
    } else {
        Formula f;
        if (!is_end(str_drop(inner, length + closer.n)) || !formula_read(text, 0, &f))
            return NO_START;
    }
    blocks_add_leaf(b, NODE_PARAGRAPH);
    add_line(b);
    b->leaf.run_end = end + 1;
    if (end == b->index)
        leaf_close(b);
    return LEAF_START;
}

bool math_takes(Blocks *b)
{
    b->matched = b->depth;
    add_line(b);
    if (b->index + 1 == b->leaf.run_end)
        leaf_close(b);
    return true;
}
