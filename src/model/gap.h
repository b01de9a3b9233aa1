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

/* Of the text of a GAPS_CLOZE: what it shows, without number, marks and hint. */
Str gap_shown(Str cloze);

/* The first gap of `line` that begins at `from` or after; false for none. */
bool gap_find(Str line, Gaps form, size_t from, Gap *gap);

/* The numbers of the counted gaps of an entry, in its order. */
typedef struct GapNumbers {
    const uint32_t *of;
    size_t n, used;
} GapNumbers;

/*
 * Numbers for counted gaps that hold `texts`, in `a`.  A number stays with its text for
 * ever, since Anki's card, with all its reviews, hangs on it: `*known` are the numbers
 * given so far, "1:5f0c9a3e,2-77aa01bc", each with a print of its text, and '-' where the
 * text is gone.  It becomes what is known from now on.
 */
GapNumbers gaps_number(const StrVec *texts, Str *known, Arena *a);

/* What is known, as above, of a text that has its gaps in Anki's form. */
Str gaps_known(Str text, Arena *a);

/*
 * `line` with its gaps in Anki's form, in `a`; itself where it has none to change.
 * Counted gaps take the next of `numbers`.
 */
Str gaps_write(Str line, Gaps form, GapNumbers *numbers, Arena *a);

#endif
