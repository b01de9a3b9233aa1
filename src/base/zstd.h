/*
 * zstd.h -- bytes in the Zstandard format.  The only module that knows libzstd.
 */
#ifndef DECKBIND_BASE_ZSTD_H
#define DECKBIND_BASE_ZSTD_H

#include "base/str.h"

/* One frame, in `a`.  The same bytes give the same frame with one version of the library. */
Str zstd_pack(Str bytes, Arena *a);

/* The content of all frames, in `a`.  What is wrong with them; NULL: nothing. */
const char *zstd_unpack(Str packed, size_t most, Arena *a, Str *bytes);

#endif
