/*
 * matter.h -- what stands before and after the pages.
 */
#ifndef DECKBIND_EMIT_EPUB_MATTER_H
#define DECKBIND_EMIT_EPUB_MATTER_H

#include "model/book.h"

/* Title, author, description, and how many questions there are. */
Str matter_title_page(const Book *b, Arena *a);

/*
 * What is still to be answered, with the place of each question; beyond
 * LISTED_ONE_BY_ONE the places alone, each with a number.
 */
enum { LISTED_ONE_BY_ONE = 2000 };
Str matter_unanswered(const Book *b, Arena *a);

#endif
