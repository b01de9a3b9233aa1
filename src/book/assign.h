/*
 * assign.h -- pairs of two sets, each member in at most one, that are worth most together.
 */
#ifndef DECKBIND_BOOK_ASSIGN_H
#define DECKBIND_BOOK_ASSIGN_H

#include "base/vec.h"

#include <stdint.h>

/* `left` and `right` would be a pair worth `worth` > 0. */
typedef struct Edge {
    uint32_t left, right;
    float worth;
} Edge;

typedef Vec(Edge) EdgeVec;

#define NO_PAIR UINT32_MAX

/*
 * `edges` are those of each left member together, in order of left.  `pair` has room for
 * the left members: the index of the edge that each is in, or NO_PAIR.  All pairs
 * together are worth most, so the first come does not take what another needs more;
 * where thousands of members hang together, the search for a better whole is bounded.
 */
void assign(const EdgeVec *edges, uint32_t lefts, uint32_t rights, uint32_t *pair);

#endif
