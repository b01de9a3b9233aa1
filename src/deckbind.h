/*
 * deckbind.h -- the line from notes to products.
 */
#ifndef DECKBIND_DECKBIND_H
#define DECKBIND_DECKBIND_H

#include "model/book.h"
#include "options.h"

/*
 * Find the notes that `o` names and read their description; the notes themselves are not
 * read yet.  False: b->diags says why.  Close it with book_close in any case.
 */
bool deckbind_open(Book *b, const Options *o);

/*
 * Read the notes that `o` names, up to entries that are found, identified and
 * rendered; no product is made.  False: b->diags says why.  Close it with
 * book_close in any case.
 */
bool deckbind_read(Book *b, const Options *o);

/* Write the lock of `b`, which has one, and nothing else.  False: b->diags says why. */
bool deckbind_publish_lock(Book *b);

/* Print the messages of `b`, file by file, from the level that `o` asks for on. */
void deckbind_report(const Book *b, const Options *o);

/*
 * 0 where nothing is worse than a warning, 1 for errors in the notes unless `o` says to
 * keep going, 2 where the work could not be done.
 */
int deckbind_exit_code(const Book *b, const Options *o);

/* Build what `o` asks for and publish it.  The exit code. */
int deckbind_build(const Options *o);

#endif
