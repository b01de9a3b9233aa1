/*
 * explain.h -- why each line was read as it was.
 */
#ifndef DECKBIND_RECOGNISE_EXPLAIN_H
#define DECKBIND_RECOGNISE_EXPLAIN_H

#include "model/book.h"

/*
 * Recognise `s`, which has been read, and append to `out` what became of its lines:
 * runs of lines with their place in an entry.  With `line` only of that one, and with
 * the evidence for and against every mark on it.
 */
void explain(Source *s, uint32_t line, Buf *out);

#endif
