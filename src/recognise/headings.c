/*
 * headings.c -- which headings are questions, which group them, which are parts of
 * an answer.
 *
 * One level opens entries.  Above it stand sections, below it parts of answers,
 * unless a heading's own words or number say otherwise.
 */
#include "recognise/evidence.h"

#include "recognise/label.h"
#include "recognise/lines.h"
#include "recognise/wording.h"

enum { CLOSE_CALL = 12 };

/* The next heading, written-out cards on headings included. */
static size_t next_heading(const Vote *v, size_t i)
{
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++)
        ;
    return i;
}

/*
 * The level whose headings open entries.  A deeper level must be clearly better,
 * since the headings inside answers look like questions too.
 */
static uint8_t entry_level(Vote *v, bool *mostly)
{
    Group levels[LEVELS] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!mark_is_heading(m) || wording_part(m->title))
            continue;
        v->headings[m->level]++;
        Group *g = &levels[m->level];
        g->class = MARK_HEADING;
        g->members++;
        g->sum[F_ASKS] += m->asks;
        g->sum[F_TOPIC] += m->topic;
        g->sum[F_NUMBERED] += m->number.parts > 0;
        g->sum[F_BODY] += text_between(v, m->line, line_of(v, next_heading(v, i))) > 0;
    }
    uint8_t best = 0;
    for (uint8_t level = 1; level < LEVELS; level++) {
        if (!levels[level].members)
            continue;
        group_score(&levels[level]);
        if (!best || levels[level].score > levels[best].score + CLOSE_CALL)
            best = level;
    }
    *mostly = levels[best].sum[F_BODY] * 2 > levels[best].members;
    return best;
}

typedef struct Heading {
    size_t index;
    bool text;     /* own text before the next heading */
    bool children; /* a deeper heading follows before one of its level */
    bool numbered; /* goes on in a sequence with others */
} Heading;

static Heading heading_look(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    size_t next = next_heading(v, i);
    Heading h = {.index = i};
    h.text = text_between(v, m->line, line_of(v, next)) > 0;
    h.children = next < v->marks->n && v->marks->at[next].level > m->level
              && !wording_part(v->marks->at[next].title);
    h.numbered = m->number.parts > 1 || v->sequence[i];
    return h;
}

static bool begins_with_list(const Vote *v, const Mark *m)
{
    for (uint32_t line = m->line; line < v->source->line_count; line++) {
        if (v->states[line] == LINE_BLANK)
            continue;
        Str text = str_trim(source_line(v->source, line + 1));
        return v->states[line] == LINE_TABLE
            || (text.n > 1 && (text.at[0] == '*' || text.at[0] == '-' || text.at[0] == '+'));
    }
    return false;
}

static Role heading_above(const Vote *v, const Heading *h, const Mark *m)
{
    bool question = h->text && (m->asks || h->numbered);
    bool leaf = h->text && !h->children && !begins_with_list(v, m);
    return question || leaf ? ROLE_QUESTION : ROLE_SECTION;
}

/* `mostly`: most headings of this level have text of their own. */
static Role heading_at(const Heading *h, const Mark *m, bool mostly)
{
    bool groups = !h->text && !m->asks && (h->children ? !(h->numbered && mostly) : !mostly);
    return groups || m->number.chapter ? ROLE_SECTION : ROLE_QUESTION;
}

/* `parent`: the role of the nearest heading above it. */
static Role heading_below(const Heading *h, const Mark *m, Role parent)
{
    if (m->asks || h->numbered)
        return ROLE_QUESTION;
    return parent == ROLE_QUESTION || !h->text ? ROLE_TEXT : ROLE_QUESTION;
}

static bool is_title(const Vote *v, const Heading *h, const Mark *m)
{
    if (!h->children || m->asks || v->sequence[h->index])
        return false;
    for (size_t i = 0; i < v->marks->n; i++)
        if (i != h->index && mark_is_heading(&v->marks->at[i]) && v->marks->at[i].level <= m->level
            && !v->sequence[i])
            return false;
    return true;
}

/* `m` closes what stands on its level and below. */
static void open_level(Role open[LEVELS], const Mark *m)
{
    for (uint8_t l = m->level; l < LEVELS; l++)
        open[l] = ROLE_TEXT;
    if (m->role == ROLE_QUESTION || m->role == ROLE_SECTION)
        open[m->level] = m->role;
}

void vote_headings(Vote *v)
{
    bool mostly;
    uint8_t level = entry_level(v, &mostly);
    Role open[LEVELS] = {0}; /* the latest heading of each level */
    Role latest = ROLE_TEXT;
    bool first = true;
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->level && !mark_is_heading(m))
            open_level(open, m);
        if (!mark_is_heading(m))
            continue;
        Heading h = heading_look(v, i);
        Role parent = ROLE_SECTION;
        for (uint8_t l = 1; l < m->level; l++)
            parent = open[l] ? open[l] : parent;
        Label label;
        if (label_read(m->title, true, &label) && latest == ROLE_QUESTION)
            m->role = ROLE_PART; /* at whatever level it stands */
        else if (wording_part(m->title) && !first)
            m->role = parent == ROLE_QUESTION ? ROLE_PART : ROLE_OTHER;
        else if (first && is_title(v, &h, m))
            m->role = ROLE_SECTION;
        else if (m->level < level)
            m->role = heading_above(v, &h, m);
        else
            m->role = m->level == level ? heading_at(&h, m, mostly) : heading_below(&h, m, parent);
        m->rank = m->level * 10u;
        first = false;
        if (m->role == ROLE_PART)
            continue;
        if (mark_opens(m))
            latest = m->role;
        open_level(open, m);
    }
}

void demote_headings(Vote *v)
{
    for (size_t i = 0; i + 1 < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        const Mark *next = &v->marks->at[i + 1];
        bool leads = next->role == ROLE_QUESTION && !mark_is_heading(next) && next->class != MARK_NESTED
                  && text_between(v, m->line, next->line) == 0;
        if (mark_is_heading(m) && m->role == ROLE_QUESTION && leads && !m->asks && !v->sequence[i])
            m->role = ROLE_SECTION;
    }
}
