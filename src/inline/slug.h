/*
 * slug.h -- the words after '#' that lead to an entry, as GitHub makes them of its
 * heading: small letters, no punctuation, '-' for blanks.
 */
#ifndef DECKBIND_INLINE_SLUG_H
#define DECKBIND_INLINE_SLUG_H

#include "model/book.h"

/* The entry of `s` to which `fragment` leads; NULL for none.  `a` is for scratch. */
const Entry *slug_find(const Source *s, Str fragment, Arena *a);

#endif
