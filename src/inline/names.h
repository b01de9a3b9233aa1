/*
 * names.h -- the files of the notes folder by name, as Obsidian finds them: whatever
 * the case and the Unicode form, notes without their suffix.
 */
#ifndef DECKBIND_INLINE_NAMES_H
#define DECKBIND_INLINE_NAMES_H

#include "model/book.h"

/* The path of the file that `path` from the notes folder means; empty: none. */
Str names_at(const Book *b, Str path, Arena *scratch);

/*
 * The same of a file anywhere, whose path ends in `path`; of several the nearest to the
 * file `from`.  `*doubt` where there is more than one such.
 */
Str names_near(const Book *b, Str from, Str path, Arena *scratch, bool *doubt);

#endif
