/*
 * evidence.c -- counting features, and weighing them by mark.def.
 */
#include "recognise/evidence.h"

#include "recognise/lines.h"
#include "recognise/wording.h"

enum { MANY = 5 /* also: fewer may be rhetorical */, MOST = 15, LED = 8 /* a longer list is more than what leads to it */ };

static const char *const feature_names[FEATURES] = {
    "base", "asks", "topic", "body", "spaced", "adjacent", "numbered", "many", "loose", "led",
    "headed", "listed", "repeated", "inside", "indented", "first", "habit", "rivals", "bold", "told",
};

static const int16_t weights[MARK_CLASSES][FEATURES] = {
#define MARK(class, name, ...) {__VA_ARGS__},
#include "recognise/mark.def"
#undef MARK
};

uint32_t text_between(const Vote *v, uint32_t from, uint32_t to)
{
    return to > from + 1 ? v->spoken[to - 1] - v->spoken[from] : 0;
}

uint32_t end_line(const Vote *v)
{
    return (uint32_t)v->source->line_count + 1;
}

uint32_t line_of(const Vote *v, size_t mark)
{
    return mark < v->marks->n ? v->marks->at[mark].line : end_line(v);
}

/* Whether text that is no list follows on the very next line, at the margin. */
static bool is_loose(const Vote *v, const Mark *m)
{
    if (!m->topic || m->line >= v->source->line_count || v->states[m->line] != LINE_TEXT)
        return false;
    Str next = source_line(v->source, m->line + 1);
    return str_indent(next) == 0 && next.at[0] != '#' && !line_eat_bullet(&next) && !number_eat(&next).parts;
}

uint32_t colon_above(const Vote *v, size_t i)
{
    uint32_t line = v->marks->at[i].line - 1;
    while (line && v->states[line - 1] == LINE_BLANK)
        line--;
    if (!line || v->states[line - 1] != LINE_TEXT)
        return 0;
    Str text = wording_bare(source_line(v->source, line));
    return wording_eat_colon(&text) ? line : 0;
}

bool is_led(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    if (m->listed || !i)
        return false; /* nor does what stands above all marks: it leads into the file */
    if (i && m[-1].line + 1 == m->line && m[-1].class != MARK_HEADING && !mark_is_term(m - 1))
        return true;
    if (i && m[-1].class == MARK_BOLD && m[-1].asks && text_between(v, m[-1].line, m->line) == 0)
        return true;
    uint32_t colon = colon_above(v, i);
    return colon && !wording_round(source_line(v->source, colon));
}

bool begins_file(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    bool begins = !i && text_between(v, v->source->meta.end_line, m->line) == 0;
    for (size_t k = 1; k < v->marks->n && begins; k++) {
        const Mark *other = &v->marks->at[k];
        begins = mark_is_nested(other) || (other->class == m->class && other->sign == m->sign);
    }
    return begins;
}

bool is_headed(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return i && mark_is_heading(m - 1) && !m[-1].asks && !m[-1].leads
        && text_between(v, m[-1].line, m->line) == 0;
}

size_t next_heading(const Vote *v, size_t i)
{
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++)
        ;
    return i;
}

bool is_wanted(const Vote *v, const Mark *m)
{
    return m->class == v->wanted || (mark_is_heading(m) && m->level == v->wanted_level);
}

bool leads_to_question(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i], *next = m + 1;
    if (i + 1 >= v->marks->n || m->asks || text_between(v, m->line, next->line) > 0)
        return false;
    if (mark_is_written(next))
        return next->role == ROLE_QUESTION;
    return next->asks
        && (next->class == MARK_BARE || next->class == MARK_QUOTE || next->class == MARK_BULLET || next->class == MARK_LABEL
            || (next->class == MARK_BOLD && wording_question_mark(next->title)));
}

Group *group_new(Vote *v, MarkClass class)
{
    Group *g = vec_push(&v->groups, v->arena);
    *g = (Group){.class = class}; /* the place may have held another before */
    return g;
}

