/*
 * note.h -- an entry becomes the fields of a note.
 */
#ifndef DECKBIND_EMIT_APKG_NOTE_H
#define DECKBIND_EMIT_APKG_NOTE_H

#include "emit/apkg/models.h"
#include "model/book.h"

/* A cloze note where there is a cloze to ask for, a question otherwise. */
const NoteType *note_type(const Entry *e);

/* Whether its template `i` makes a card. */
bool note_has_card(const Entry *e, const NoteType *type, size_t i);

/*
 * Append its fields, parted by U+001F.  Templates are in zh-CN, so text in another
 * language is marked.
 */
void note_fields(Buf *b, const Source *s, const Entry *e, const NoteType *type,
                 const Config *config);

/*
 * The same for a note that was adopted: question and answer stand where that type has
 * them, each with all that belongs to it, and its other fields hold what they held.
 */
void note_adopted_fields(Buf *b, const Entry *e, const AdoptedType *type, const Locked *kept, Str language);

/* Field `i` of what note_fields or note_adopted_fields wrote. */
Str note_field(Str fields, size_t i);

/* The first field of what note_fields wrote. */
Str note_first_field(Str fields);

/* How many cards Anki makes of it. */
size_t note_cards(const Source *s, const Entry *e, const Config *config);

#endif
