/*
 * check.h -- what a finished book must satisfy.
 */
#ifndef DECKBIND_BOOK_CHECK_H
#define DECKBIND_BOOK_CHECK_H

#include "model/book.h"

/* Pass: raises D_EMPTY_BOOK, where no error has said why; counts the questions; collects the media of all sources. */
void book_check(Book *b);

#endif