void group_add(Vote *v, Group *g, size_t i, bool inside)
{
    Mark *m = &v->marks->at[i];
    g->members++;
    g->last = (uint32_t)i;
    g->sum[F_ASKS] += m->asks;
    g->sum[F_TOPIC] += m->topic;
    g->sum[F_SPACED] += m->spaced;
    g->sum[F_NUMBERED] += m->number.parts > 0;
    g->sum[F_LOOSE] += is_loose(v, m);
    g->sum[F_LISTED] += m->listed;
    g->sum[F_REPEATED] += m->repeated;
    g->sum[F_INSIDE] += inside;
    g->sum[F_BOLD] += m->bold;
    g->sum[F_TOLD] += m->told;
    g->sum[F_INDENTED] += !m->outer && m->indent > (m->class == MARK_BULLET ? v->margin : 0);
    m->group = (uint32_t)(g - v->groups.at) + 1;
}

void group_gap(Vote *v, Group *g, const Mark *m, uint32_t next)
{
    uint32_t text = text_between(v, m->line, next);
    g->sum[F_BODY] += text > 0;
    g->sum[F_ADJACENT] += next == m->line + 1 && next != end_line(v);
}

/* How much what stands above the first tells of the whole list. */
static int share_of_lead(const Group *g)
{
    int share = g->members > LED ? 100 * LED / (int)g->members : 100;
    return share * share / 100;
}

/* Whether a group of the class is one list, and no gathering of all in a section. */
static bool is_count(MarkClass class)
{
    return class == MARK_NUMBER || class == MARK_CHINESE;
}

/* How much of a feature the group has, in percent. */
static int share(const Group *g, Feature f)
{
    switch (f) {
    case F_BASE:
        return 100;
    case F_MANY:
        return (int)(g->members < MOST ? g->members : MOST) * 100 / MANY;
    case F_LED:
        return g->sum[f] ? share_of_lead(g) : 0;
    case F_HEADED:
        return !g->sum[f] ? 0 : g->members == 1 ? 100 : (100 - share(g, F_BODY)) * share_of_lead(g) / 100;
    case F_INSIDE:
        return (int)(g->sum[f] * 100 / g->members)
             * (is_count(g->class) && g->sure * 2 < g->members ? share_of_lead(g) : 100) / 100;
    case F_TOLD:
        return g->sum[f] < MANY ? 0 : (int)(g->sum[f] * 100 / g->members);
    case F_LOOSE:
        return g->sum[f] > 1 ? 100 : 0; /* two are a habit */
    case F_FIRST:
        return g->sum[f] ? 100 : 0;
    case F_HABIT:
    case F_RIVALS:
        return (int)g->sum[f];
    default:
        return (int)(g->sum[f] * 100 / g->members);
    }
}

void group_score(Group *g)
{
    int sum = 0;
    for (Feature f = F_BASE; f < FEATURES; f++)
        sum += weights[g->class][f] * share(g, f);
    g->score = sum / 100;
}

static void put_evidence(Buf *b, const Group *g)
{
    for (Feature f = F_BASE; f < FEATURES; f++) {
        int points = weights[g->class][f] * share(g, f) / 100;
        if (points)
            buf_printf(b, "%s %+d, ", feature_names[f], points);
    }
    buf_printf(b, "in all %+d", g->score);
}

void reason_add(Vote *v, const Mark *m, const char *why)
{
    static const char *const verdicts[] = {
        [ROLE_TEXT] = "text", [ROLE_QUESTION] = "question", [ROLE_SECTION] = "section",
        [ROLE_PART] = "part of an answer", [ROLE_OTHER] = "other matter",
    };
    if (!v->reasons)
        return;
    Buf b = {.arena = v->arena};
    buf_printf(&b, "%s: %s: ", mark_name(m->class), verdicts[m->role]);
    if (why)
        buf_puts(&b, why);
    else
        put_evidence(&b, &v->groups.at[m->group - 1]);
    Reason *r = vec_push(v->reasons, v->arena);
    *r = (Reason){m->line, buf_str(&b)};
}

void evidence_count_lines(Vote *v)
{
    size_t n = v->source->line_count;
    v->spoken = arena_new(v->arena, uint32_t, n + 2);
    for (size_t i = 0; i < n; i++)
        v->spoken[i + 1] = v->spoken[i] + line_speaks(v->states[i]);
    v->spoken[n + 1] = v->spoken[n];
}

void evidence_find_margin(Vote *v)
{
    uint32_t bullets[MARGIN + 1] = {0};
    for (size_t i = 0; i < v->marks->n; i++)
        if (v->marks->at[i].class == MARK_BULLET)
            bullets[v->marks->at[i].indent]++;
    for (uint32_t indent = 1; indent <= MARGIN; indent++)
        if (bullets[indent] > bullets[v->margin])
            v->margin = indent;
}
