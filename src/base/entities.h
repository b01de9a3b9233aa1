/*
 * entities.h -- characters written as `&amp;`, `&#38;` or `&#x26;`.
 */
#ifndef DECKBIND_BASE_ENTITIES_H
#define DECKBIND_BASE_ENTITIES_H

#include "base/str.h"

/*
 * The length of the entity at the front of `s`, which begins with '&'; `*value` is
 * what it stands for, static or in `a`.  0 where there is none.
 */
size_t entity_read(Str s, Arena *a, Str *value);

/* The character that a named entity such as "amp" stands for, as UTF-8; empty for none. */
Str entity_find(Str name);

#endif
