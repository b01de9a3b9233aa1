/*
 * autolink.h -- addresses between angle brackets, and bare ones.
 */
#ifndef DECKBIND_INLINE_AUTOLINK_H
#define DECKBIND_INLINE_AUTOLINK_H

#include "inline/leaf.h"

/* Add a link to `target` as it is written; what lies before the offset `end` is used up. */
void autolink_add(Leaf *l, Str text, Str target, size_t end);

/* The length of the bare address at the front of `s`, without what belongs to a sentence; 0: none. */
size_t autolink_bare_length(Str s);

Reader read_autolink;

#endif
