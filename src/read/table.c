/*
 * table.c -- GFM tables.
 *
 * The line of dashes makes a table of the line above it, where both have the same
 * number of cells.  Cells end at `|`, but not at `\|`, also within code.  A row may be
 * short; what it has too much is left out, but in notes, where it stays in the last cell.
 */
#include "read/block_parts.h"

/* Take the next cell off the front of a row. */
static Str cut_cell(Str *row)
{
    size_t i = 0;
    while (i < row->n && row->at[i] != '|')
        i += row->at[i] == '\\' && i + 1 < row->n ? 2 : 1;
    Str cell = str_trim(str_take(*row, i));
    *row = str_drop(*row, i + 1);
    return cell;
}

/* Without the outer bars. */
static Str row_inside(Str line)
{
    line = str_trim(line);
    str_eat(&line, STR("|"));
    return line;
}

/* `---`, `:--`, `:-:` or `--:`. */
static bool read_align(Str cell, Align *align)
{
    bool left = str_eat(&cell, STR(":"));
    size_t dashes = run_of(cell, '-');
    Str end = str_drop(cell, dashes);
    bool right = str_eat(&end, STR(":"));
    *align = left && right ? ALIGN_CENTER : left ? ALIGN_LEFT : right ? ALIGN_RIGHT : ALIGN_NONE;
    return dashes && !end.n;
}

/* The number of columns that a line of dashes declares; 0: it is none. */
static size_t read_dashes(Str line, Align align[TABLE_WIDEST])
{
    if (str_find_char(line, '|') == STR_NONE || str_find_char(line, '-') == STR_NONE)
        return 0;
    size_t n = 0;
    for (Str row = row_inside(line); row.n; n++)
        if (n == TABLE_WIDEST || !read_align(cut_cell(&row), &align[n]))
            return 0;
    return n;
}

static size_t count_cells(Str line)
{
    size_t n = 0;
    for (Str row = row_inside(line); row.n && n <= TABLE_WIDEST; n++)
        cut_cell(&row);
    return n;
}

static Node *add_cell(Blocks *b, Node *row, size_t column)
{
    Node *cell = node_new(b->arena, NODE_CELL, row);
    cell->line = cell->end_line = row->line;
    cell->align = b->leaf.align[column];
    cell->text = STR("");
    return cell;
}

static Str without_bar_escapes(Str cell, Arena *a)
{
    if (str_find(cell, STR("\\|")) == STR_NONE)
        return cell;
    Buf text = {.arena = a};
    for (size_t i = 0; i < cell.n; i++)
        if (cell.at[i] != '\\' || i + 1 == cell.n || cell.at[i + 1] != '|')
            buf_put_char(&text, cell.at[i]);
    return buf_str(&text);
}

static bool is_empty_row(Str row)
{
    for (size_t i = 0; i < row.n; i++)
        if (!is_blank(row.at[i]) && row.at[i] != '|')
            return false;
    return true;
}

/* The last cell that has a column: `row` begins with it. */
static Str last_cell(const Blocks *b, Str row)
{
    Str rest = row, cell = cut_cell(&rest);
    if (!b->tolerant || is_empty_row(rest))
        return cell;
    row = str_trim(row);
    if (str_ends(row, STR("|")) && !str_ends(row, STR("\\|")))
        row.n--;
    return str_trim(row);
}

static Node *add_row(Blocks *b, Str line, uint32_t number)
{
    Node *row = node_new(b->arena, NODE_ROW, b->leaf.node);
    row->line = row->end_line = b->leaf.node->end_line = number;
    size_t column = 0;
    for (Str rest = row_inside(line); rest.n && column < b->leaf.columns; column++) {
        Str all = rest, text = cut_cell(&rest);
        if (column + 1 == b->leaf.columns)
            text = last_cell(b, all);
        add_cell(b, row, column)->text = without_bar_escapes(text, b->arena);
    }
    for (; column < b->leaf.columns && b->spare_cells; column++, b->spare_cells--)
        add_cell(b, row, column);
    return row;
}

void table_row(Blocks *b, Str line)
{
    add_row(b, line, b->cursor.number);
}

bool table_start(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    Str dashes = cursor_text(&b->cursor);
    if (str_find_char(STR("|-:"), dashes.at[0]) == STR_NONE)
        return false;
    size_t columns = read_dashes(dashes, leaf->align);
    if (!columns || leaf->lines.n == leaf->taken
        || count_cells(leaf->lines.at[leaf->lines.n - 1].text) != columns)
        return false;

    LeafLine head = leaf_take_last(b);
    Node *table = blocks_add_leaf(b, NODE_TABLE);
    leaf->columns = columns;
    table->line = head.number;
    add_row(b, head.text, head.number);
    table->end_line = b->cursor.number;
    return true;
}
