/*
 * collection.h -- the Anki database of one deck, in memory.
 *
 * Calls come in this order:
 *
 *     collection_open  collection_about  (collection_note  collection_card ...) ...
 *     collection_finish  collection_check  collection_close
 *
 * Ids of notes and of cards ascend.  Only finish and check report a failure: the
 * first thing that goes wrong is remembered and what follows does nothing.  The same
 * rows are the same bytes.
 */
#ifndef DECKBIND_EMIT_APKG_COLLECTION_H
#define DECKBIND_EMIT_APKG_COLLECTION_H

#include "base/diag.h"
#include "emit/apkg/database.h"

/* How it is laid out: for every version of Anki, or for 2.1.55 and newer. */
typedef enum { SCHEMA_11, SCHEMA_18 } Schema;

typedef struct Collection {
    Database db;
    Schema schema;
    Statement *note, *card;
    int64_t notes, cards; /* how many were put in */
} Collection;

/* The one row of `col`; the texts are JSON objects, and empty in schema 18, which has tables for them. */
typedef struct About {
    int64_t time; /* seconds */
    Str conf, models, decks, presets;
} About;

typedef struct NoteRow {
    int64_t id, type, time; /* time in seconds */
    Str guid, tags, fields; /* fields joined by U+001F */
    uint32_t sort_field;    /* that of the note type */
    Str sort;               /* its text, the markup taken off */
    uint32_t checksum;      /* of the text of the first field */
} NoteRow;

typedef struct CardRow {
    int64_t id, note, deck, time;
    int64_t template; /* from 0; of a cloze card its number less one */
    int64_t position; /* among the new cards, from 1 */
} CardRow;

void collection_open(Collection *c, Schema schema, Spool *spool);
void collection_about(Collection *c, const About *about);
void collection_note(Collection *c, const NoteRow *row);
void collection_card(Collection *c, const CardRow *row);

/* The finished database; a view until collection_close.  False: `d` says why. */
bool collection_finish(Collection *c, Str *bytes, Diags *d);

/* Whether it keeps the laws of SQLite and of Anki.  It may be read meanwhile.  False: `d` says why. */
bool collection_check(Collection *c, Diags *d);

void collection_close(Collection *c);

#endif
