/*
 * myers.h -- the shortest way from one sequence to another.
 */
#ifndef DECKBIND_COMPARE_MYERS_H
#define DECKBIND_COMPARE_MYERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sequence of numbers, equal where what they stand for is; `changed` has a place for each. */
typedef struct Sequence {
    const uint32_t *at;
    size_t n;
    bool *changed; /* false at first */
} Sequence;

/*
 * Mark what is only in `a`, and what is only in `b`.  Each step takes one off `*budget`;
 * where it is used up, or too much differs, all between the equal ends is marked.
 */
void myers(Sequence a, Sequence b, size_t *budget);

#endif
