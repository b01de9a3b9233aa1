/*
 * cursor.h -- a place in one line, in bytes and in columns.
 *
 * A tab reaches to the next multiple of four columns, and a container may take a
 * part of it: then `at` is still the tab and `column` lies inside it.
 */
#ifndef DECKBIND_READ_CURSOR_H
#define DECKBIND_READ_CURSOR_H

#include "model/book.h"

enum { TAB = 4, CODE_INDENT = 4 };

typedef struct Cursor {
    Str line;
    uint32_t number;
    size_t at, column;
    bool in_tab;

    size_t text;        /* the first byte from `at` on that is no blank */
    size_t text_column;
} Cursor;

/* A line of a leaf block: `pad` columns of a divided tab, then the text. */
typedef struct LeafLine {
    Str text;
    uint32_t pad, number;
} LeafLine;

void cursor_begin(Cursor *c, Line line);

/* Find `text`; cheap when nothing was passed since. */
void cursor_look(Cursor *c);

/* Columns of blanks before `text`; after cursor_look. */
size_t cursor_indent(const Cursor *c);

/* What stands from `text` on. */
Str cursor_text(const Cursor *c);

/* Pass over blanks, at most `columns` of them. */
void cursor_skip(Cursor *c, size_t columns);

/* Go to `n` bytes behind `text`; these bytes are no tabs. */
void cursor_pass(Cursor *c, size_t n);

/* The rest of the line. */
LeafLine cursor_rest(const Cursor *c);

#endif
