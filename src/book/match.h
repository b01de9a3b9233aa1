/*
 * match.h -- which entry of the lock each question of the notes goes on with.
 */
#ifndef DECKBIND_BOOK_MATCH_H
#define DECKBIND_BOOK_MATCH_H

#include "model/book.h"

/*
 * Pass: fills `locked` of questions and `matched` of the lock's entries.
 *
 * First what is the same: question and answer, in the same file or another; then a
 * question that stands once on both sides.  What is left over is compared by its words,
 * its answer and its place, all with all that are near, and the pairs are chosen that are
 * worth most together.  Where two choices are worth about the same, none is made, and a
 * message says so.
 *
 * Entries of files that are there but were not read in this build are left alone.
 */
void book_match(Book *b);

#endif
