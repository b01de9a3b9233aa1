/*
 * identity.h -- the guid of each question, which is what Anki knows it by.
 *
 * That of its earlier self in the lock; for a new one, made of the id that another tool
 * gave it or else of its normalised question, and its place among equal ones.  The name
 * space is the book's identifier, so two books with the same question stay apart.
 */
#ifndef DECKBIND_BOOK_IDENTITY_H
#define DECKBIND_BOOK_IDENTITY_H

#include "model/book.h"

/*
 * Pass: guid and anchor of each question, anchor of each section.
 *
 * A guid is 64 bits in base 91, as Anki writes its own: most significant digit
 * first, the digits a-z A-Z 0-9 and 29 marks without quotes, backslash or blank
 * (ankitects/anki, rslib/src/notes/mod.rs).  Never one that is in the lock already.
 */
void book_identify(Book *b);

/* The anchor of a question, made of its guid: "q-" and 16 digits. */
Str identity_anchor(Str guid, Arena *a);

#endif
