/*
 * html_parts.h -- what the files of the HTML writer share.
 */
#ifndef DECKBIND_RENDER_HTML_PARTS_H
#define DECKBIND_RENDER_HTML_PARTS_H

#include "render/html.h"

typedef struct Element Element;

/* An element of the note's own HTML that is open below `parent`. */
typedef struct RawOpen {
    const Element *element;
    const Node *parent;
} RawOpen;

enum { RAW_DEEPEST = 16, HEADING_LEVELS = 6 };

typedef struct Writer {
    Buf *out;
    size_t start; /* of what this writer wrote */
    const HtmlProfile *profile;

    uint8_t levels[HEADING_LEVELS]; /* of the headings that the current one lies below */
    size_t level_count;
    unsigned links; /* open ones: a link holds no other */

    /* In the current leaf block: */
    size_t leaf_start; /* where its markup begins */
    bool visible;     /* something was written that can be seen */
    bool owes_break;  /* a new line before the next such thing */
    uint32_t last;    /* the code point that was written last */
    Str lines;        /* of the note, those that were not written yet */
    uint32_t lines_at; /* the number of the first of them */
    size_t widest, full_lines; /* columns; how many lines are about as wide */
    RawOpen raw[RAW_DEEPEST];
    size_t raw_count;

    bool records;     /* the current table is written as records */
    const Node *head; /* the cell of its first row above the current one */
} Writer;

/* html.c: the line end that is owed; before something visible; text; a line end in the note. */
void writer_break(Writer *w);
void writer_show(Writer *w);
void writer_text(Writer *w, Str s);
void writer_line_end(Writer *w, uint32_t next);
void writer_end_void(Writer *w); /* the end of an empty element's tag */

/* line_end.c: look at the lines of a leaf; a soft break before the code point `next`. */
void writer_measure(Writer *w, const Node *leaf);
void writer_soft_break(Writer *w, const Node *n, uint32_t next);

/* code.c: the text of a CODE_BLOCK, with its tokens. */
void code_write(Writer *w, const Node *block);
bool code_is_drawing(Str text); /* of lines; those of the text must not be turned */
/* Take a token off the front of Node.tokens: its letter and length.  False: none is there. */
bool code_eat_token(Str *tokens, char *letter, size_t *n);

/* mention.c: the link around CODE or STRONG, where it is one. */
void mention_open(Writer *w, const Node *n);
void mention_close(Writer *w, const Node *n);

/* table.c: tables but for their first line end and the cells' text; false: the cell is not to be seen. */
void table_enter(Writer *w, const Node *table);
void table_leave(Writer *w, const Node *table);
void table_enter_row(Writer *w, const Node *row);
void table_leave_row(Writer *w, const Node *row);
void table_enter_cell(Writer *w, const Node *cell);
bool table_leave_cell(Writer *w, const Node *cell);

/* math.c */
void writer_formula(Writer *w, const Node *n);

/* raw_html.c */
void raw_tag(Writer *w, const Node *span);
void raw_block(Writer *w, const Node *block);
void raw_leave(Writer *w, const Node *parent); /* close what is open below `parent` */

#endif
