/*
 * index.h -- the index of terms, as a printed book has it: by letters, Chinese terms by
 * their pinyin, each with the places that tell most of it.
 */
#ifndef DECKBIND_EMIT_EPUB_INDEX_H
#define DECKBIND_EMIT_EPUB_INDEX_H

#include "model/book.h"

/* The document, from the terms of all sources; empty where there are too few for an index. */
Str index_make(const Book *b, Arena *a);

#endif
