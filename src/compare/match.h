/*
 * match.h -- which of the old things is which of the new ones.
 */
#ifndef DECKBIND_COMPARE_MATCH_H
#define DECKBIND_COMPARE_MATCH_H

#include "base/str.h"

/* For each thing the index of its partner among the others; STR_NONE: it has none. */
typedef struct Matching {
    size_t *before, *after;
    size_t before_count, after_count;
} Matching;

Matching match_none(size_t before, size_t after, Arena *a);

/*
 * Make partners of things with equal keys that have none yet; of several with one key
 * the first is that of the first.  A thing whose key is empty is passed over.  The number
 * of pairs.
 */
size_t match_keys(Matching *m, const StrVec *before, const StrVec *after);

#endif
