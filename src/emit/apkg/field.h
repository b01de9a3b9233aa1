/*
 * field.h -- what Anki sees in the text of a field.
 *
 * Anki cleans every field on import and derives two columns and the cloze cards from
 * it.  What is written here is already as it would leave it.
 */
#ifndef DECKBIND_EMIT_APKG_FIELD_H
#define DECKBIND_EMIT_APKG_FIELD_H

#include "base/str.h"

#include <stdint.h>

enum { CLOZE_CARDS = 500 }; /* cards of a cloze note; higher numbers make none */

/* Numbers of clozes, as a set; `(Clozes){0}` is empty. */
typedef struct Clozes {
    uint64_t bits[CLOZE_CARDS / 64 + 1];
} Clozes;

bool clozes_has(const Clozes *c, size_t number);
bool clozes_any(const Clozes *c);

/* Append `html` without control characters other than tab and line feed. */
void field_put(Buf *b, Str html);

/*
 * Append the text of `html` as Anki compares and sorts it: markup taken off, a
 * picture's name in its place, entities resolved.  For markup of render/html only,
 * which holds no script or style element.
 */
void field_strip(Buf *b, Str html);

/* Of stripped text: the first four bytes of its SHA-1. */
uint32_t field_checksum(Str stripped);

/* Whether Anki takes the field for empty: blanks and line breaks are nothing. */
bool field_is_empty(Str html);

/* The numbers of the clozes of `html`; one that is never closed hides those in it. */
Clozes field_clozes(Str html);

#endif
