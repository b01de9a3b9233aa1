/*
 * cover.h -- the cover: the picture of the book description, or one drawn here.
 */
#ifndef DECKBIND_EMIT_EPUB_COVER_H
#define DECKBIND_EMIT_EPUB_COVER_H

#include "model/book.h"

typedef struct Cover {
    Str name, type, bytes; /* of the picture; `name` without a folder */
} Cover;

/*
 * The picture `config.cover` of the notes folder, else an SVG that shows title,
 * author and a pattern which the identifier decides.  False: b->diags says why.
 */
bool cover_make(Book *b, Arena *a, Cover *cover);

/* The XHTML document that shows it. */
Str cover_page(const Book *b, const Cover *cover, Arena *a);

#endif
