/*
 * contents.h -- a list of contents in plain lines.
 */
#ifndef DECKBIND_RECOGNISE_CONTENTS_H
#define DECKBIND_RECOGNISE_CONTENTS_H

#include "model/book.h"

/* The lines of the contents of `s` become LINE_CONTENTS; `states` as lines_scan gives them. */
void contents_find(const Source *s, uint8_t *states, Arena *a);

#endif
