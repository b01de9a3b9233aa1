/*
 * html.h -- trees become markup: XHTML that is also HTML.
 *
 * What may stand in the output is listed in tables: no script, no handler, no
 * style, no remote resource.  Text is NFC and escaped.
 */
#ifndef DECKBIND_RENDER_HTML_H
#define DECKBIND_RENDER_HTML_H

#include "model/book.h"

/* What one product wants otherwise than another. */
typedef struct HtmlProfile {
    bool commonmark;    /* the form of the CommonMark examples: raw HTML, no classes */
    bool card;          /* Anki: card_target, and its own marks made inert */
    uint8_t top_level;  /* headings start at this level, and skip none */
    const char *prefix; /* of ids of footnotes, unique in the document */
} HtmlProfile;

/*
 * Control characters around a formula in markup for a card: what is between them is for
 * MathJax.  No note has them.
 */
enum { CARD_MATH = 0x0E, CARD_TEXT = 0x0F };

/* Append the children of `root`. */
void html_write(Buf *out, const Node *root, const HtmlProfile *profile);

/* Append the FOOTNOTEs below `document`, which may be NULL, as the notes of a page. */
void html_footnotes(Buf *out, const Node *document, const HtmlProfile *profile);

/*
 * Append `s` escaped for text and for attributes in double quotes; what XML cannot
 * hold is left out.  Whatever stands before, normalising changes nothing: the text is
 * NFC, and a mark at its front is written as a number.
 */
void html_text(Buf *out, Str s);

/* Append an address as an attribute, what a URL cannot hold encoded. */
void html_url(Buf *out, Str target);

/* Where a line of a note lies on the web, below `url`; in `a`. */
Str html_source_address(const Source *s, uint32_t line, Str url, Arena *a);

/*
 * What becomes of clozes: they mean nothing in a question note; in a cloze note they
 * are kept, but in attributes, and what is left of one outside of any is broken up; or
 * all are broken up.
 */
typedef enum { CLOZE_IGNORED, CLOZE_KEPT, CLOZE_BROKEN } Clozing;

/* In the markup of a card: what Anki is to obey, a mark of ours, follows.  No text holds it. */
enum { CARD_COMMAND = '\1' };

/*
 * Append markup with what Anki obeys in any field made inert: [sound: [latex] [$]
 * [anki: [[type: and \( \[; but for what CARD_COMMAND stands before, or between CARD_MATH
 * and CARD_TEXT.
 */
void card_put(Buf *out, Str html, Clozing clozing);

/* Append markup, or text, with the text of its clozes in their place. */
void cloze_fill(Buf *out, Str html);

/*
 * Append it with a frame for each cloze, and its hint in that; `*gaps` grows by their number.
 * False, and `out` is of no use: one ends in another element than it begins in, or not at all.
 */
bool cloze_hide(Buf *out, Str html, size_t *gaps);

enum { CLOZE_LEVELS = 10 }; /* Anki opens no more within each other */

/* The length of what opens a cloze at the front of `s`, {{c1:: or {{c1,2::; 0: nothing does. */
size_t cloze_open(Str s);

/*
 * Pass: card_*, made inert, plain_title and page_* of each entry, in `kept`.  A question
 * of which nothing is to be seen becomes other matter.
 */
void source_render(Source *s, const Book *b);

/* Move the card's fields of its entries to the spool, where that has room. */
void source_spool_fields(Source *s, Spool *spool);

#endif
