/*
 * demote.c -- headings that were taken for questions and turn out to group others: by the
 * counts below them, the entries straight below, or the company that they keep.
 */
#include "recognise/evidence.h"

/* Whether a question is only a heading so far: no text, no word that asks. */
static bool is_empty(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    if (!mark_is_heading(m) || m->role != ROLE_QUESTION || m->asks)
        return false;
    size_t next = i + 1;
    while (next < v->marks->n && !mark_opens(&v->marks->at[next]) && !v->marks->at[next].topic)
        next++; /* a list of sentences is text, one of topics may wait for its answers */
    return text_between(v, m->line, line_of(v, next)) == 0;
}

/* What is listed right below heading `i` are the entries that it groups. */
static void promote_list(Vote *v, size_t i)
{
    const Mark *first = &v->marks->at[i + 1];
    for (i++; i < v->marks->n && !v->marks->at[i].level && !mark_opens(&v->marks->at[i]); i++) {
        Mark *m = &v->marks->at[i];
        if (m->class != first->class || m->sign != first->sign || m->indent > first->indent + 1
            || !(m->class == MARK_BULLET || m->class == MARK_NUMBER))
            continue;
        m->role = ROLE_QUESTION;
        m->rank = mark_rank(v, i);
        reason_add(v, m, "below a heading that groups entries");
    }
}

/* Where most headings of a level group entries, its empty ones wait for some. */
static void demote_empty(Vote *v)
{
    uint32_t sections[LEVELS] = {0}, questions[LEVELS] = {0}, lists[LEVELS][MARK_CLASSES] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        sections[m->level] += mark_is_heading(m) && m->role == ROLE_SECTION;
        if (mark_is_heading(m) && m->role == ROLE_SECTION && i + 1 < v->marks->n && m[1].role == ROLE_QUESTION)
            lists[m->level][m[1].class]++;
        questions[m->level] += mark_is_heading(m) && m->role == ROLE_QUESTION;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!is_empty(v, i) || sections[m->level] <= questions[m->level])
            continue;
        m->role = ROLE_SECTION;
        reason_add(v, m, "empty, where most headings of its level group entries");
        if (i + 1 < v->marks->n && lists[m->level][m[1].class] * 2 > sections[m->level])
            promote_list(v, i);
    }
}

/* The counts below a heading, and above the next. */
typedef struct CountsBelow {
    size_t first; /* index of the first mark */
    uint32_t members, asks;
} CountsBelow;

static CountsBelow counts_below(const Vote *v, size_t i)
{
    CountsBelow c = {.first = v->marks->n};
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++) {
        if (!v->sequence[i] || v->sequences.at[v->sequence[i] - 1].inner)
            continue;
        c.first = c.members ? c.first : i;
        c.members++;
        c.asks += v->marks->at[i].asks;
    }
    return c;
}

static bool is_topic(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return mark_is_heading(m) && m->role == ROLE_QUESTION && !m->asks && !v->sequence[i];
}

bool demote_like_others(Vote *v)
{
    uint32_t lead[LEVELS] = {0}, own[LEVELS] = {0};
    bool any = false;
    for (size_t i = 0; i < v->marks->n; i++) {
        if (!is_topic(v, i))
            continue;
        CountsBelow c = counts_below(v, i);
        lead[v->marks->at[i].level] += c.members && v->marks->at[c.first].role == ROLE_QUESTION;
        own[v->marks->at[i].level] += !c.members;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!is_topic(v, i) || lead[m->level] < 2 || lead[m->level] <= own[m->level])
            continue;
        CountsBelow c = counts_below(v, i);
        if (c.asks * 3 < c.members || !c.members)
            continue;
        m->role = ROLE_SECTION;
        any = true;
        reason_add(v, m, "counted questions stand below it, as below most headings of its level");
    }
    return any;
}

/* Whether heading `i` opens an entry and leads straight to one of another kind. */
static bool leads_to_entry(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i], *next = m + 1;
    return i + 1 < v->marks->n && mark_is_heading(m) && m->role == ROLE_QUESTION
        && next->role == ROLE_QUESTION && !mark_is_heading(next) && !mark_is_nested(next)
        && text_between(v, m->line, next->line) == 0 && !(m->asks && !next->cloze)
        && !(v->sequence[i] && !leads_to_question(v, i));
}

