/*
 * sequence.h -- which numbers count together.
 *
 * `### 1`, `2 …`, `3 …`, `### 4` is one sequence, although `1. 2. 3.` stands
 * between 3 and 4: a run of numbers after which an outer count goes on belongs to
 * the answer that it stands in.
 */
#ifndef DECKBIND_RECOGNISE_SEQUENCE_H
#define DECKBIND_RECOGNISE_SEQUENCE_H

#include "recognise/mark.h"

/* Marks that count together; numbers may repeat or skip some. */
typedef struct Sequence {
    uint32_t first, last; /* the number that it began with, and has come to */
    uint32_t members;
    bool inner;      /* an outer sequence goes on after it */
    uint32_t outer;  /* 1 + that sequence; 0: none */
    bool bold;
    bool chinese;
    uint32_t indent; /* of its first mark */
    char sign;       /* after its latest number */
    uint32_t headings; /* of the file, up to its latest member */
    uint8_t level;   /* of its first heading; 0: only plain lines */
} Sequence;

typedef Vec(Sequence) SequenceVec;

/*
 * Sequences of the marks of class HEADING, NUMBER, CHINESE and BOLD with one-part
 * numbers; `of[i]` becomes 1 + the sequence of mark i, or 0.
 */
SequenceVec sequences_find(const MarkVec *marks, uint32_t *of, Arena *a);

#endif
