/*
 * myers.c -- the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its
 * Variations" (1986).
 *
 * The furthest point on diagonal k that d edits lead to is kept for each d, as the way
 * back needs them: d + 1 numbers, so that MOST_EDITS bounds the memory.
 */
#include "compare/myers.h"

#include "base/arena.h"

#include <string.h>

enum { MOST_EDITS = 1024 }; /* 2 MiB */

typedef struct Walk {
    Sequence a, b; /* without their equal ends */
    size_t *budget;
    Arena scratch;
    int32_t *reach[MOST_EDITS + 1]; /* the place in `a`, by edits and by (k + edits) / 2 */
} Walk;

/* Whether edit `d` that led to diagonal `i` put something in, rather than took it out. */
static bool put_in(const Walk *w, size_t d, size_t i)
{
    const int32_t *before = w->reach[d - 1];
    return i == 0 || (i < d && before[i - 1] < before[i]);
}

/* The place in `a` after edit `d`, before what is equal from there on. */
static int32_t after_edit(const Walk *w, size_t d, size_t i)
{
    if (d == 0)
        return 0;
    return put_in(w, d, i) ? w->reach[d - 1][i] : w->reach[d - 1][i - 1] + 1;
}

static bool spend(size_t *budget, size_t n)
{
    bool enough = *budget >= n;
    *budget -= enough ? n : *budget;
    return enough;
}

/* Go on while both are equal, from `x` in `a` on diagonal `k`.  False: the budget ended. */
static bool slide(Walk *w, int32_t *x, int64_t k)
{
    int64_t from = *x, at = from;
    while (at < (int64_t)w->a.n && at - k < (int64_t)w->b.n && w->a.at[at] == w->b.at[at - k])
        at++;
    *x = (int32_t)at;
    return spend(w->budget, (size_t)(at - from) + 1);
}

/* The number of edits that lead to both ends, or MOST_EDITS + 1. */
static size_t walk(Walk *w)
{
    int64_t goal = (int64_t)w->a.n - (int64_t)w->b.n;
    for (size_t d = 0; d <= MOST_EDITS; d++) {
        w->reach[d] = arena_new(&w->scratch, int32_t, d + 1);
        for (size_t i = 0; i <= d; i++) {
            int64_t k = 2 * (int64_t)i - (int64_t)d;
            w->reach[d][i] = after_edit(w, d, i);
            if (!slide(w, &w->reach[d][i], k))
                return MOST_EDITS + 1;
            if (k == goal && w->reach[d][i] >= (int64_t)w->a.n)
                return d;
        }
    }
    return MOST_EDITS + 1;
}

static void mark_way(Walk *w, size_t edits)
{
    int64_t k = (int64_t)w->a.n - (int64_t)w->b.n;
    for (size_t d = edits; d > 0; d--) {
        size_t i = (size_t)(k + (int64_t)d) / 2;
        int64_t x = after_edit(w, d, i);
        if (put_in(w, d, i)) {
            w->b.changed[x - k - 1] = true;
            k++;
        } else {
            w->a.changed[x - 1] = true;
            k--;
        }
    }
}

static Sequence part(Sequence s, size_t from, size_t n)
{
    return (Sequence){s.at + from, n, s.changed + from};
}

void myers(Sequence a, Sequence b, size_t *budget)
{
    size_t head = 0, tail = 0, least = a.n < b.n ? a.n : b.n;
    while (head < least && a.at[head] == b.at[head])
        head++;
    while (tail < least - head && a.at[a.n - 1 - tail] == b.at[b.n - 1 - tail])
        tail++;
    Walk w = {part(a, head, a.n - head - tail), part(b, head, b.n - head - tail), budget, {0}, {0}};
    bool one_sided = !w.a.n || !w.b.n, too_long = w.a.n > INT32_MAX / 2 || w.b.n > INT32_MAX / 2;
    size_t edits = one_sided || too_long ? MOST_EDITS + 1 : walk(&w);
    if (edits <= MOST_EDITS) {
        mark_way(&w, edits);
    } else {
        memset(w.a.changed, true, w.a.n);
        memset(w.b.changed, true, w.b.n);
    }
    arena_free(&w.scratch);
}
