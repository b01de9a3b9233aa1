/*
 * table.c -- tables, and in the book records where a page has no room for one.
 *
 * A reader cuts off what is wider than its page, or squeezes each column to a word.  So
 * of a table with many columns that a six-inch page cannot show side by side, each row
 * becomes a record: its first cell, then a line for each other cell, after the words
 * that head its column.
 */
#include "base/utf8.h"
#include "render/html_parts.h"

enum {
    MOST_COLUMNS = 4,      /* which any page has room for */
    PAGE_WIDTH = 56,       /* columns of a terminal on a six-inch page */
    LONGEST_HEADING = 200, /* bytes; all rows repeat it */
};

/* Whether words alone say what it says. */
static bool is_plain(const Node *root)
{
    NodeStep step = {(Node *)(uintptr_t)root, true};
    while (node_next(&step, root))
        if (step.node->kind == NODE_MATH || step.node->kind == NODE_IMAGE || step.node->kind == NODE_NOTE_MARK)
            return false;
    return true;
}

static bool is_wide(const Node *table, Arena *a)
{
    size_t cells = 0, widest = 0;
    for (const Node *cell = table->first->first; cell; cell = cell->next)
        cells++;
    if (cells <= MOST_COLUMNS || table->first == table->last || node_plain(table->first, a).n > LONGEST_HEADING
        || !is_plain(table->first))
        return false;
    for (const Node *row = table->first; row && widest <= PAGE_WIDTH; row = row->next)
        widest = utf8_width(node_plain(row, a)) + cells;
    return widest > PAGE_WIDTH;
}

void table_enter(Writer *w, const Node *table)
{
    bool plain = w->profile->commonmark;
    w->records = !plain && !w->profile->card && is_wide(table, w->out->arena);
    buf_puts(w->out, plain ? "<table>\n" : w->records ? "<div class=\"records\">\n" : "<div class=\"tw\"><table>\n");
}

void table_leave(Writer *w, const Node *table)
{
    if (w->records) {
        buf_puts(w->out, "</div>\n");
        return;
    }
    buf_puts(w->out, table->first != table->last ? "</tbody>\n" : "");
    buf_puts(w->out, w->profile->commonmark ? "</table>\n" : "</table></div>\n");
}

void table_enter_row(Writer *w, const Node *row)
{
    w->head = row->parent->first->first;
    if (w->records) {
        buf_puts(w->out, row->previous ? "<div class=\"record\">\n" : "");
        return;
    }
    if (!row->previous)
        buf_puts(w->out, "<thead>\n");
    else if (!row->previous->previous)
        buf_puts(w->out, "<tbody>\n");
    buf_puts(w->out, "<tr>\n");
}

void table_leave_row(Writer *w, const Node *row)
{
    if (w->records)
        buf_puts(w->out, row->previous ? "</div>\n" : "");
    else
        buf_puts(w->out, row->previous ? "</tr>\n" : "</tr>\n</thead>\n");
}

/* In the book the corner of a table heads nothing: a heading without words is none. */
static const char *cell_tag(const Writer *w, const Node *cell)
{
    bool heads = cell->first || w->profile->card || w->profile->commonmark;
    return heads && !cell->parent->previous ? "th" : "td";
}

static void put_heading(Writer *w, const Node *cell)
{
    Str heading = node_plain(w->head, w->out->arena);
    buf_puts(w->out, cell->previous ? "<p>" : "<p class=\"name\">");
    if (!heading.n)
        return;
    html_text(w->out, heading);
    buf_puts(w->out, utf8_is_han(utf8_before(heading, heading.n)) ? "：" : ": ");
}

void table_enter_cell(Writer *w, const Node *cell)
{
    static const char *const classes[] = {"", " class=\"al\"", " class=\"ac\"", " class=\"ar\""};
    static const char *const gfm[] = {
        "", " align=\"left\"", " align=\"center\"", " align=\"right\"",
    };
    if (w->records) {
        put_heading(w, cell);
        return;
    }
    buf_put_char(w->out, '<');
    buf_puts(w->out, cell_tag(w, cell));
    buf_puts(w->out, (w->profile->commonmark ? gfm : classes)[cell->align]);
    buf_put_char(w->out, '>');
}

/* Of a record neither an empty cell is written nor the first row, which heads all cells. */
bool table_leave_cell(Writer *w, const Node *cell)
{
    w->head = w->head ? w->head->next : NULL;
    buf_puts(w->out, "</");
    buf_puts(w->out, w->records ? "p" : cell_tag(w, cell));
    buf_puts(w->out, ">\n");
    return !w->records || (cell->parent->previous && w->visible);
}
