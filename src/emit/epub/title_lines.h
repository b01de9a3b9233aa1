/*
 * title_lines.h -- a title in lines, as a printer would break it.
 */
#ifndef DECKBIND_EMIT_EPUB_TITLE_LINES_H
#define DECKBIND_EMIT_EPUB_TITLE_LINES_H

#include "base/str.h"

enum { MOST_LINES = 6 };

/*
 * Of like length, parted where the words part; no line begins with a mark that closes or ends
 * with one that opens.  `columns` is the width, which only a word that is longer exceeds.  The
 * number of lines; where it is more than MOST_LINES, `lines` has the first ones.
 */
size_t title_lines(Str title, size_t columns, Str lines[MOST_LINES], Arena *a);

/* A full-width mark that opens, whose left half is blank. */
bool title_opens(uint32_t code);

#endif
