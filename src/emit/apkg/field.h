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

enum { CLOZE_CARDS = 500 }; /* numbers of a cloze note; the last one takes all above */

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

/* Mark the clozes that are opened and closed in `html`: seen[number - 1]. */
void field_clozes(Str html, bool seen[CLOZE_CARDS]);

#endif
