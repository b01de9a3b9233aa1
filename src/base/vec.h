/*
 * vec.h -- a list that grows in an arena.
 *
 *     typedef Vec(Entry) EntryVec;
 *     Entry *e = vec_push(&entries, arena);   // zeroed, at the end
 *     for (size_t i = 0; i < entries.n; i++) use(&entries.at[i]);
 */
#ifndef DECKBIND_BASE_VEC_H
#define DECKBIND_BASE_VEC_H

#include "base/arena.h"

#define Vec(T) struct { T *at; size_t n, cap; }

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* A new zeroed item at the end.  Pointers into the list are stale after it. */
#define vec_push(v, arena)                                               \
    ((v)->at = vec_room((arena), (v)->at, (v)->n, &(v)->cap, sizeof *(v)->at), \
     &(v)->at[(v)->n++])

/* Room for `n` items at once, and no more: for lists whose length is known. */
#define vec_reserve(v, arena, n) \
    ((v)->at = arena_grow((arena), (v)->at, (v)->cap * sizeof *(v)->at, (n) * sizeof *(v)->at), \
     (v)->cap = (n))

static inline void *vec_room(Arena *a, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    size_t had = *cap * size;
    *cap = *cap ? 2 * *cap : 4;
    return arena_grow(a, at, had, *cap * size);
}

#endif
