/*
 * open.h -- from paths on the command line to a book with its sources.
 */
#ifndef DECKBIND_BOOK_OPEN_H
#define DECKBIND_BOOK_OPEN_H

#include "model/book.h"

/*
 * Find the notes in `paths`: a folder stands for every .md, .markdown and .txt
 * below it but those in `except`.  Sets folder, sources and source_count; a
 * source's name is its path below the folder.  False: b->diags says why.
 */
bool book_open(Book *b, const char *const *paths, size_t n, const char *except);

/* Frees all that belongs to one source; book_close does so for each. */
void source_close(Source *s);

void book_close(Book *b);

#endif
