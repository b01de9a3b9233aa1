/*
 * chapters.c -- counts of chapters:
 *
 *     一、Java                 # 一、内存模型
 *     1) 多态是什么？          **1. 什么是 JMM？**
 *     …                        …
 *
 * A count inside another one makes points in an answer, unless the outer titles do not
 * ask and lead straight to inner ones that do: then they only group them.  Nor does a
 * count make points where it mostly asks, or is much longer than the outer one.
 */
#include "recognise/evidence.h"

enum { LONG = 8 };

/* What is known of one sequence. */
typedef struct Count {
    uint32_t leads;          /* members with nothing but another count below */
    uint32_t asks;           /* members that ask */
    uint32_t inner, inner_asks; /* members of the counts that it leads to, and those that ask */
    uint32_t led_by;         /* 1 + the sequence that leads to this one; 0: none */
} Count;

/* The sequence that the mark after mark `i` begins, with no text between; 0: none. */
static uint32_t leads_to(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    if (i + 1 >= v->marks->n || text_between(v, m->line, m[1].line) > 0)
        return 0;
    uint32_t next = v->sequence[i + 1];
    return next && next != v->sequence[i] && m[1].number.value <= 1 ? next : 0;
}

static Count *count_all(const Vote *v)
{
    Count *counts = arena_new(v->arena, Count, v->sequences.n + 1);
    for (size_t i = 0; i < v->marks->n; i++) {
        uint32_t s = v->sequence[i];
        if (!s)
            continue;
        counts[s].asks += v->marks->at[i].asks;
        uint32_t next = leads_to(v, i);
        if (next && !counts[next].led_by) {
            counts[next].led_by = s;
            counts[s].leads++;
        }
    }
    for (uint32_t s = 1; s <= v->sequences.n; s++) {
        counts[counts[s].led_by].inner += v->sequences.at[s - 1].members;
        counts[counts[s].led_by].inner_asks += counts[s].asks;
    }
    return counts;
}

static bool is_chapters(const Vote *v, const Count *counts, uint32_t s)
{
    const Count *c = &counts[s];
    uint32_t members = s ? v->sequences.at[s - 1].members : 0;
    return members > 1 && c->leads * 2 > members && c->asks * 2 < members
        && c->inner_asks * 5 >= c->inner * 2;
}

void find_chapters(Vote *v)
{
    const Count *counts = count_all(v);
    for (uint32_t s = 1; s <= v->sequences.n; s++) {
        Sequence *inner = &v->sequences.at[s - 1];
        bool asks = !inner->level && inner->members >= FEW && counts[s].asks * 5 >= inner->members * 3;
        uint32_t outer = inner->outer ? v->sequences.at[inner->outer - 1].members : 0;
        bool larger = outer && !inner->level && inner->members >= LONG && inner->members >= 2 * outer;
        if (asks || larger || is_chapters(v, counts, counts[s].led_by))
            inner->inner = false;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->said || !is_chapters(v, counts, v->sequence[i]))
            continue;
        m->number.chapter = true;
        m->role = ROLE_SECTION;
        m->rank = mark_rank(v, i);
        reason_add(v, m, "its count leads to counts of questions");
    }
}
