/*
 * copy.h -- parts of a page in another document: without ids, without headings, and with
 * links that lead back to the page where they led into it.
 */
#ifndef DECKBIND_EMIT_EPUB_COPY_H
#define DECKBIND_EMIT_EPUB_COPY_H

#include "base/str.h"

/* Append a copy of `html`, which is well-formed and stands on `page`. */
void copy_put(Buf *out, Str html, Str page);

/* How many characters are to be read in it. */
size_t copy_length(Str html);

/* The bytes of its first element with all that lies in it, and of the text before. */
size_t copy_first_block(Str html);

#endif
