/*
 * writer.h -- an Anki package while it is written, whoever's notes it is to hold.
 *
 * Calls come in this order:
 *
 *     writer_open  (writer_note  writer_card ...) ...  writer_close
 *
 * What goes wrong is told at the end, by writer_close.
 */
#ifndef DECKBIND_EMIT_APKG_WRITER_H
#define DECKBIND_EMIT_APKG_WRITER_H

#include "emit/apkg/collection.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/models.h"
#include "model/book.h"

typedef struct Writer {
    Format format;
    Packing packing;
    Earlier *earlier;         /* as in Book … */
    Spool *spool;             /* … and so is this */
    unsigned threads;
    int64_t time;             /* of the package; seconds */
    const Decks *decks;       /* settled */
    const DatedType *types;
    size_t type_count, notes; /* as many notes as are to come */
    int64_t last_id;          /* the highest of their ids */

    /* while it is written */
    Collection collection;
    int64_t deck, note, card, more; /* ids; `card` is that of the next, or 0 for the next of `more` */
    int64_t position, changed; /* of the note; `changed` in seconds */
} Writer; /* begin with the first part */

void writer_open(Writer *w);

/* Make its `sort` and `checksum` from its fields, in `a`. */
void writer_derive(NoteRow *row, Arena *a);

/* Add a note, whose cards lie in `deck`. */
void writer_note(Writer *w, const NoteRow *row, int64_t deck);

/* Add a card of that note: its template, from 0; of a cloze its number less one. */
void writer_card(Writer *w, size_t template);

/* The finished package, checked, in `a`.  False: `d` says why. */
bool writer_close(Writer *w, const Media *media, size_t media_count, Diags *d, Arena *a, Str *bytes);

#endif
