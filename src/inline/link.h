/*
 * link.h -- links and pictures: found, or reported.
 *
 * After this pass every LINK and IMAGE has card_target and page_target: where it
 * leads from a card and from a page of the book, unescaped; empty where it may not
 * lead anywhere, and then its spans are shown as plain text.
 */
#ifndef DECKBIND_INLINE_LINK_H
#define DECKBIND_INLINE_LINK_H

#include "model/book.h"

/* Pass: plain_title of each entry. */
void source_titles(Source *s);

/* Pass: whether a link with '#', which leads to an entry, may stand in its text. */
void source_fragments(Source *s);

/*
 * Pass: what links to entries may call them, where a link in the book may do so.  It
 * comes before source_link of any source, since links lead from one file to another.
 */
void book_slugs(Book *b);

/* Pass: the names by which links may call files.  It too comes before source_link. */
void book_names(Book *b);

/* Pass: the links of `s`; fills its media.  Reads picture files below `b->folder`. */
void source_link(Source *s, const Book *b);

#endif
