/*
 * math_block.c -- a displayed formula is a paragraph, whatever its lines look like.
 *
 * In it `+ b` is no item, `= c` no underline, and a blank line ends nothing.  The line
 * that closes it is looked for when it opens, in the same containers and before anything
 * that no formula has: without one, it is text.
 */
#include "base/utf8.h"
#include "model/formula.h"
#include "read/block_parts.h"

enum { MOST_LINES = 200 };

static bool is_heading(Str line)
{
    size_t level = run_of(line, '#');
    return level && level < line.n && is_blank(line.at[level]);
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

/* Chinese that is no argument of a command and no comment, with a formula of its own or equal to nothing. */
static bool is_prose(Str line)
{
    size_t depth = 0, n;
    bool chinese = false, equals = false, dollar = false;
    for (size_t i = 0; i < line.n && line.at[i] != '%'; i += n) {
        uint32_t code = utf8_at(line, i, &n);
        n += code == '\\' && i + 1 < line.n && is_punct(line.at[i + 1]);
        depth = depth + (code == '{') - (code == '}' && depth);
        chinese |= !depth && utf8_is_cjk(code);
        equals |= !depth && code == '=';
        dollar |= !depth && code == '$';
    }
    return chinese && (dollar || !equals);
}

/* `|---|---|` */
static bool is_delimiter_row(Str line)
{
    size_t pipes = 0, dashes = 0;
    for (size_t i = 0; i < line.n; i++) {
        pipes += line.at[i] == '|';
        dashes += line.at[i] == '-';
        if (!strchr("|-: ", line.at[i]))
            return false;
    }
    return pipes && dashes;
}

static bool is_item(Str line)
{
    size_t n = 0;
    while (n < line.n && is_digit(line.at[n]))
        n++;
    return n + 1 < line.n && strchr(n ? ".)" : "-*+", line.at[n]) && is_blank(line.at[n + 1]);
}

/* Whether no formula has this line. */
static bool is_foreign(Str line, bool after_blank)
{
    return formula_closer(line).n || is_fence_line(line) || is_heading(line) || is_delimiter_row(line)
        || (after_blank && is_prose(line));
}

/*
 * The index of the line that closes the formula opened at this one; 0: none does.  A mark
 * within a line belongs to something else, and so does all behind it.
 */
static size_t find_end(Blocks *b, Str closer)
{
    size_t last = b->lines->n - b->index > MOST_LINES ? b->index + MOST_LINES : b->lines->n;
    bool after_blank = false;
    for (size_t i = b->index + 1; i < last; i++) {
        Str line;
        Reach reach = blocks_reach(b, i, &line);
        line = str_trim(line);
        if (reach == ENDS || (reach == LAZY && (after_blank || is_item(line))))
            return 0;
        size_t end = formula_end(line, closer);
        if (end != STR_NONE)
            return is_end(str_drop(line, end + closer.n)) ? i : 0;
        if (is_foreign(line, after_blank))
            return 0;
        after_blank = !line.n;
    }
    return 0;
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