/* How many entries of the class of the first stand below heading `i`. */
static uint32_t entries_below(const Vote *v, size_t i)
{
    uint32_t n = 0;
    MarkClass class = v->marks->at[i + 1].class;
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++)
        n += v->marks->at[i].class == class && v->marks->at[i].role == ROLE_QUESTION;
    return n;
}

/* What one level of headings holds. */
typedef struct Company {
    uint32_t told;  /* topics with a text or a list of their own */
    uint32_t leads; /* topics that lead straight to lists of entries, few of which ask */
} Company;

/* Whether heading `i` is a topic over a list whose items are entries, though few of them ask. */
static bool lists_points(const Vote *v, size_t i)
{
    uint32_t items = 0, asks = 0;
    if (!leads_to_entry(v, i) || (v->marks->at[i + 1].class != MARK_BULLET && v->marks->at[i + 1].class != MARK_NUMBER))
        return false;
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++) {
        items += v->marks->at[i].role == ROLE_QUESTION;
        asks += v->marks->at[i].role == ROLE_QUESTION && v->marks->at[i].asks;
    }
    return asks * 3 < items;
}

/* Where most topics of a level have texts, the lists below its others are points of answers. */
static void keep_points(Vote *v)
{
    Company company[LEVELS] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        bool points = lists_points(v, i);
        company[m->level].leads += points;
        company[m->level].told += mark_is_heading(m) && m->role == ROLE_QUESTION && !m->asks && !points
                               && text_between(v, m->line, line_of(v, next_heading(v, i))) > 0;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        const Company *c = &company[v->marks->at[i].level];
        if (!lists_points(v, i) || c->told < FEW || c->told < 2 * c->leads)
            continue;
        for (size_t k = i + 1; k < v->marks->n && !v->marks->at[k].level; k++)
            if (v->marks->at[k].role == ROLE_QUESTION && !v->marks->at[k].asks) {
                v->marks->at[k].role = ROLE_TEXT;
                reason_add(v, &v->marks->at[k], "a point of a topic: most others of its level have a text");
            }
    }
}

/* Whether marks of the class are often found in a text, so that one below a topic tells little. */
static bool is_weak(MarkClass class)
{
    return class == MARK_BARE || class == MARK_BOLD || class == MARK_QUOTE;
}

/* A bold line right above a count of questions only groups them. */
static void demote_bold(Vote *v)
{
    for (size_t i = 0; i + 1 < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        bool leads = v->sequence[i + 1] && m[1].role == ROLE_QUESTION
                  && text_between(v, m->line, m[1].line) == 0;
        if (m->class != MARK_BOLD || m->role != ROLE_QUESTION || m->asks || v->sequence[i] || !leads)
            continue;
        m->role = ROLE_SECTION;
        m->rank = SECTION_RANK;
        reason_add(v, m, "it leads straight to a count");
    }
}

void demote_headings(Vote *v)
{
    keep_points(v);
    uint32_t leads[MARK_CLASSES] = {0}, entries[MARK_CLASSES] = {0};
    for (size_t i = 0; i < v->marks->n; i++)
        if (leads_to_entry(v, i)) {
            leads[v->marks->at[i + 1].class]++;
            entries[v->marks->at[i + 1].class] += entries_below(v, i);
        }
    for (size_t i = 0; i < v->marks->n; i++) {
        if (!leads_to_entry(v, i))
            continue;
        Mark *m = &v->marks->at[i], *next = m + 1;
        bool lone = entries_below(v, i) == 1 && entries[next->class] * 2 < leads[next->class] * 3;
        if (lone && is_weak(next->class)) {
            next->role = ROLE_TEXT;
            reason_add(v, next, "alone below a topic, as others are");
            continue;
        }
        m->role = ROLE_SECTION;
        reason_add(v, m, "it leads straight to entries of another kind");
    }
    demote_bold(v);
    demote_empty(v);
}
