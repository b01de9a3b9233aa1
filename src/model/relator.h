/*
 * relator.h -- what somebody did for a book.
 */
#ifndef DECKBIND_MODEL_RELATOR_H
#define DECKBIND_MODEL_RELATOR_H

#include "base/str.h"

typedef enum {
#define RELATOR(code, chinese, english) RELATOR_##code,
#include "model/relator.def"
#undef RELATOR
    RELATORS
} Relator;

extern const Str relator_codes[RELATORS];

/* RELATORS where none has that code. */
Relator relator_find(Str code);

#endif
