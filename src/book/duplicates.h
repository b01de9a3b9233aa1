/*
 * duplicates.h -- questions that are asked twice.
 */
#ifndef DECKBIND_BOOK_DUPLICATES_H
#define DECKBIND_BOOK_DUPLICATES_H

#include "model/book.h"

/* Pass: by what each question is told to be equal, or nearly, to another: see below. */
void source_wordings(Source *s);

/*
 * Pass: reports equal and nearly equal questions with both places, and points an
 * unanswered one to its answered twin.  Nearly equal are questions with the same words
 * in any order, but for words that only ask.
 */
void book_duplicates(Book *b);

#endif
