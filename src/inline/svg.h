/*
 * svg.h -- drawings that others made, written anew: what is listed in svg.def and nothing
 * else.
 *
 * Left out is what a picture does without: scripts, handlers, animation, sheets from elsewhere,
 * the notes of editors.  Refused is what would leave a hole: other pictures, HTML, other files;
 * and what repeats more than a reader can show.
 */
#ifndef DECKBIND_INLINE_SVG_H
#define DECKBIND_INLINE_SVG_H

#include "model/picture.h"

/* Whether the bytes can be meant as a drawing. */
bool svg_is(Str bytes);

/* `*bytes` anew, in `a`.  Where the form has no type nothing has changed. */
MediaForm svg_read(Str *bytes, Arena *a);

#endif
