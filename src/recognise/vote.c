/*
 * vote.c -- groups, their evidence, and the roles that follow.
 *
 * Headings vote first, level by level; then sequences of numbers; then, below the
 * headings that are left without an entry, bullets, bold lines and bare questions;
 * last the numbers nested in entries.
 */
#include "recognise/vote.h"

#include "recognise/label.h"
#include "recognise/lines.h"
#include "recognise/sequence.h"
#include "recognise/wording.h"

typedef enum {
    F_BASE, F_ASKS, F_TOPIC, F_BODY, F_SPACED, F_ADJACENT, F_NUMBERED, F_MANY, F_LOOSE, F_LED,
    F_INSIDE, F_INDENTED, F_HABIT, FEATURES
} Feature;

static const int16_t weights[MARK_CLASSES][FEATURES] = {
#define MARK(class, name, ...) {__VA_ARGS__},
#include "recognise/mark.def"
#undef MARK
};

enum { FEW = 3, MANY = 5, LEVELS = 7, CLOSE_CALL = 12, SLOTS = MARK_CLASSES + 4 };

typedef struct Group {
    MarkClass class;
    uint32_t members, last; /* last: index of its latest member */
    uint32_t sum[FEATURES];
    int score;
} Group;

typedef struct Vote {
    MarkVec *marks;
    const Source *source;
    const uint8_t *states;
    uint32_t *spoken;   /* spoken[i]: lines below i (0-based) that say something */
    uint32_t *sequence; /* 1 + sequence of each mark */
    SequenceVec sequences;
    uint32_t headings[LEVELS]; /* how many of each level */
    Vec(Group) groups;
    Arena *arena;
} Vote;

/* Lines that say something after line `from` and before line `to`, both from 1. */
static uint32_t text_between(const Vote *v, uint32_t from, uint32_t to)
{
    return to > from + 1 ? v->spoken[to - 1] - v->spoken[from] : 0;
}

static uint32_t end_line(const Vote *v)
{
    return (uint32_t)v->source->line_count + 1;
}

static uint32_t line_of(const Vote *v, size_t mark)
{
    return mark < v->marks->n ? v->marks->at[mark].line : end_line(v);
}

static bool opens(const Mark *m)
{
    return m->role == ROLE_QUESTION || m->role == ROLE_SECTION || m->role == ROLE_OTHER;
}

/* Whether text that is no list follows on the very next line, at the margin. */
static bool is_loose(const Vote *v, const Mark *m)
{
    if (!m->topic || m->line >= v->source->line_count || v->states[m->line] != LINE_TEXT)
        return false;
    Str next = source_line(v->source, m->line + 1);
    bool bullet = next.n > 1 && (next.at[0] == '*' || next.at[0] == '-' || next.at[0] == '+')
               && is_blank(next.at[1]);
    return line_indent(next) == 0 && !bullet && next.at[0] != '#';
}

/* Whether what stands before mark `i` leads into a list: a colon, or a title right above. */
static bool is_led(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    if (i && m[-1].line + 1 == m->line && m[-1].class != MARK_HEADING)
        return true;
    for (uint32_t line = m->line - 1; line > 0; line--) {
        if (v->states[line - 1] == LINE_BLANK)
            continue;
        if (v->states[line - 1] != LINE_TEXT)
            return false;
        Str text = wording_bare(source_line(v->source, line));
        return str_ends(text, STR(":")) || str_ends(text, STR("："));
    }
    return false;
}

static Group *group_new(Vote *v, MarkClass class)
{
    Group *g = vec_push(&v->groups, v->arena);
    g->class = class;
    return g;
}

/* Count `m`, the mark with index `i`, into `g`; `inside`: in the answer of another entry. */
static void group_add(Vote *v, Group *g, size_t i, bool inside)
{
    Mark *m = &v->marks->at[i];
    g->members++;
    g->last = (uint32_t)i;
    g->sum[F_ASKS] += m->asks;
    g->sum[F_TOPIC] += m->topic;
    g->sum[F_SPACED] += m->spaced;
    g->sum[F_NUMBERED] += m->number.parts > 0;
    g->sum[F_LOOSE] += is_loose(v, m);
    g->sum[F_INSIDE] += inside;
    g->sum[F_INDENTED] += m->indent > 0;
    m->group = (uint32_t)(g - v->groups.at) + 1;
}

/* What the distance to the next mark of its group tells. */
static void group_gap(Vote *v, Group *g, const Mark *m, uint32_t next)
{
    uint32_t text = text_between(v, m->line, next);
    g->sum[F_BODY] += text > 0;
    g->sum[F_ADJACENT] += next == m->line + 1 && next != end_line(v);
}

