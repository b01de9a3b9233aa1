/*
 * settle.h -- what changed since the lock was written, and the lock that is to follow it.
 */
#ifndef DECKBIND_BOOK_SETTLE_H
#define DECKBIND_BOOK_SETTLE_H

#include "model/book.h"

/*
 * Raised when readers should receive what is rendered better now: the next build then
 * dates every note anew whose cards look different.
 */
enum { RENDER_REVISION = 3 };

/*
 * Pass: dates and note ids of all questions, what happened to each, and the numbers of
 * it in the book.
 *
 * A note is dated anew when what it shows changes, and only then: later than before, and
 * now.  What a later deckbind renders in another way, of lines that are the same, is not
 * a change, unless the revision of rendering was raised for it.  But what comes back after
 * Anki was told that it is retired is dated anew in any case: it has a tag to lose.
 */
void book_settle(Book *b);

/*
 * Whether no more cards change than the book description allows, as a share of those in
 * the lock.  False: `d` is told.
 */
bool settle_guard(const Book *b, Diags *d);

#endif
