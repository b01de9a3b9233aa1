/*
 * foreign.h -- note types of other packages, to be written again.
 */
#ifndef DECKBIND_EMIT_APKG_FOREIGN_H
#define DECKBIND_EMIT_APKG_FOREIGN_H

#include "emit/apkg/models.h"
#include "emit/apkg/reader.h"

/*
 * `type` as it was read, in `a`; its style is not part of a NoteType.  What the reader does
 * not tell is left to Anki: fields and templates have no ids, so that it compares their
 * names, and the browser shows the cards themselves.  Dated 0 it is never taken over in
 * place of one that is there.
 */
const NoteType *foreign_type(const ReadType *type, Arena *a);

/*
 * Give a name of its own to each of `n` types that is called as one before it: to Anki a
 * collection has a name once, and types of two collections often share one.
 */
void foreign_part_names(DatedType *types, size_t n, Arena *a);

#endif
