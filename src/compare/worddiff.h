/*
 * worddiff.h -- what became of a text, word by word.
 *
 * A word is a run of letters and digits, a run of blanks, or any other single character;
 * Chinese is written without blanks, so there each character is one.  The cost is linear:
 * where two texts are too long and too different, one takes the place of the other.
 */
#ifndef DECKBIND_COMPARE_WORDDIFF_H
#define DECKBIND_COMPARE_WORDDIFF_H

#include "base/str.h"

typedef enum { RUN_SAME, RUN_OLD, RUN_NEW, RUN_KINDS } RunKind;

/* A piece of one of the two texts. */
typedef struct Run {
    RunKind kind;
    Str text;
} Run;

typedef Vec(Run) RunVec;

/* The runs that make `before` without the new ones, and `after` without the old. */
RunVec word_diff(Str before, Str after, Arena *a);

#endif
