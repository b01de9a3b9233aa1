/*
 * cache.h -- files in a folder beside the products, with what took long to make.  They may be
 * deleted at any time, and whoever reads one checks that it is what it should be.
 */
#ifndef DECKBIND_BASE_CACHE_H
#define DECKBIND_BASE_CACHE_H

#include "base/str.h"

/* `folder` is that of the products.  Empty where there is no such file. */
Str cache_read(const char *folder, Str name, Arena *a);

/* Nothing is said where it cannot be written. */
void cache_write(const char *folder, Str name, Str bytes, Arena *a);

#endif
