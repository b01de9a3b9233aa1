/*
 * decks.h -- the decks that cards lie in, and all decks above them.
 *
 * Anki finds a deck by its name, whatever the case; ids only hold one package
 * together.
 */
#ifndef DECKBIND_EMIT_APKG_DECKS_H
#define DECKBIND_EMIT_APKG_DECKS_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

typedef struct Deck {
    Str name; /* levels joined by "::" */
    Str key;  /* folded name */
    int64_t id;
} Deck;

typedef struct Decks {
    Arena *arena;
    Vec(Deck) list; /* settled: in byte order of key, each once */
} Decks;            /* begin with {.arena = a} */

/* The deck 1, which every collection has and Anki never renames on import. */
extern const Deck first_deck;

/* Add a deck and its parents; any text will do as a name. */
void decks_add(Decks *d, Str name);

/* After the last decks_add: drop what was added twice, and give out ids. */
void decks_settle(Decks *d);

/* The id of a deck that was added under `name`. */
int64_t decks_id(const Decks *d, Str name);

/* The `decks` object of a collection; `time` in seconds. */
void decks_put(Buf *b, const Decks *d, int64_t time);

/* `name` as Anki would leave it. */
Str deck_name(Str name, Arena *a);

#endif
