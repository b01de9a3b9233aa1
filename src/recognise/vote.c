/*
 * vote.c -- groups, their evidence, and the roles that follow.
 *
 * Dialects vote first; then headings, level by level; labels; counts, chapters among
 * them; then, below the headings that are left without an entry, terms with their
 * definitions, bullets, bold lines and bare questions; the numbers nested in entries;
 * last the blocks without a mark, and the lines that lead to lists.
 */
#include "recognise/vote.h"

#include "recognise/evidence.h"
#include "recognise/lines.h"
#include "recognise/wording.h"

enum { KINDS = MARK_CLASSES + 5, SLOTS = 2 * KINDS };

/*
 * The latest mark that opened an entry, as the passes below go down the file: what
 * follows stands in its answer.  A heading that neither asks nor has text before
 * the next mark only groups; and one heading alone does not own a file.
 */
typedef struct Opener {
    bool inside;  /* in the answer of a question … */
    bool asked;   /* … which is a heading that asks */
    bool sure;    /* which ends in a question mark */
    bool heading; /* which a heading opened */
    uint32_t indent; /* of one that no heading opened: what stands further out is none of its answer */
    bool list;    /* a topic with nothing but a list right below: it may as well group */
} Opener;

static Opener opener_of(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    uint32_t s = v->sequence[i];
    bool text = text_between(v, m->line, line_of(v, i + 1)) > 0;
    bool heading = mark_is_heading(m);
    bool strong = mark_is_written(m) || m->class == MARK_LABEL || (heading && v->headings[m->level] >= FEW)
               || (!heading && s && v->sequences.at[s - 1].members >= FEW);
    bool counts = s && !leads_to_question(v, i);
    bool terms = !text && i + 1 < v->marks->n && mark_is_term(m + 1); /* 名词解释 asks for nothing but them */
    bool asks = terms ? wording_demands(&v->wording, m->title) : m->asks;
    bool other = m->role == ROLE_OTHER && m->part; /* what is below is no more of a question than it */
    bool inside = other || (m->role == ROLE_QUESTION && (strong || (heading && asks))
                            && (asks || text || counts || m->answered));
    bool list = heading && !other && !m->asks && !m->answered && !s && !text && i + 1 < v->marks->n && m[1].class == MARK_BULLET;
    return (Opener){.inside = inside, .asked = inside && heading && m->asks, .sure = inside && wording_question_mark(m->title),
                    .heading = inside && m->level, .indent = m->level ? 0 : m->indent, .list = list};
}

static bool is_in_answer(const Mark *m, const Opener *o)
{
    return o->inside && (m->outer ? o->heading : m->indent >= o->indent);
}

static bool counts_here(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return v->sequence[i] && !mark_is_heading(m) && !m->number.chapter
        && !v->sequences.at[v->sequence[i] - 1].inner;
}

/* One group for each sequence that is not inner to another. */
static void vote_sequences(Vote *v)
{
    uint32_t *group = arena_new(v->arena, uint32_t, v->sequences.n + 1);
    Opener opener = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (mark_opens(m))
            opener = opener_of(v, i);
        if (v->sequence[i] && !mark_is_heading(m) && v->sequences.at[v->sequence[i] - 1].inner)
            reason_add(v, m, "it counts inside an answer, and an outer count goes on after it");
        if (!counts_here(v, i))
            continue;
        uint32_t s = v->sequence[i];
        if (!group[s]) {
            Group *g = group_new(v, m->class);
            g->sum[F_LED] = is_led(v, i);
            g->sum[F_HEADED] = is_headed(v, i);
            g->sum[F_FIRST] = begins_file(v, i);
            group[s] = (uint32_t)v->groups.n;
        } else {
            Group *g = &v->groups.at[group[s] - 1];
            group_gap(v, g, &v->marks->at[g->last], m->line);
        }
        bool inside = is_in_answer(m, &opener) && !v->sequences.at[s - 1].level;
        group_add(v, &v->groups.at[group[s] - 1], i, inside);
        v->groups.at[group[s] - 1].sure += inside && opener.sure;
    }
}

