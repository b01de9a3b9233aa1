/*
 * outline.h -- marks with roles become entries, and every line gets its place.
 */
#ifndef DECKBIND_RECOGNISE_OUTLINE_H
#define DECKBIND_RECOGNISE_OUTLINE_H

#include "recognise/mark.h"

/*
 * Fill s->entries.  The lines of the file are partitioned: an entry owns those
 * from its own up to the next entry's, and what stands before the first entry is
 * an ENTRY_OTHER.
 */
void outline(Source *s, const MarkVec *marks, const uint8_t *states);

#endif
