/*
 * assign.c -- one left member after the other is taken in by the best alternating path:
 * it takes a right member, whose pair takes another, and so on, up to one that is free
 * or to a pair that is given up.  What was best for the members before stays best with
 * the new one.
 */
#include "book/assign.h"

#include <math.h>
#include <stdbool.h>

enum { MOST_STEPS = 128 }; /* of one search; notes come near it only where a crowd asks the same */

typedef struct Search {
    const Edge *edges;
    uint32_t *first;  /* of each left member; one more ends the last */
    uint32_t *holder; /* of each right member: the edge that it is in */
    uint32_t *pair;
    double *most;     /* of each left member: of its best edge */
    double *gain;     /* of each left member: of the best path that frees it; -INFINITY: none yet */
    uint32_t *by;     /* the edge by which that path took what it had */
    Vec(uint32_t) queue;
    Arena *arena;
} Search;

/* Where the best path ends: with `edge` to a right member that is free, or by giving `left` up. */
typedef struct End {
    double gain;
    uint32_t edge, left;
} End;

/* Whether the path to `left` goes through `other`. */
static bool leads_through(const Search *s, uint32_t left, uint32_t other)
{
    while (left != other && s->by[left] != NO_PAIR)
        left = s->edges[s->by[left]].left;
    return left == other;
}

/* Where a search was cut short, what is paired is not best, and a circle may gain: it has no end. */
static void visit(Search *s, uint32_t left, double gain, uint32_t by)
{
    bool seen = s->gain[left] > -INFINITY;
    if (gain <= s->gain[left] + 1e-9 || (seen && leads_through(s, s->edges[by].left, left)))
        return;
    s->gain[left] = gain;
    s->by[left] = by;
    *vec_push(&s->queue, s->arena) = left;
}

/* While the pairs are the best, no path gains more from a member on than the edge that it takes there. */
static End search(Search *s, uint32_t start)
{
    End best = {0, NO_PAIR, start};
    s->queue.n = 0;
    visit(s, start, 0, NO_PAIR);
    for (size_t i = 0; i < s->queue.n && i < MOST_STEPS; i++) {
        uint32_t left = s->queue.at[i];
        if (s->gain[left] > best.gain)
            best = (End){s->gain[left], NO_PAIR, left};
        bool hopeless = s->gain[left] + s->most[left] <= best.gain;
        for (uint32_t e = s->first[left]; e < s->first[left + 1] && !hopeless; e++) {
            double gain = s->gain[left] + (double)s->edges[e].worth;
            uint32_t holder = s->holder[s->edges[e].right];
            if (holder != NO_PAIR && s->edges[holder].left != left)
                visit(s, s->edges[holder].left, gain - (double)s->edges[holder].worth, e);
            else if (holder == NO_PAIR && gain > best.gain)
                best = (End){gain, e, left};
        }
    }
    return best;
}

/* Give what the path takes, from its end back to its start. */
static void follow(Search *s, const End *end)
{
    uint32_t left = end->left, gives = end->edge;
    for (;;) {
        uint32_t by = s->by[left];
        s->pair[left] = gives;
        if (gives != NO_PAIR)
            s->holder[s->edges[gives].right] = gives;
        if (by == NO_PAIR)
            return;
        gives = by;
        left = s->edges[by].left;
    }
}

void assign(const EdgeVec *edges, uint32_t lefts, uint32_t rights, uint32_t *pair)
{
    Arena arena = {0};
    Search s = {.edges = edges->at, .pair = pair, .arena = &arena};
    s.first = arena_new(&arena, uint32_t, lefts + 1);
    s.holder = arena_new(&arena, uint32_t, rights + 1);
    s.most = arena_new(&arena, double, lefts + 1);
    s.gain = arena_new(&arena, double, lefts + 1);
    s.by = arena_new(&arena, uint32_t, lefts + 1);
    for (uint32_t i = 0; i < rights; i++)
        s.holder[i] = NO_PAIR;
    for (uint32_t i = 0, e = 0; i <= lefts; i++) {
        while (e < edges->n && edges->at[e].left < i)
            e++;
        s.first[i] = e;
        s.gain[i] = -INFINITY;
        if (i < lefts)
            pair[i] = NO_PAIR;
    }
    for (size_t e = 0; e < edges->n; e++) {
        double *most = &s.most[edges->at[e].left];
        *most = (double)edges->at[e].worth > *most ? (double)edges->at[e].worth : *most;
    }
    for (uint32_t i = 0; i < lefts; i++) {
        End end = search(&s, i);
        if (end.gain > 0)
            follow(&s, &end);
        for (size_t k = 0; k < s.queue.n; k++)
            s.gain[s.queue.at[k]] = -INFINITY;
    }
    arena_free(&arena);
}
