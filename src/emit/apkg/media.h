/*
 * media.h -- the pictures of a package, under numbers, and the list of their names.
 */
#ifndef DECKBIND_EMIT_APKG_MEDIA_H
#define DECKBIND_EMIT_APKG_MEDIA_H

#include "emit/bundle.h"
#include "model/book.h"

/* Add them and the list; what is made for them lives in `a`. */
void media_add(Bundle *bundle, const Book *book, Arena *a);

#endif
