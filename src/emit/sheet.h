/*
 * sheet.h -- what an archive is written to: the product itself, so that it is never in memory
 * twice; in a spool, not even once.
 */
#ifndef DECKBIND_EMIT_SHEET_H
#define DECKBIND_EMIT_SHEET_H

#include "base/spool.h"
#include "base/vec.h"

typedef struct Sheet {
    Arena *arena;
    Spool *spool;     /* NULL: there is none */
    size_t n, at;     /* bytes so far; the next one, which may be set back */
    const char *room; /* in the spool, for `most` bytes; NULL: they are in `bytes` */
    size_t most;
    Vec(char) bytes;
    Vec(char) waiting; /* not in the spool yet: those from `from` on */
    size_t from;
} Sheet; /* begin with .arena and .spool */

/* `most` is how long it becomes, or a little more; only in memory may it become longer. */
void sheet_open(Sheet *s, size_t most);

/* Write on at `at`.  False: errno says why. */
bool sheet_put(Sheet *s, Str bytes);

/* All of it, once no more is written; `at` is NULL where errno says why. */
Str sheet_close(Sheet *s);

#endif
