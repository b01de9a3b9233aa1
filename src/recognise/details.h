/*
 * details.h -- <details><summary>…</summary> …</details>, ::: details … :::, and the shortcodes of
 * shortcode.h, as far as lines go.
 */
#ifndef DECKBIND_RECOGNISE_DETAILS_H
#define DECKBIND_RECOGNISE_DETAILS_H

#include "recognise/label.h"

#include "model/book.h"

/*
 * For each line the one that closes the <details> on it, or the box or shortcode where there may be
 * `boxes` and such; 0: none.  NULL where there are none at all.
 */
const uint32_t *details_pair(const Source *s, const uint8_t *states, bool boxes, Arena *a);

/*
 * Read <summary>…</summary>, with <details> before it or not, `::: kind …` or a shortcode, at the start
 * of `text`: what stands in it, and after it.
 */
bool details_read(Str text, Str *summary, Str *after);

/*
 * Whether the line `text` is a summary that says "show the answer" and no more: a
 * label with what follows it on the line as its rest.
 */
bool details_label(Str text, Label *label);

/* Whether a summary only says that there is more: "View contents". */
bool details_is_button(Str summary);

#endif
