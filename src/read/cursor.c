/*
 * cursor.c -- counting columns.
 */
#include "read/cursor.h"

static size_t to_next_stop(size_t column)
{
    return TAB - column % TAB;
}

static void find_text(Cursor *c)
{
    size_t i = c->at, column = c->column;
    for (; i < c->line.n && is_blank(c->line.at[i]); i++)
        column += c->line.at[i] == '\t' ? to_next_stop(column) : 1;
    c->text = i;
    c->text_column = column;
}

void cursor_begin(Cursor *c, Line line)
{
    *c = (Cursor){.line = line.text, .number = line.number};
    find_text(c);
}

void cursor_look(Cursor *c)
{
    if (c->at > c->text)
        find_text(c);
}

size_t cursor_indent(const Cursor *c)
{
    return c->text_column - c->column;
}

Str cursor_text(const Cursor *c)
{
    return str_drop(c->line, c->text);
}

void cursor_skip(Cursor *c, size_t columns)
{
    while (columns && c->at < c->line.n && is_blank(c->line.at[c->at])) {
        size_t width = c->line.at[c->at] == '\t' ? to_next_stop(c->column) : 1;
        c->in_tab = width > columns;
        if (c->in_tab)
            width = columns;
        else
            c->at++;
        c->column += width;
        columns -= width;
    }
}

void cursor_pass(Cursor *c, size_t n)
{
    c->at = c->text + n;
    c->column = c->text_column + n;
    c->in_tab = false;
    find_text(c);
}

LeafLine cursor_rest(const Cursor *c)
{
    uint32_t pad = c->in_tab ? (uint32_t)to_next_stop(c->column) : 0;
    return (LeafLine){str_drop(c->line, c->at + c->in_tab), pad, c->number};
}

