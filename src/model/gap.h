/*
 * gap.h -- gaps in a text that are asked for, in the forms that people write them.
 *
 * Code is no gap, nor is what is between dollar signs, but that a gap may hold both.
 */
#ifndef DECKBIND_MODEL_GAP_H
#define DECKBIND_MODEL_GAP_H

#include "base/str.h"

#include <stdint.h>

typedef enum {
    GAPS_NONE,
    GAPS_CLOZE,   /* {{c1::text}} {{c1::text::hint}}, as Anki has it */
    GAPS_BRACES,  /* {1:text} {c1:text} {1::text} {1|text} */
    GAPS_CURLY,   /* as before, and {text}, counted */
    GAPS_MARKS,   /* ==text== ==text==^[hint], counted */
    GAPS_BRACKETS /* [text], counted in the order of the entry */
} Gaps;

typedef struct Gap {
    size_t at, end;  /* in the line, with its marks */
    Str text;        /* without them; of GAPS_CLOZE with them */
    Str hint;        /* may be empty */
    uint32_t number; /* 0: it is counted */
} Gap;

/* The first gap of `line` that begins at `from` or after; false for none. */
bool gap_find(Str line, Gaps form, size_t from, Gap *gap);

/*
 * `line` with its gaps in Anki's form, in `a`; itself where it has none to change.
 * `*count` is that of the gaps before it, and goes on.
 */
Str gaps_write(Str line, Gaps form, uint32_t *count, Arena *a);

#endif
