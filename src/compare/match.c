/*
 * match.c -- both lists sorted by key, and then read side by side.
 */
#include "compare/match.h"

#include <stdlib.h>

typedef struct Keyed {
    Str key;
    size_t index;
} Keyed;

typedef struct KeyedList {
    Keyed *at;
    size_t n;
} KeyedList;

Matching match_none(size_t before, size_t after, Arena *a)
{
    Matching m = {arena_new(a, size_t, before), arena_new(a, size_t, after), before, after};
    for (size_t i = 0; i < before; i++)
        m.before[i] = STR_NONE;
    for (size_t i = 0; i < after; i++)
        m.after[i] = STR_NONE;
    return m;
}

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Those that have a key and no partner, in order of their keys. */
static KeyedList sorted(const StrVec *keys, const size_t *partners, Arena *scratch)
{
    KeyedList list = {arena_new(scratch, Keyed, keys->n), 0};
    for (size_t i = 0; i < keys->n; i++)
        if (keys->at[i].n && partners[i] == STR_NONE)
            list.at[list.n++] = (Keyed){keys->at[i], i};
    qsort(list.at, list.n, sizeof *list.at, by_key);
    return list;
}

size_t match_keys(Matching *m, const StrVec *before, const StrVec *after)
{
    Arena scratch = {0};
    KeyedList old = sorted(before, m->before, &scratch), new = sorted(after, m->after, &scratch);
    size_t pairs = 0;
    for (size_t i = 0, k = 0; i < old.n && k < new.n;) {
        int order = str_cmp(old.at[i].key, new.at[k].key);
        if (order == 0) {
            m->before[old.at[i].index] = new.at[k].index;
            m->after[new.at[k].index] = old.at[i].index;
            pairs++;
        }
        i += order <= 0;
        k += order >= 0;
    }
    arena_free(&scratch);
    return pairs;
}
