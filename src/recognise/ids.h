/*
 * ids.h -- which ids and tags, written for other tools, are those of an entry.
 */
#ifndef DECKBIND_RECOGNISE_IDS_H
#define DECKBIND_RECOGNISE_IDS_H

#include "model/book.h"

/*
 * The id of the entry that owns the lines from `line` up to `next`: right below its
 * first line, at its very end, or in a comment of its own right above.
 */
Str ids_find(const Source *s, const uint8_t *states, uint32_t line, uint32_t next);

/* The tags that stand on lines of their own between them, parted by blanks. */
Str ids_tags(const Source *s, const uint8_t *states, uint32_t line, uint32_t next, Arena *a);

#endif