typedef struct Region {
    uint32_t group[SLOTS]; /* 1 + the group of each kind that is open here */
} Region;

/* Marks of one class share a slot, bullets those of one sign; those inside an answer have others. */
static int slot_of(const Mark *m)
{
    if (m->class == MARK_BULLET)
        return MARK_CLASSES + (int)str_find_char(STR("-*+[1"), m->sign);
    return (int)m->class;
}

static bool ends_region(const Mark *m)
{
    return mark_opens(m) && (mark_is_heading(m) || m->said == ROLE_SECTION);
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
    uint32_t *slot = &r->group[slot_of(m) + (inside ? KINDS : 0)];
    if (*slot) {
        Group *g = &v->groups.at[*slot - 1];
        if (m->class == MARK_BULLET && m->indent > v->marks->at[g->last].indent + 1)
            return; /* it lies in the one above */
        group_gap(v, g, &v->marks->at[g->last], m->line);
    } else {
        Group *g = group_new(v, m->class);
        g->sum[F_LED] = is_led(v, i);
        g->sum[F_HEADED] = is_headed(v, i);
        g->sum[F_FIRST] = begins_file(v, i);
        *slot = (uint32_t)v->groups.n;
    }
    group_add(v, &v->groups.at[*slot - 1], i, inside);
}

/* One group for each form of terms between two headings. */
static void vote_terms(Vote *v)
{
    Region region = {0};
    Opener opener = {0};
    size_t from = v->groups.n;
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        bool weaker = m->class == MARK_BOLD || m->class == MARK_BARE || m->class == MARK_LABEL;
        if (mark_opens(m))
            opener = opener_of(v, i);
        else if (weaker && m->asks)
            opener.inside = true; /* it may yet open an entry */
        if (ends_region(m))
            region_close(v, &region, m->line);
        if (mark_is_term(m))
            region_add(v, &region, i, is_in_answer(m, &opener));
    }
    region_close(v, &region, end_line(v));
    count_rivals(v, from);
}

/* Whether a label only goes on with the counted title right above it: 1、两柱香 over 题目：… */
static bool goes_on(const Vote *v, size_t i)
{
    if (!i)
        return false;
    const Mark *m = &v->marks->at[i], *above = m - 1;
    Str text = wording_bare(source_line(v->source, m->line));
    bool text_of = str_starts(text, STR("题目")) || str_starts(text, STR("问题"));
    return text_of && !m->number.parts && above->class != MARK_LABEL && above->number.parts
        && text_between(v, above->line, m->line) == 0;
}

/* Labels, in one group between two headings; those in quotes may be of a talk that an answer repeats. */
static void vote_labels(Vote *v)
{
    Region region = {0};
    Opener opener = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (mark_opens(m))
            opener = opener_of(v, i);
        if (ends_region(m))
            region_close(v, &region, m->line);
        if (m->class != MARK_LABEL || goes_on(v, i))
            continue;
        bool quote = str_starts(str_trim(source_line(v->source, m->line)), STR(">"));
        region_add(v, &region, i, quote && is_in_answer(m, &opener));
    }
    region_close(v, &region, end_line(v));
}

static bool in_regions(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return (m->class == MARK_BULLET && !m->leads && !m->reply) || m->class == MARK_BARE || m->class == MARK_QUOTE
        || (m->class == MARK_BOLD && !v->sequence[i]);
}

static bool is_inside(const Mark *m, Opener o)
{
    if (m->class == MARK_BARE)
        return o.heading;
    return is_in_answer(m, &o) && !(m->class == MARK_BULLET && o.list);
}

/* One group for each class between two headings. */
static void vote_regions(Vote *v)
{
    Region region = {0};
    Opener opener = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (mark_opens(m))
            opener = opener_of(v, i);
        if (ends_region(m))
            region_close(v, &region, m->line);
        v->marks->at[i].told = m->told && !opener.asked; /* such an answer may ask itself, and answer */
        if (in_regions(v, i))
            region_add(v, &region, i, is_inside(m, opener));
    }
    region_close(v, &region, end_line(v));
}

