/*
 * deckbind.h -- the line from notes to products.
 */
#ifndef DECKBIND_DECKBIND_H
#define DECKBIND_DECKBIND_H

#include "model/book.h"
#include "options.h"

/*
 * Read the notes that `o` names, up to entries that are found, identified and
 * rendered; no product is made.  False: b->diags says why.  Close it with
 * book_close in any case.
 */
bool deckbind_read(Book *b, const Options *o);

/* Build what `o` asks for and publish it.  The exit code: 0, 1 or 2. */
int deckbind_build(const Options *o);

#endif