static void group_score(Group *g)
{
    int sum = weights[g->class][F_BASE] * 100;
    for (int f = F_BASE + 1; f < FEATURES; f++) {
        int share = (int)(g->sum[f] * 100 / g->members);
        if (f == F_MANY)
            share = g->members < MANY ? (int)g->members * 100 / MANY : 100;
        if (f == F_LED)
            share = g->sum[f] ? 100 : 0;
        if (f == F_HABIT)
            share = (int)g->sum[f];
        if (f == F_LOOSE)
            share = g->sum[f] > 1 ? 100 : 0; /* two are a habit */
        sum += weights[g->class][f] * share;
    }
    g->score = sum / 100;
}

/* --- headings ------------------------------------------------------------------ */

static bool is_heading(const Mark *m)
{
    return m->class == MARK_HEADING;
}

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
        if (!is_heading(m) || wording_part(m->title))
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
        if (i != h->index && is_heading(&v->marks->at[i]) && v->marks->at[i].level <= m->level
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

static void vote_headings(Vote *v)
{
    bool mostly;
    uint8_t level = entry_level(v, &mostly);
    Role open[LEVELS] = {0}; /* the latest heading of each level */
    Role latest = ROLE_TEXT;
    bool first = true;
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->level && !is_heading(m))
            open_level(open, m);
        if (!is_heading(m))
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
        if (opens(m))
            latest = m->role;
        open_level(open, m);
    }
}

/* --- what stands below headings ------------------------------------------------ */

/*
 * The latest mark that opened an entry, as the passes below go down the file: what
 * follows stands in its answer.  A heading that neither asks nor has text before
 * the next mark only groups; and one heading alone does not own a file.
 */
typedef struct Opener {
    bool inside;  /* in the answer of a question */
    bool heading; /* which a heading opened */
} Opener;

static Opener opener_of(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    uint32_t s = v->sequence[i];
    bool text = text_between(v, m->line, line_of(v, i + 1)) > 0;
    bool heading = is_heading(m);
    bool strong = mark_is_written(m) ? true : heading ? v->headings[m->level] >= FEW : s && v->sequences.at[s - 1].members >= FEW;
    bool inside = m->role == ROLE_QUESTION && (strong || (heading && m->asks))
               && (m->asks || text || s);
    return (Opener){inside, inside && heading};
}

static bool counts_here(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return v->sequence[i] && !is_heading(m) && !v->sequences.at[v->sequence[i] - 1].inner;
}

/* One group for each sequence that is not inner to another. */
static void vote_sequences(Vote *v)
{
    uint32_t *group = arena_new(v->arena, uint32_t, v->sequences.n + 1);
    Opener opener = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (opens(m))
            opener = opener_of(v, i);
        if (!counts_here(v, i))
            continue;
        uint32_t s = v->sequence[i];
        if (!group[s]) {
            group_new(v, m->class)->sum[F_LED] = is_led(v, i);
            group[s] = (uint32_t)v->groups.n;
        } else {
            Group *g = &v->groups.at[group[s] - 1];
            group_gap(v, g, &v->marks->at[g->last], m->line);
        }
        group_add(v, &v->groups.at[group[s] - 1], i, opener.inside && !v->sequences.at[s - 1].level);
    }
}

typedef struct Region {
    uint32_t group[SLOTS]; /* 1 + the group of each kind that is open here */
} Region;

/* Marks of one kind share a slot: bullets of one sign, nested numbers of one form. */
static int slot_of(const Mark *m)
{
    if (m->class == MARK_BULLET)
        return MARK_CLASSES + (m->sign == '*') + 2 * (m->sign == '+');
    return m->class == MARK_NESTED && m->number.parts > 1 ? MARK_CLASSES + 3 : (int)m->class;
}

static void region_close(Vote *v, Region *r, uint32_t line)
{
    for (int c = 0; c < SLOTS; c++) {
        if (!r->group[c])
            continue;
        Group *g = &v->groups.at[r->group[c] - 1];
        group_gap(v, g, &v->marks->at[g->last], line);
        r->group[c] = 0;
    }
}

static void region_add(Vote *v, Region *r, size_t i, bool inside)
{
    const Mark *m = &v->marks->at[i];
    uint32_t *slot = &r->group[slot_of(m)];
    if (*slot) {
        Group *g = &v->groups.at[*slot - 1];
        group_gap(v, g, &v->marks->at[g->last], m->line);
    } else {
        group_new(v, m->class)->sum[F_LED] = is_led(v, i);
        *slot = (uint32_t)v->groups.n;
    }
    group_add(v, &v->groups.at[*slot - 1], i, inside);
}

static bool in_regions(const Mark *m)
{
    return m->class == MARK_BULLET || m->class == MARK_BOLD || m->class == MARK_BARE
        || m->class == MARK_LABEL;
}

/* One group for each class between two headings. */
static void vote_regions(Vote *v)
{
    Region region = {0};
    Opener opener = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (opens(m))
            opener = opener_of(v, i);
        if (is_heading(m) && opens(m))
            region_close(v, &region, m->line);
        if (in_regions(m))
            region_add(v, &region, i, m->class == MARK_BARE ? opener.heading : opener.inside);
    }
    region_close(v, &region, end_line(v));
}

