/*
 * subjects.h -- which entry tells what a term is.
 */
#ifndef DECKBIND_BOOK_SUBJECTS_H
#define DECKBIND_BOOK_SUBJECTS_H

#include "model/book.h"

/*
 * Pass: the terms that are the whole title of a section or of an answered question, or what
 * that asks for ("什么是X"), each with its entry.  A term of several entries has none, and
 * no term has one where no book is made.
 */
void book_subjects(Book *b);


#endif
