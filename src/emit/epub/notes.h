/*
 * notes.h -- which footnotes a page ends with: those that its entries use, and
 * those that these use, in order of use.  So no mark points to another document.
 */
#ifndef DECKBIND_EMIT_EPUB_NOTES_H
#define DECKBIND_EMIT_EPUB_NOTES_H

#include "model/book.h"

typedef struct Notes {
    Arena *arena;
    Node **at; /* by number, from 1 */
    size_t n;
} Notes;

/* Take the footnotes out of `s`, whose trees are still there. */
Notes notes_open(Source *s);

/* Append the notes of one page; nothing where it uses none. */
void notes_put(Notes *notes, Buf *out, const Source *s, const Page *page);

#endif
