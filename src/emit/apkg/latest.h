/*
 * latest.h -- note types, decks and settings as the rows of schema 18.
 */
#ifndef DECKBIND_EMIT_APKG_LATEST_H
#define DECKBIND_EMIT_APKG_LATEST_H

#include "emit/apkg/collection.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/models.h"

/* Fill the tables that schema 18 has for them; `time` in seconds. */
void latest_put(Collection *c, const Decks *decks, const DatedType *types, size_t count,
                size_t notes, int64_t time);

#endif
