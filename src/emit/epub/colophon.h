/*
 * colophon.h -- what the book was made of.
 */
#ifndef DECKBIND_EMIT_EPUB_COLOPHON_H
#define DECKBIND_EMIT_EPUB_COLOPHON_H

#include "model/book.h"

/*
 * Counts, date, identifier and program; each note with its questions and the first 16
 * digits of the SHA-256 of its text, beyond MOST_SOURCES their number alone.
 */
enum { MOST_SOURCES = 1000 };
Str colophon_page(const Book *b, Arena *a);

#endif
