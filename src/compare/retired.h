/*
 * retired.h -- questions that are gone from the notes, but not from Anki: no import
 * deletes a card.
 */
#ifndef DECKBIND_COMPARE_RETIRED_H
#define DECKBIND_COMPARE_RETIRED_H

#include "model/book.h"

/* Print them, and what finds exactly them in Anki's browser; nothing where there are none. */
void retired_print(const Book *b);

#endif
