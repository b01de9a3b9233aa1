/*
 * backend.h -- what a book can become.
 *
 * A backend makes its product in memory, or in the spool of a large book, and writes no file.
 */
#ifndef DECKBIND_EMIT_BACKEND_H
#define DECKBIND_EMIT_BACKEND_H

#include "model/book.h"

typedef struct Backend {
    const char *name;   /* as in --to */
    const char *suffix; /* of the file, with its dot */

    /* Called once before any thread starts.  NULL: nothing to do. */
    void (*prepare)(void);

    /*
     * Called for each source when it has been rendered, on its thread, while its
     * text is hot; after it the source's `arena` is freed.  Writes only the source.
     * NULL: nothing to do.
     */
    void (*page)(const Book *b, Source *s);

    /*
     * The finished product, checked, in the book's arena.  It may free what it
     * alone reads (the fields of entries belong to the deck).  An empty product
     * means that there is nothing to publish.  False: b->diags says why.
     */
    bool (*make)(Book *b, Str *bytes);
} Backend;

/* Tags what is retired, for those who have it in Anki; it dates entries of the lock. */
extern const Backend backend_retired;

extern const Backend backend_apkg, backend_epub;

#endif
