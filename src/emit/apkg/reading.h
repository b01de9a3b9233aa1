/*
 * reading.h -- a package while it is read: what the parts of the reader share.
 *
 * Every part returns false where the package cannot be used; either it has said why, or
 * database_why tells.
 */
#ifndef DECKBIND_EMIT_APKG_READING_H
#define DECKBIND_EMIT_APKG_READING_H

#include "emit/apkg/database.h"
#include "emit/apkg/reader.h"
#include "emit/bundle.h"

enum {
    LARGEST = 256 * 1024 * 1024,     /* of one member; AnkiWeb takes collections of 250 MB */
    LARGEST_TEXT = 8 * 1024 * 1024,  /* that is read as JSON, which takes many times as much */
};

typedef struct ReadDeck {
    int64_t id;
    Str name; /* levels joined by "::" */
} ReadDeck;

/* A package while it is read. */
typedef struct Reading {
    ReadPackage *package;
    Vec(ReadDeck) decks; /* in the package's arena */
    Archive archive;
    Database db;
    size_t cells;       /* fields of notes so far, and NOTE_CELLS for each note */
    const char *member; /* of the archive, that holds the database */
    Diags *diags;
} Reading;

/*
 * Fill `decks` and the types of the package, in any order.  Schema 11 has one JSON text for
 * all note types and one for all decks; schema 18 has tables, whose columns hold messages.
 */
bool schema11_read(Reading *r);
bool schema18_read(Reading *r);

/* Once types and decks are there. */
bool reading_notes(Reading *r);
bool reading_cards(Reading *r);

/* The list of media and all that it names; `packed` is said of the variant. */
bool reading_media(Reading *r, bool packed);

/* All of one member of the archive, at most `most` bytes, in `a`; `packed` with Zstandard. */
bool reading_unpack(Reading *r, const char *member, bool packed, size_t most, Arena *a, Str *bytes);

/* Where the type of that id is among those of the package, sorted. */
bool reading_type(const Reading *r, int64_t id, size_t *index);

/* A column as UTF-8, in the package's arena. */
Str reading_text(Reading *r, Statement *s, int column);
Str reading_keep(Reading *r, Str text);

/* Say what is wrong with `member`; false. */
bool reading_refuse(Reading *r, const char *member, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

#endif