/* The indented 1 right above a 1.1 counts with that, and so does a 2 right above a 2.1 after it. */
static void find_outlines(Vote *v)
{
    Mark *above = NULL;
    bool outline = false; /* the one above may be a 1, or follow a 1.1 */
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!mark_is_nested(m))
            continue;
        if (outline && above->class == MARK_INDENTED && m->class == MARK_NESTED
            && str_starts(m->number.text, above->number.text)
            && str_starts(str_drop(m->number.text, above->number.text.n), STR(".")))
            above->class = MARK_NESTED;
        outline = m->number.value == 1 || (above && above->class == MARK_NESTED);
        above = m;
    }
}

/* Numbers inside an entry: those of one form, up to the next entry. */
static void vote_nested(Vote *v)
{
    Region region = {0};
    find_outlines(v);
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (mark_opens(m))
            region_close(v, &region, m->line);
        if (mark_is_nested(m))
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
    count_rules(v);
}

uint32_t mark_last(const Mark *m)
{
    uint32_t last = m->extent.end > m->extent.question_to ? m->extent.end : m->extent.question_to;
    return last > m->line ? last : m->line;
}

/* The lines that lead to `m` say nothing; of the `kept` marks, those before them remain. */
static size_t take_head(Vote *v, const Mark *m, size_t kept)
{
    uint32_t first = m->line - m->extent.above;
    for (uint32_t line = first; line < m->line; line++)
        v->states[line - 1] = LINE_HEAD;
    while (kept && v->marks->at[kept - 1].line >= first)
        kept--;
    return kept;
}

/*
 * Of the marks that are now settled, those that lost are none; those that won own
 * their lines, and what else was found there is none either.
 */
static void settle(Vote *v, bool (*settled)(const Mark *))
{
    MarkVec *marks = v->marks;
    size_t kept = 0;
    uint32_t owned = 0;
    for (size_t i = 0; i < marks->n; i++) {
        Mark m = marks->at[i];
        if (m.line <= owned || (settled(&m) && !mark_opens(&m)))
            continue;
        if (settled(&m)) {
            kept = take_head(v, &m, kept);
            owned = mark_last(&m);
        }
        m.group = 0;
        if (v->sequence)
            v->sequence[kept] = v->sequence[i];
        marks->at[kept++] = m;
    }
    marks->n = kept;
    v->groups.n = 0;
    evidence_count_lines(v);
}

uint32_t mark_rank(const Vote *v, size_t i)
{
    static const uint8_t ranks[MARK_CLASSES] = {
        [MARK_NUMBER] = 80, [MARK_NESTED] = 90, [MARK_INDENTED] = 90, [MARK_CHINESE] = 70,
        [MARK_BULLET] = 80,
        [MARK_BOLD] = 75, [MARK_BARE] = 80, [MARK_QUOTE] = 80, [MARK_LABEL] = 85,
        [MARK_TERM] = 85, [MARK_POINT] = 85, [MARK_NAME] = 85, [MARK_GLOSS] = 85,
    };
    const Mark *m = &v->marks->at[i];
    uint32_t s = v->sequence ? v->sequence[i] : 0;
    if (mark_is_written(m))
        return m->level ? m->level * 10u : 85;
    if (i && m[-1].counts)
        return m[-1].level * 10u; /* the question is the heading's own */
    if (s && v->sequences.at[s - 1].level)
        return v->sequences.at[s - 1].level * 10u;
    return ranks[m->class] + (mark_is_nested(m) ? m->number.parts : 0u);
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

/* A step of an answer that asks, or a bold line with a question mark, and is answered below: a question within. */
static bool asks_by_itself(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    bool step = mark_is_nested(m) && m->asks, bold = m->class == MARK_BOLD && wording_question_mark(m->title);
    return (step || bold) && text_between(v, m->line, line_of(v, i + 1)) > 0;
}

/* The role of a mark whose group opens entries. */
static Role role_of(const Mark *m)
{
    bool part = wording_part(m->title) && !mark_is_written(m);
    if (m->number.chapter)
        return ROLE_SECTION;
    return !part ? ROLE_QUESTION : m->number.parts ? ROLE_OTHER : ROLE_TEXT;
}

/* Groups made since `from` get their score, and their marks a role. */
static void decide(Vote *v, size_t from)
{
    for (size_t g = from; g < v->groups.n; g++)
        group_score(&v->groups.at[g]);
    learn_habits(v, from);
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->group <= from)
            continue;
        if (v->groups.at[m->group - 1].score > 0 || m->class == v->wanted) {
            m->role = role_of(m);
            m->rank = mark_rank(v, i);
        }
        if (m->role == ROLE_TEXT && asks_by_itself(v, i)) {
            m->role = ROLE_QUESTION;
            m->rank = mark_rank(v, i);
            reason_add(v, m, "it asks, with an answer of its own");
            continue;
        }
        reason_add(v, m, NULL);
    }
}

