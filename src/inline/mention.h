/*
 * mention.h -- terms in answers lead to the entries that are about them.
 */
#ifndef DECKBIND_INLINE_MENTION_H
#define DECKBIND_INLINE_MENTION_H

#include "model/book.h"

/*
 * Pass: page_target of code and bold in answers that is a subject of the book, where a page
 * first mentions it.  Cards are alone and have no such links.
 */
void source_mentions(Source *s, const Book *b);

#endif
