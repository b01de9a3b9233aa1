/*
 * tags.h -- the tags of a note: those of its file, and one for its place in it.
 */
#ifndef DECKBIND_EMIT_APKG_TAGS_H
#define DECKBIND_EMIT_APKG_TAGS_H

#include "model/book.h"

/*
 * As the column wants them: sorted, each once, " a b::c ", or nothing.  `own` are an
 * entry's, parted by blanks; `section` is
 * that of an entry; its titles become the levels of one tag.  In `a`.
 */
Str tags_make(const StrVec *tags, Str own, Str section, Arena *a);

/* Such tags, and behind them those of `more`, parted by blanks, that are not among them. */
Str tags_add(Str tags, Str more, Arena *a);

#endif