/* Numbers inside an entry: those of one form, up to the next entry. */
static void vote_nested(Vote *v)
{
    Region region = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (opens(m))
            region_close(v, &region, m->line);
        if (m->class == MARK_NESTED)
            region_add(v, &region, i, false);
    }
    region_close(v, &region, end_line(v));
}

/* One group for each dialect, over the whole file. */
static void vote_written(Vote *v)
{
    Region region = {0};
    for (size_t i = 0; i < v->marks->n; i++)
        if (mark_is_written(&v->marks->at[i]))
            region_add(v, &region, i, false);
    region_close(v, &region, end_line(v));
}

/*
 * Dialects that lost are no marks; those that won own their lines, and what else was
 * found there is none either.
 */
static void settle_written(Vote *v)
{
    MarkVec *marks = v->marks;
    size_t kept = 0;
    uint32_t owned = 0;
    for (size_t i = 0; i < marks->n; i++) {
        Mark m = marks->at[i];
        bool written = mark_is_written(&m);
        if (m.line <= owned || (written && m.role != ROLE_QUESTION))
            continue;
        if (written) {
            uint32_t last = m.extent.end > m.extent.question_to ? m.extent.end : m.extent.question_to;
            owned = last > m.line ? last : m.line;
        }
        m.group = 0;
        marks->at[kept++] = m;
    }
    marks->n = kept;
    v->groups.n = 0;
}

static uint32_t rank_of(const Vote *v, size_t i)
{
    static const uint8_t ranks[MARK_CLASSES] = {
        [MARK_NUMBER] = 80, [MARK_NESTED] = 90, [MARK_CHINESE] = 70, [MARK_BULLET] = 80,
        [MARK_BOLD] = 75, [MARK_BARE] = 80, [MARK_LABEL] = 85,
    };
    const Mark *m = &v->marks->at[i];
    uint32_t s = v->sequence ? v->sequence[i] : 0;
    if (mark_is_written(m))
        return m->level ? m->level * 10u : 85;
    if (s && v->sequences.at[s - 1].level)
        return v->sequences.at[s - 1].level * 10u;
    return ranks[m->class] + (m->class == MARK_NESTED ? m->number.parts : 0u);
}

/* What most groups of a class do speaks for the rest. */
static void learn_habits(Vote *v, size_t from)
{
    uint32_t all[MARK_CLASSES] = {0}, taken[MARK_CLASSES] = {0};
    for (size_t i = from; i < v->groups.n; i++) {
        const Group *g = &v->groups.at[i];
        all[g->class] += g->members;
        taken[g->class] += g->score > 0 ? g->members : 0;
    }
    for (size_t i = from; i < v->groups.n; i++) {
        Group *g = &v->groups.at[i];
        g->sum[F_HABIT] = taken[g->class] * 100 / all[g->class];
        group_score(g);
    }
}

/* Groups made since `from` get their score, and their marks a role. */
static void decide(Vote *v, size_t from)
{
    for (size_t g = from; g < v->groups.n; g++)
        group_score(&v->groups.at[g]);
    learn_habits(v, from);
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->group <= from || v->groups.at[m->group - 1].score <= 0)
            continue;
        m->role = wording_part(m->title) ? ROLE_OTHER : ROLE_QUESTION;
        m->rank = rank_of(v, i);
    }
}

/* A heading that does not ask and leads straight to entries of another class groups them. */
static void demote_headings(Vote *v)
{
    for (size_t i = 0; i + 1 < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        const Mark *next = &v->marks->at[i + 1];
        bool leads = next->role == ROLE_QUESTION && !is_heading(next) && next->class != MARK_NESTED
                  && text_between(v, m->line, next->line) == 0;
        if (is_heading(m) && m->role == ROLE_QUESTION && leads && !m->asks && !v->sequence[i])
            m->role = ROLE_SECTION;
    }
}

static void count_spoken(Vote *v)
{
    size_t n = v->source->line_count;
    v->spoken = arena_new(v->arena, uint32_t, n + 2);
    for (size_t i = 0; i < n; i++)
        v->spoken[i + 1] = v->spoken[i] + line_speaks(v->states[i]);
    v->spoken[n + 1] = v->spoken[n];
}

void vote(MarkVec *marks, const Source *s, const uint8_t *states, Arena *a)
{
    Vote v = {.marks = marks, .source = s, .states = states, .arena = a};
    count_spoken(&v);
    vote_written(&v);
    decide(&v, 0);
    settle_written(&v);
    v.sequence = arena_new(a, uint32_t, marks->n + 1);
    v.sequences = sequences_find(marks, v.sequence, a);

    vote_headings(&v);
    vote_sequences(&v);
    decide(&v, 0);
    size_t from = v.groups.n;
    vote_regions(&v);
    decide(&v, from);
    from = v.groups.n;
    vote_nested(&v);
    decide(&v, from);
    demote_headings(&v);
}
