/*
 * groups.h -- the parts of the book: the chapters of a folder, or those of a note that has
 * several.  Each has a page of its own that lists them, so that every place in the contents
 * leads somewhere; a note whose first chapter bears its name has that one, and a folder of one
 * chapter has that.
 */
#ifndef DECKBIND_EMIT_EPUB_GROUPS_H
#define DECKBIND_EMIT_EPUB_GROUPS_H

#include "model/book.h"

typedef struct Group {
    Str title;          /* "b › c" of the folder b/c, and of one chapter its title too; not empty */
    size_t first, last; /* its sources: first <= i < last; those without pages count for nothing */
    Str path;           /* of its page, from the folder EPUB */
    bool made;          /* that page is the one that group_page makes */
} Group;

typedef Vec(Group) GroupVec;

/* In reading order.  Chapters outside of all folders are in none. */
GroupVec groups_of(const Book *b, Arena *a);

/* The XHTML document at `path`. */
Str group_page(const Book *b, const Group *group, Arena *a);

#endif
