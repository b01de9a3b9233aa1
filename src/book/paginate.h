/*
 * paginate.h -- which document of the book holds which entries.
 */
#ifndef DECKBIND_BOOK_PAGINATE_H
#define DECKBIND_BOOK_PAGINATE_H

#include "model/book.h"

/* Pass: how large entries are, as far as that can be told before their pages are made. */
void source_weigh(Source *s);

/*
 * Pass: the pages of each source.  A file is one chapter; where it has two or more
 * sections (but not thousands) on its first level, or on the second below one title, each is a
 * chapter.  Names
 * come from the path and the section, not from a count, so a new section renames nothing.
 * A chapter is one page, or as many as keep each below what old reading programs can bear.
 */
void book_paginate(Book *b);

/* The name of a document without its ending, which is its id too. */
Str page_stem(Str name);

#endif
