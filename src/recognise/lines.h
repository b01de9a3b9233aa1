/*
 * lines.h -- what each line is before anyone asks what it means.
 *
 * Fences, comments and front matter are opaque: nothing in them is a mark.
 */
#ifndef DECKBIND_RECOGNISE_LINES_H
#define DECKBIND_RECOGNISE_LINES_H

#include "model/book.h"

enum { MARGIN = 3 /* columns that a mark may be indented by and still stand at the margin */ };

typedef enum {
    LINE_BLANK,   /* also lines of zero-width characters only */
    LINE_TEXT,
    LINE_TABLE,   /* a row with pipes */
    LINE_RULE,    /* --- *** ___ or ===, and what underlines a paragraph of one line */
    LINE_FENCE,   /* the opening or closing line of a fence */
    LINE_CODE,    /* inside a fence */
    LINE_COMMENT, /* an HTML comment, and nothing else; from here on lines say nothing */
    LINE_META,    /* front matter */
    LINE_HEAD,    /* leads to the cards below it, such as the head of a table of them */
    LINE_CONTENTS, /* a list of titles that stand again below */
    LINE_OFF,     /* switched off by a comment: see directive.h */
    LINE_TOOL,    /* an id, tags, and whatever else is for another tool */
    LINE_WRAP,    /* only marks around text: </details>, <a id="x"></a>, ::: of a box, what closes a
                     shortcode, {: attributes }, the end mark +++, a fence of a card */
    LINE_BOX      /* opens a box around a question: see boxes.h */
} LineState;

/* The state of each line of `s`; at[i] belongs to line i + 1. */
uint8_t *lines_scan(const Source *s, Arena *a);

/* Whether a line says something: no blank, no comment, nothing for tools, no head. */
static inline bool line_speaks(uint8_t state)
{
    return state != LINE_BLANK && state < LINE_COMMENT;
}

/* Take a list mark, one of * - + and a blank, off the front of `*text`, which has more. */
bool line_eat_bullet(Str *text);

/* `text` without the tags at its front, such as <br><b>, that only hold what follows. */
Str line_unwrap(Str text);

/* `text` without the blanks at its ends, and those written out at its front: &emsp; or U+3000. */
Str line_indented(Str text);

#endif
