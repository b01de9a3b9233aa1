/*
 * parts.h -- which lines of an entry are its question, answer, hint and so on.
 */
#ifndef DECKBIND_RECOGNISE_PARTS_H
#define DECKBIND_RECOGNISE_PARTS_H

#include "recognise/mark.h"
#include "recognise/wording.h"

typedef struct Cutter {
    Source *source;
    const uint8_t *states;
    Wording wording;
    bool dialogue; /* a label opened the question, so a reply may open the answer */
} Cutter;

/* The lines `from` to `to` are the text of `e`. */
void parts_text(Cutter *c, Entry *e, uint32_t from, uint32_t to);

/* Cut the lines of `e`, which `m` opened, up to `last`; and see whether it is answered. */
void parts_cut(Cutter *c, const Mark *m, Entry *e, uint32_t last);

#endif
