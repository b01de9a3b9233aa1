/*
 * lock_parts.h -- a lock while it is read: line by line first, then as a whole.
 */
#ifndef DECKBIND_BOOK_LOCK_PARTS_H
#define DECKBIND_BOOK_LOCK_PARTS_H

#include "book/lock.h"

/* An entry whose state has not been seen. */
typedef struct Stateless {
    Str guid;
    Place place;
} Stateless;

typedef struct LockReader {
    Lock *lock;
    Diags *diags;
    Str rest, line; /* what is left of the text, and of the line */
    Place place;
    Stateless entry; /* the last one; without a guid: its state has been seen */
    Vec(Stateless) stateless; /* those before it */
    AdoptedType again; /* one whose id is there already, as where both sides of a merge adopted it */
    bool twice;        /* the latest one is that */
    bool failed;
} LockReader;

/* Say what is wrong with the line that `place` tells; only what is said first counts. */
void lock_refuse(LockReader *r, const char *what);

/* Once all lines are read. */
void lock_settle(LockReader *r);

#endif
