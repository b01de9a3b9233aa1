/*
 * adopted.h -- the note types that notes of other tools go on in.
 */
#ifndef DECKBIND_EMIT_APKG_ADOPTED_H
#define DECKBIND_EMIT_APKG_ADOPTED_H

#include "emit/apkg/models.h"

/*
 * One for each of `lock->adopted`, in `a`: names, order and templates as they were, or Anki
 * would take it for another; its style sheet with `style` behind it, for what our fields
 * hold.  Dated as models_date does.
 */
DatedType *adopted_types(Lock *lock, Str style, int64_t time, Arena *a);

#endif
