/*
 * linediff.h -- what became of a text, as the lines that a person wants to see.
 */
#ifndef DECKBIND_COMPARE_LINEDIFF_H
#define DECKBIND_COMPARE_LINEDIFF_H

#include "compare/worddiff.h"

typedef enum {
    LINE_SAME,
    LINE_MIXED, /* some words of it changed */
    LINE_OLD,
    LINE_NEW,
    LINE_CUT, /* stands for lines that are the same; it has no runs */
} LineKind;

typedef struct DiffLine {
    LineKind kind;
    RunVec runs; /* without line feeds */
} DiffLine;

typedef Vec(DiffLine) DiffLineVec;

/*
 * The lines that changed, and one on either side.  Long text that is the same is cut
 * to what stands next to a change, with "…" for the rest.
 */
DiffLineVec line_diff(Str before, Str after, Arena *a);

/* What fits into that many columns, and "…" in the last one where that is not all. */
Str cut_columns(Str s, size_t columns, Arena *a);

#endif
