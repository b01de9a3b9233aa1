/*
 * sequence.c -- one pass with a stack of open sequences, the innermost last.
 *
 * A number goes on with the innermost sequence that expects it; the sequences
 * inside that one are then inner.  A number that none expects starts a new
 * sequence inside all the others.
 */
#include "recognise/sequence.h"

enum {
    DEEPEST = 32, MOST_SKIPPED = 2, LONG_JUMP = 60,
    CLOSED = 4, /* nearer than it is a small skip in the list of the last heading */
    BACK = 90 /* a number that falls back is farther than any that jumps, yet nearer than a new count */
};

typedef struct Open {
    SequenceVec list;
    uint32_t stack[DEEPEST]; /* indexes into list */
    uint32_t n;
    uint32_t headings; /* so far */
    Arena *arena;
} Open;

static bool counts(const Mark *m)
{
    bool class = m->class == MARK_HEADING || m->class == MARK_NUMBER || m->class == MARK_CHINESE
              || m->class == MARK_BOLD;
    return class && m->number.parts == 1 && !m->number.chapter;
}

/* How far `m` is from what `s` expects: 0 for the next number; -1 for no part of it. */
static int distance(const Sequence *s, const Mark *m)
{
    uint32_t value = m->number.value;
    if (s->bold != (m->class == MARK_BOLD))
        return -1;
    if (s->chinese != m->number.chinese)
        return -1;
    if (s->level && m->level && s->level + 1 < m->level)
        return -1;
    int other = (m->level && !s->level) || m->indent != s->indent; /* alike goes on with alike */
    if (value == s->last + 1)
        return other;
    if (m->number.sign != s->sign)
        return -1; /* only what fits exactly may be written in another way */
    if (value == s->last && value > 1)
        return 1 + other;
    bool alike = !other && s->sign != ' '; /* no list of its own begins beyond 1, so it may jump */
    bool skips = value > s->last && value <= s->last + 1 + (alike ? LONG_JUMP : MOST_SKIPPED);
    if (!skips && alike && value < s->last && value > 1)
        return BACK;
    return skips ? (int)(value - s->last) + other : -1;
}

/* Whether a list of plain lines ended above the last heading, below which another like it, `top`, is open. */
static bool is_closed(const Open *o, const Sequence *s, const Sequence *top)
{
    return !s->level && !top->level && s->indent == top->indent && s->sign == top->sign
        && s->headings < top->headings && top->headings == o->headings;
}

/* The place in the stack of the sequence that `m` goes on with; `n` for none. */
static uint32_t find(const Open *o, const Mark *m)
{
    uint32_t best = o->n;
    int least = 100;
    for (uint32_t i = o->n; i-- > 0;) {
        const Sequence *s = &o->list.at[o->stack[i]];
        int d = distance(s, m);
        if (d >= 0 && is_closed(o, s, &o->list.at[o->stack[o->n - 1]]))
            d += CLOSED;
        if (d >= 0 && d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

/* Some number all with 1, as Markdown allows: the innermost sequence, where it does so; `n` for none. */
static uint32_t find_ones(const Open *o, const Mark *m)
{
    const Sequence *s = o->n ? &o->list.at[o->stack[o->n - 1]] : NULL;
    bool ones = s && m->class == MARK_NUMBER && !s->level && !s->bold && s->last == 1 && m->number.value == 1
             && s->indent == m->indent && s->sign == m->number.sign && !s->chinese;
    return ones ? o->n - 1 : o->n;
}

/* A restart begins at 1, or where the file began to count. */
static bool restarts(const Open *o, uint32_t value)
{
    return value <= 1 || (o->n && value == o->list.at[o->stack[0]].first);
}

static uint32_t start(Open *o, const Mark *m)
{
    Sequence *s = vec_push(&o->list, o->arena);
    *s = (Sequence){.last = m->number.value, .members = 1, .level = m->level, .headings = o->headings};
    s->first = m->number.value;
    s->sign = m->number.sign;
    s->indent = m->indent;
    s->chinese = m->number.chinese;
    s->bold = m->class == MARK_BOLD;
    for (const Sequence *top; s->bold && o->n; o->n--) {
        top = &o->list.at[o->stack[o->n - 1]];
        if (top->bold || top->level)
            break; /* plain lists are at an end where a bold count begins */
    }
    s->inner = o->n && !restarts(o, m->number.value);
    if (o->n == DEEPEST) {
        for (uint32_t i = 1; i < o->n; i++)
            o->stack[i - 1] = o->stack[i];
        o->n--;
    }
    o->stack[o->n++] = (uint32_t)o->list.n - 1;
    return (uint32_t)o->list.n;
}

static uint32_t go_on(Open *o, uint32_t at, const Mark *m)
{
    for (uint32_t i = at + 1; i < o->n; i++) {
        o->list.at[o->stack[i]].inner = true;
        o->list.at[o->stack[i]].outer = o->stack[at] + 1;
    }
    o->n = at + 1;
    Sequence *s = &o->list.at[o->stack[at]];
    s->last = m->number.value;
    s->sign = m->number.sign;
    s->members++;
    s->headings = o->headings;
    if (!s->level)
        s->level = m->level;
    return o->stack[at] + 1;
}

SequenceVec sequences_find(const MarkVec *marks, uint32_t *of, Arena *a)
{
    Open o = {.arena = a};
    for (size_t i = 0; i < marks->n; i++) {
        const Mark *m = &marks->at[i];
        o.headings += m->level > 0;
        if (!counts(m))
            continue;
        uint32_t at = m->number.value <= 1 ? find_ones(&o, m) : find(&o, m);
        bool next = at < o.n && o.list.at[o.stack[at]].last + 1 == m->number.value;
        if (m->number.value > 1 && !next && restarts(&o, m->number.value))
            at = o.n;
        of[i] = at < o.n ? go_on(&o, at, m) : start(&o, m);
    }
    return o.list;
}