/* What the writer says by a comment stands, in the votes and whatever they say. */
static void keep_words(Vote *v)
{
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (m->said == ROLE_TEXT)
            continue;
        m->role = m->said;
        bool plain = !m->level && m->said == ROLE_SECTION;
        m->rank = m->level ? m->level * 10u : plain ? SECTION_RANK : mark_rank(v, i);
    }
}

static void give_words(Vote *v)
{
    keep_words(v);
    for (size_t i = 0; i < v->marks->n; i++)
        if (v->marks->at[i].said)
            reason_add(v, &v->marks->at[i], "a comment says so");
}

/* What the counts were found to be before is forgotten. */
static void vote_counts_afresh(Vote *v, size_t from)
{
    for (size_t i = 0; i < v->marks->n; i++)
        if (counts_here(v, i)) {
            v->marks->at[i].role = v->marks->at[i].said;
            v->marks->at[i].group = 0;
        }
    v->groups.n = from;
    vote_sequences(v);
    decide(v, from);
}

/*
 * Counts vote until no heading gives way to them, and no more often than there are levels of
 * headings; only the last time is worth telling.
 */
static void vote_counts(Vote *v)
{
    ReasonVec *asked = v->reasons;
    size_t from = v->groups.n;
    bool again = true;
    for (int round = 0; again && round < LEVELS; round++) {
        v->reasons = NULL;
        vote_counts_afresh(v, from);
        v->reasons = asked;
        again = demote_like_others(v);
    }
    if (asked || again)
        vote_counts_afresh(v, from);
}

void vote(MarkVec *marks, const Source *s, uint8_t *states, ReasonVec *reasons, Arena *a)
{
    Vote v = {.marks = marks, .source = s, .states = states, .wording = wording_open(), .reasons = reasons,
              .arena = a};
    v.wanted_level = level_named(s->entry);
    v.wanted = mark_class(s->entry);
    evidence_count_lines(&v);
    evidence_find_margin(&v);
    vote_written(&v);
    decide(&v, 0);
    settle(&v, mark_is_written);
    find_contents(&v);
    find_talks(&v);
    find_counted(&v);
    v.sequence = arena_new(a, uint32_t, marks->n + 1);
    v.sequences = sequences_find(marks, v.sequence, a);

    keep_words(&v);
    find_chapters(&v);
    find_leads(&v);
    find_replies(&v);
    vote_headings(&v);
    vote_labels(&v);
    decide(&v, 0);
    vote_counts(&v);
    size_t from = v.groups.n;
    vote_terms(&v);
    decide(&v, from);
    settle(&v, mark_is_term);
    vote_regions(&v);
    decide(&v, 0);
    from = v.groups.n;
    vote_nested(&v);
    decide(&v, from);
    demote_headings(&v);
    give_words(&v);
    vote_blocks(&v);
    add_leads(&v);
}
