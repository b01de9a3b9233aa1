/*
 * callout.h -- a quote that says of what kind it is: `> [!WARNING] title`.
 */
#ifndef DECKBIND_INLINE_CALLOUT_H
#define DECKBIND_INLINE_CALLOUT_H

#include "model/node.h"

/*
 * Where `leaf` begins a quote so, it becomes its title, or the name of its kind where it has
 * none, and the rest a paragraph behind it; both are yet to be read.
 */
bool callout_part(Node *leaf, Arena *a);

/* Mark the title, when it has been read. */
void callout_mark(Node *title, Arena *a);

#endif
