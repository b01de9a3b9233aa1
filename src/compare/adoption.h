/*
 * adoption.h -- the notes of a package, of whatever tool, as a lock that knew them.
 */
#ifndef DECKBIND_COMPARE_ADOPTION_H
#define DECKBIND_COMPARE_ADOPTION_H

#include "emit/apkg/reader.h"
#include "model/book.h"

/*
 * Fill `l`, which has an arena, with what `p` holds: its note types, its decks in place of
 * files, its notes by deck and age.  Which field is the question and which the answer is
 * told by the questions of `b`, which are read.  `p` must outlive it.  Notes of types
 * that have but one field, and notes that the lock could not hold, are left out; their
 * number is given back.
 */
size_t adoption_read(Lock *l, const ReadPackage *p, const Book *b);

/*
 * Put the entries of `old` that are matched behind those of the book's lock.  Entries of the
 * book that go on with one of them (their `locked` counts in `old`) take its guid; the others
 * go back to what they had in the book's lock, `earlier`, one number for each entry in the
 * order of the book.
 */
void adoption_join(Book *b, const Lock *old, const uint32_t *earlier);

#endif
