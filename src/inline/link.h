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

/*
 * Pass: the slugs of `s`, in its `kept`, from its entries and lines.  It comes before
 * source_link of any source, since links lead from one file to another.
 */
void source_slugs(Source *s);

/* Pass: the links of `s`; fills its media.  Reads picture files below `b->folder`. */
void source_link(Source *s, const Book *b);

#endif
