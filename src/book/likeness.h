/*
 * likeness.h -- questions that are not the same as any before, and may yet be one of them.
 */
#ifndef DECKBIND_BOOK_LIKENESS_H
#define DECKBIND_BOOK_LIKENESS_H

#include "book/assign.h"
#include "model/book.h"

/* A question of the notes. */
typedef struct Fresh {
    Source *source;
    Entry *entry;
    uint32_t file; /* the lock's number for its file */
} Fresh;

typedef Vec(Fresh) FreshVec;

typedef enum { DOUBT_OTHERS, DOUBT_RIVAL, DOUBT_CHANGED } Why;

/* What might be a pair, but that another is as likely, or that too much of it changed. */
typedef struct Doubt {
    uint32_t fresh, locked;
    Why why;        /* another entry is as near; `locked` may also be `rival`; both changed */
    uint32_t rival;
} Doubt;

typedef struct Likely {
    EdgeVec pairs; /* left in `fresh`, right in the lock */
    Vec(Doubt) doubts;
} Likely;

/*
 * Among those of `fresh` that `pair` has none for (0) and the entries of `lock` that are
 * not matched yet: the pairs that are likely, in `a`.
 */
void likeness_find(Likely *likely, const Lock *lock, const FreshVec *fresh, const uint32_t *pair,
                   Arena *a);

#endif
