/*
 * svg_cost.h -- how many elements a drawing shows when all that it repeats is written out.
 *
 * A few kilobytes can say more than any reader lives to see: ten elements that show another
 * ten times, which show a third ten times, and so on, by <use>, patterns, marks, masks.
 */
#ifndef DECKBIND_INLINE_SVG_COST_H
#define DECKBIND_INLINE_SVG_COST_H

#include "base/str.h"

#define SVG_NO_PARENT ((size_t)-1)

/* How a node counts what it leads to: as itself, as what it is painted with, or beside itself. */
typedef enum { SVG_SHOWS, SVG_PAINTED, SVG_HOLDS, SVG_WAYS } SvgWay;

typedef struct SvgNode {
    uint64_t name;         /* its hash, where it is one */
    size_t next;           /* of those with such a hash, +1 */
    size_t edges, pending; /* the last that leads here, +1; those out of it that are not added up */
    uint64_t sums[SVG_WAYS];
} SvgNode;

typedef struct SvgEdge {
    size_t from, next;
    SvgWay way;
} SvgEdge;

typedef struct SvgCost {
    Arena *arena;
    Vec(SvgNode) nodes;
    Vec(SvgEdge) edges;
    size_t *buckets, n_buckets;
    bool veiled; /* it leads somewhere in a way that is not looked into */
} SvgCost;

/* For a drawing of so many bytes. */
void svg_cost_open(SvgCost *c, size_t bytes, Arena *a);

/* A new element; the first is the root. */
size_t svg_cost_element(SvgCost *c, size_t parent, Str tag);
void svg_cost_attribute(SvgCost *c, size_t element, Str tag, Str name, Str value);
void svg_cost_sheet(SvgCost *c, Str sheet);

/* Whether it is no more than a reader bears, and no element shows itself. */
bool svg_cost_bearable(SvgCost *c);

#endif
