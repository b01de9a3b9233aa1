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

/*
 * Pass: card_*, plain_title and page_* of each entry, in `kept`.
 *
 * In a card the sequences that Anki obeys in any field ([sound: [latex] [$]
 * [anki: [[type: and \( \[) are broken up by an empty comment; in a cloze note so
 * are }} and :: outside its clozes.
 */
void source_render(Source *s, const Book *b);

#endif
