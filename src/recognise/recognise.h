/*
 * recognise.h -- the lines of a file become entries.
 */
#ifndef DECKBIND_RECOGNISE_RECOGNISE_H
#define DECKBIND_RECOGNISE_RECOGNISE_H

#include "model/book.h"

/* Pass: s->entries, from lines and meta. */
void recognise(Source *s);

#endif
