/*
 * identity.h -- what makes an entry the same entry in the next build.
 *
 * For now: the id that another tool gave it, or else its normalised question, the code
 * that it asks about included; and its place among equal ones.  The name space is the book's identifier, so two books with
 * the same question stay apart.
 */
#ifndef DECKBIND_BOOK_IDENTITY_H
#define DECKBIND_BOOK_IDENTITY_H

#include "model/book.h"

/*
 * Pass: key, guid and anchor of each question and section.
 *
 * A guid is 64 bits in base 91, as Anki writes its own: most significant digit
 * first, the digits a-z A-Z 0-9 and 29 marks without quotes, backslash or blank
 * (ankitects/anki, rslib/src/notes/mod.rs).
 */
void book_identify(Book *b);

/* `text` as questions are compared: folded, without blanks, marks and punctuation. */
Str identity_normal(Str text, Arena *a);

/* The question of `e`: its title and what goes on with it below. */
Str identity_question(const Source *s, const Entry *e, Arena *a);

#endif
