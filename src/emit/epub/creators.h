/*
 * creators.h -- who made the book, as the cover, the title page and the package name them.
 */
#ifndef DECKBIND_EMIT_EPUB_CREATORS_H
#define DECKBIND_EMIT_EPUB_CREATORS_H

#include "model/book.h"

/*
 * `author` of the book description, then its creators, those without a name that can be
 * seen left out.  Each has a role.  An author who is among the creators stands there.
 */
CreatorVec creators_of(const Book *b, Arena *a);

/* The names of the authors alone, in one line; may be empty. */
Str creators_authors(const Book *b, Arena *a);

/* A name, and what its bearer did unless it is to write. */
Str creators_line(const Book *b, const Creator *creator, Arena *a);

#endif
