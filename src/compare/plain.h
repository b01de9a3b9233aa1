/*
 * plain.h -- the text of a field, as its reader sees it.
 */
#ifndef DECKBIND_COMPARE_PLAIN_H
#define DECKBIND_COMPARE_PLAIN_H

#include "base/str.h"

/*
 * The text of HTML of any kind, valid UTF-8, in `a`: markup taken off, characters
 * resolved, each block on a line of its own, a picture as its name in brackets.
 */
Str plain_text(Str html, Arena *a);

#endif
