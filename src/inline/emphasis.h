/*
 * emphasis.h -- `*`, `_` and `~` become EMPHASIS, STRONG and DELETED.
 */
#ifndef DECKBIND_INLINE_EMPHASIS_H
#define DECKBIND_INLINE_EMPHASIS_H

#include "inline/leaf.h"

/* Pair the marks at and after offset `bottom`; then they are gone from the stack. */
void emphasis_pair(Leaf *l, size_t bottom);

#endif
