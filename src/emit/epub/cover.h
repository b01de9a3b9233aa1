/*
 * cover.h -- the cover: the picture of the book description, or one drawn here.
 */
#ifndef DECKBIND_EMIT_EPUB_COVER_H
#define DECKBIND_EMIT_EPUB_COVER_H

#include "model/book.h"

#define COVER_PNG "cover.png"

typedef struct Cover {
    Str name, type, bytes; /* of the picture; `name` without a folder */
    Str png;               /* of a drawn one, which the book then has in its place; may be empty */
} Cover;

/*
 * The picture `config.cover` of the notes folder; where there is none, or none that
 * can be used (b->diags says why), an SVG that shows title, series, people and a pattern
 * which the identifier decides, and where the machine can draw it, as the build may
 * want, the same as PNG.  False: the drawing fails its check.
 */
bool cover_make(Book *b, Arena *a, Cover *cover);

/* The XHTML document that shows it. */
Str cover_page(const Book *b, const Cover *cover, Arena *a);

#endif
