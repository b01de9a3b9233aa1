/*
 * gather.h -- files become one book: titles, decks, tags, what may be defaulted.
 */
#ifndef DECKBIND_BOOK_GATHER_H
#define DECKBIND_BOOK_GATHER_H

#include "model/book.h"

/* Pass: title, deck and tags of each source; what the description left open. */
void book_gather(Book *b);

/*
 * Pass: the section of each entry of `s`: the titles that it lies under, joined by
 * " › ", and the titles of pages that a section begins.  Runs when the titles have
 * been rendered.
 */
void source_sections(Source *s);

#endif
