/*
 * media.h -- the pictures of a package, under numbers, and the list of their names.
 */
#ifndef DECKBIND_EMIT_APKG_MEDIA_H
#define DECKBIND_EMIT_APKG_MEDIA_H

#include "emit/bundle.h"
#include "model/book.h"

/*
 * Add them and the list, as the latest format has both or, by `packing`, as the others do;
 * what is made lives in `a`.
 */
void media_add(Bundle *bundle, const Media *media, size_t count, bool latest, Packing packing, Arena *a);

#endif
