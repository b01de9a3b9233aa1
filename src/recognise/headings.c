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
#include "recognise/pointer.h"
#include "recognise/wording.h"

enum { CLOSE_CALL = 12, RUN = 6, LONG_RUN = 10, LAST_RANK = 95 /* nothing lies in the contents */ };

/* Of a form that is filled in below heading after heading. */
static bool is_of_form(const Vote *v, const Mark *m)
{
    return m->repeated && v->forms[m->level];
}

/* One talk of several stands right below. */
static bool holds_rounds(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    size_t next = next_heading(v, i);
    return !m->asks && next < v->marks->n && v->marks->at[next].level > m->level && v->marks->at[next].round;
}

static bool names_part(const Vote *v, const Mark *m)
{
    return m->part || is_of_form(v, m);
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
    while (!h.text && next < v->marks->n && v->marks->at[next].level > m->level && is_of_form(v, &v->marks->at[next])) {
        size_t after = next_heading(v, next);
        h.text = text_between(v, line_of(v, next), line_of(v, after)) > 0;
        next = after;
    }
    h.children = next < v->marks->n && v->marks->at[next].level > m->level
              && !names_part(v, &v->marks->at[next]) && !v->marks->at[next].lone;
    h.numbered = m->number.parts > 1 || v->sequence[i];
    return h;
}

/* Whether `m` counts in another way: （1）below 9., and no 9.1. */
static bool counts_apart(const Mark *m, const Mark *over)
{
    return m->number.parts == 1 && over->number.parts == 1
        && (m->number.sign != over->number.sign || m->number.chinese != over->number.chinese);
}

/* Whether several topics with texts of their own stand below, no points that are counted apart. */
static bool groups(const Vote *v, const Heading *h)
{
    const Mark *m = &v->marks->at[h->index];
    uint32_t topics = 0;
    for (size_t i = next_heading(v, h->index); i < v->marks->n && v->marks->at[i].level > m->level;) {
        const Mark *below = &v->marks->at[i];
        size_t next = next_heading(v, i);
        topics += !names_part(v, below) && !wording_aspect(below->title) && !counts_apart(below, m)
               && text_between(v, below->line, line_of(v, next)) > 0;
        i = next;
    }
    return topics > 1;
}

/* Whether its title gathers questions, and some stand below it: headings, or what asks. */
static bool gathers(const Vote *v, const Heading *h)
{
    const Mark *m = &v->marks->at[h->index];
    uint32_t below = 0;
    if (m->asks || !wording_gathers(m->title))
        return false;
    for (size_t i = h->index + 1; i < v->marks->n && below < 2; i++) {
        const Mark *next = &v->marks->at[i];
        if (next->level && next->level <= m->level)
            break;
        below += next->level || next->asks;
    }
    return below > 1;
}

/* Of a heading that only leads to others, words that tell what those are about ask nothing. */
static bool heading_asks(const Vote *v, const Heading *h)
{
    const Mark *m = &v->marks->at[h->index];
    return h->text || !h->children ? m->asks : wording_demands(&v->wording, m->title);
}

/* Whether its number goes on with no other. */
static bool is_alone(const Vote *v, size_t i)
{
    return v->sequence[i] && v->sequences.at[v->sequence[i] - 1].members == 1;
}

/* Whether a level has but one heading, and the next lower one many with texts: that one is their title. */
static bool is_one_above(const Group *levels, uint8_t level)
{
    const Group *below = &levels[level + 1];
    return levels[level].members == 1 && level + 1 < LEVELS && below->members > FEW
        && below->sum[F_BODY] * 3 >= below->members * 2;
}

/*
 * The level whose headings open entries.  A deeper level must be clearly better,
 * since the headings inside answers look like questions too.
 */
static uint8_t entry_level(Vote *v, bool *mostly, bool *counted, bool *unanswered)
{
    Group levels[LEVELS] = {0};
    uint32_t grouping[LEVELS] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!mark_is_heading(m) || names_part(v, m) || m->lone || m->contents || m->counts || m->round)
            continue;
        v->headings[m->level]++;
        Group *g = &levels[m->level];
        g->class = MARK_HEADING;
        g->members++;
        Heading h = heading_look(v, i);
        g->sum[F_ASKS] += heading_asks(v, &h);
        g->sum[F_TOPIC] += m->topic;
        g->sum[F_NUMBERED] += h.numbered && !is_alone(v, i);
        g->sum[F_BODY] += h.text;
        grouping[m->level] += h.children && !h.text;
    }
    uint8_t best = 0;
    for (uint8_t level = 1; level < LEVELS; level++) {
        if (!levels[level].members || is_one_above(levels, level))
            continue;
        group_score(&levels[level]);
        if (!best || levels[level].score > levels[best].score + CLOSE_CALL)
            best = level;
    }
    *counted = levels[best].sum[F_NUMBERED] * 3 >= levels[best].members * 2 && levels[best].members > FEW;
    *mostly = levels[best].sum[F_BODY] * 2 > levels[best].members;
    *unanswered = levels[best].sum[F_BODY] * FEW < levels[best].members && grouping[best] * FEW < levels[best].members;
    return best;
}

/* Of topics, that is: a list of sentences is a text. */
static bool begins_with_list(const Vote *v, const Mark *m)
{
    for (uint32_t line = m->line; line < v->source->line_count; line++) {
        if (v->states[line] == LINE_BLANK)
            continue;
        Str text = str_trim(source_line(v->source, line + 1));
        return v->states[line] == LINE_TABLE || (line_eat_bullet(&text) && wording_topic(text));
    }
    return false;
}

static bool is_link(Str line)
{
    return str_find(line, STR("](")) != STR_NONE || str_find(line, STR("://")) != STR_NONE;
}

/* To a place in the file itself, among whatever else. */
static bool is_link_inside(Str line)
{
    return str_find(line, STR("](#")) != STR_NONE;
}

static bool is_item(Str line)
{
    line = str_trim(line);
    return line_eat_bullet(&line) || number_eat(&line).parts || pointer_to_place(line);
}

/* Whether all that stands right below a heading, up to the next, fits; `some`: and anything does. */
static bool only(const Vote *v, const Heading *h, bool (*fits)(Str line), bool some)
{
    uint32_t next = line_of(v, next_heading(v, h->index));
    for (uint32_t line = v->marks->at[h->index].line + 1; line < next; line++) {
        if (!line_speaks(v->states[line - 1]) || v->states[line - 1] == LINE_RULE)
            continue;
        if (!fits(source_line(v->source, line)))
            return false;
        some = false;
    }
    return !some;
}

/* Whether the next heading is of the same level, and has a text. */
static bool is_over_told(const Vote *v, const Heading *h)
{
    size_t next = next_heading(v, h->index);
    return next < v->marks->n && v->marks->at[next].level == v->marks->at[h->index].level
        && text_between(v, line_of(v, next), line_of(v, next_heading(v, next))) > 0;
}

/*
 * Lines below heading `i`, which neither asks nor counts, that ask: the first of them right below, and
 * one with a question mark; 0: there are none.
 */
static uint32_t asking_lines(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    uint32_t lines = 0, marked = 0;
    if (m->asks || m->number.parts || !leads_to_question(v, i) || m[1].class != MARK_BARE)
        return 0;
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++) {
        bool line = v->marks->at[i].class == MARK_BARE && v->marks->at[i].asks;
        lines += line;
        marked += line && wording_question_mark(v->marks->at[i].title);
    }
    return marked ? lines : 0;
}

/* Whether headings lead to lines that ask: one to several, or several to one each. */
static bool lead_to_lines(const Vote *v)
{
    uint32_t leads = 0;
    for (size_t i = 0; i < v->marks->n && leads < FEW; i++) {
        uint32_t lines = mark_is_heading(&v->marks->at[i]) ? asking_lines(v, i) : 0;
        leads += lines > 1 ? FEW : lines;
    }
    return leads >= FEW;
}

/* A role, and the words for it in `deckbind explain`. */
typedef struct Verdict {
    Role role;
    const char *why;
} Verdict;

/* `7.` or the `-` of `9 -`, but not 404. */
static bool is_count_alone(Str title)
{
    bool mark = false;
    for (size_t i = 0; i < title.n; i++) {
        if (!is_digit(title.at[i]) && !is_punct(title.at[i]) && !is_space(title.at[i]))
            return false;
        mark |= is_punct(title.at[i]);
    }
    return mark;
}

static Verdict heading_above(const Vote *v, const Heading *h, const Mark *m)
{
    if (h->text ? m->asks || h->numbered : m->asks && !h->children)
        return (Verdict){ROLE_QUESTION, "above the level of entries, but it asks or counts"};
    bool list = h->children && begins_with_list(v, m);
    if (h->text && !list && !only(v, h, is_link, false))
        return (Verdict){ROLE_QUESTION, "above the level of entries, but it has text of its own"};
    return (Verdict){ROLE_SECTION, "above the level of entries"};
}

/* `mostly`: most headings of this level have text of their own. */
static Verdict heading_at(const Vote *v, const Heading *h, const Mark *m, bool mostly)
{
    if (h->text && !m->asks && only(v, h, is_link_inside, true))
        return (Verdict){ROLE_OTHER, "the contents of the file"};
    if (m->number.chapter)
        return (Verdict){ROLE_SECTION, "numbered as a chapter"};
    if (!h->text && !m->asks && is_count_alone(m->title))
        return (Verdict){ROLE_OTHER, "a number that waits for its title"};
    if (h->text || heading_asks(v, h))
        return (Verdict){ROLE_QUESTION, "on the level of entries"};
    if (h->children && !(h->numbered && mostly && !groups(v, h)))
        return (Verdict){ROLE_SECTION, "on the level of entries, but it only groups"};
    return (Verdict){ROLE_QUESTION, "on the level of entries, without a text so far"};
}

/* `over`: the nearest heading above it that opened an entry; NULL: none. */
static Verdict heading_below(const Vote *v, const Heading *h, const Mark *over, bool beside)
{
    const Mark *m = &v->marks->at[h->index];
    bool question = over && over->role == ROLE_QUESTION;
    if (question && !m->asks && counts_apart(m, over))
        return (Verdict){ROLE_TEXT, "below the level of entries, and counted apart: a point of the answer above"};
    if (m->asks || (h->numbered && (h->text || !question)))
        return (Verdict){ROLE_QUESTION, "below the level of entries, but it asks or counts"};
    if (question && h->text && !over->asks && !over->number.parts)
        return (Verdict){ROLE_QUESTION, "below the level of entries: a topic of its own below another"};
    if (question)
        return (Verdict){ROLE_TEXT, "below the level of entries: part of the answer above"};
    if (!h->text && beside)
        return (Verdict){ROLE_QUESTION, "below the level of entries, and empty, but beside a question"};
    if (!h->text)
        return (Verdict){ROLE_TEXT, "below the level of entries, and empty"};
    return (Verdict){ROLE_QUESTION, "below the level of entries, but its section has no other"};
}

/* Where headings are written out as cards, those that are not group them, or are text. */
static Verdict heading_untagged(const Heading *h, bool inside)
{
    if (h->children)
        return (Verdict){ROLE_SECTION, "not written out as a card, as others are: it groups them"};
    if (inside)
        return (Verdict){ROLE_TEXT, "not written out as a card, as others are: part of the answer above"};
    return (Verdict){ROLE_OTHER, "not written out as a card, as others are"};
}

/* Whether more headings are written out as cards than are others with a text. */
static bool cards_are_tagged(const Vote *v)
{
    size_t tagged = 0, others = 0;
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        tagged += m->level && mark_is_written(m);
        others += mark_is_heading(m) && text_between(v, m->line, line_of(v, next_heading(v, i))) > 0;
    }
    return tagged > others;
}

static bool is_title(const Vote *v, const Heading *h, const Mark *m)
{
    if (!h->children || (m->asks && h->text) || v->sequence[h->index])
        return false;
    for (size_t i = 0; i < v->marks->n; i++)
        if (i != h->index && mark_is_heading(&v->marks->at[i]) && v->marks->at[i].level <= m->level
            && !v->sequence[i])
            return false;
    return true;
}

/*
 * A file may change its habit half-way: many headings of one lower level in a row below
 * one entry, which ask, skip a level or are very many, are entries of their own.  `own[i]`
 * for each.
 */
static void find_runs(const Vote *v, uint8_t level, bool *own)
{
    for (size_t i = 0; i < v->marks->n;) {
        const Mark *first = &v->marks->at[i];
        size_t end = i, members = 0, asking = 0, told = 0; /* told: with a text of their own */
        for (; end < v->marks->n; end++) {
            const Mark *m = &v->marks->at[end];
            if (m->level && m->level != first->level)
                break;
            members += m->level > 0;
            asking += m->level && m->asks;
            told += m->level && text_between(v, m->line, line_of(v, next_heading(v, end))) > 0;
        }
        bool lower = first->level > level && members >= RUN && told * 2 > members;
        if (lower && (asking * 3 >= members || first->level > level + 1 || members >= LONG_RUN))
            for (size_t k = i; k < end; k++)
                own[k] = v->marks->at[k].level > 0;
        i = end > i ? end : i + 1;
    }
}

/* What is known while going down the headings. */
typedef struct Descent {
    uint8_t level;     /* whose headings open entries */
    bool mostly;       /* most of these have text of their own */
    bool counted;      /* two thirds of them, which are not few, are counted */
    bool unanswered;   /* most have none, and group none: a list of questions to be answered */
    size_t open[LEVELS]; /* 1 + the latest heading of each level that opened an entry; 0: none */
    Role latest;       /* the latest heading that opened an entry … */
    uint8_t latest_level; /* … and its level */
    bool begun, tagged;
    bool lines;        /* headings lead to lines that ask */
    const bool *own;   /* headings of a run of their own */
} Descent;

/* Mark `i` closes what stands on its level and below. */
static void descend(Descent *d, const Mark *m, size_t i)
{
    for (uint8_t l = m->level; l < LEVELS; l++)
        d->open[l] = 0;
    if (m->role == ROLE_QUESTION || m->role == ROLE_SECTION || m->counts)
        d->open[m->level] = i + 1;
}

/* Whether it has nothing but leads to the counted entries of its own level. */
static bool leads_on(const Vote *v, const Descent *d, const Heading *h, const Mark *m)
{
    size_t next = next_heading(v, h->index);
    return d->counted && m->level == d->level && !h->text && !m->number.parts && !m->labelled && !m->asks
        && next < v->marks->n && v->marks->at[next].level == m->level;
}

static Verdict heading_verdict(const Vote *v, const Descent *d, const Heading *h)
{
    const Mark *m = &v->marks->at[h->index];
    const Mark *over = NULL;
    for (uint8_t l = 1; l < m->level; l++)
        over = d->open[l] ? &v->marks->at[d->open[l] - 1] : over;
    bool inside = over && over->role == ROLE_QUESTION;
    Label label;
    if (label_read(m->title, true, &label) && d->latest == ROLE_QUESTION)
        return (Verdict){ROLE_PART, "a word that opens a part, at whatever level"};
    if (wording_example(m->title) && d->latest == ROLE_QUESTION)
        return (Verdict){ROLE_PART, "a word that names an example, at whatever level"};
    if (is_of_form(v, m) && inside)
        return (Verdict){ROLE_PART, "of a form that is filled in below several headings"};
    if (names_part(v, m) && (d->begun || !(m->number.parts || is_title(v, h, m))))
        return (Verdict){inside || (over && over->counts) ? ROLE_PART : ROLE_OTHER, "a word that names a part"};
    if (m->counts)
        return (Verdict){ROLE_OTHER, "it only counts what is asked below"};
    if (m->lone && inside)
        return (Verdict){ROLE_PART, "a word that asks, of the question above it"};
    if (!is_wanted(v, m) && gathers(v, h))
        return (Verdict){ROLE_SECTION, "a word that gathers questions"};
    if (!is_wanted(v, m) && (m->round || holds_rounds(v, h->index)))
        return (Verdict){ROLE_SECTION, "it names a round of an interview, or holds some"};
    if (m->contents && (!wording_contents(m->title) || only(v, h, is_item, false)))
        return (Verdict){ROLE_OTHER, "the contents of the file"};
    if (!d->begun && is_title(v, h, m))
        return (Verdict){ROLE_SECTION, "the title of the file"};
    if (d->tagged && !m->asks && !h->numbered)
        return heading_untagged(h, d->latest == ROLE_QUESTION && d->latest_level < m->level);
    if (m->leads)
        return (Verdict){ROLE_SECTION, "it leads to a list of questions, as others of its level do"};
    if (!is_wanted(v, m) && d->lines && asking_lines(v, h->index))
        return (Verdict){ROLE_SECTION, "questions stand below it, the first right below"};
    if (m->level < d->level)
        return heading_above(v, h, m);
    if (d->own[h->index])
        return (Verdict){ROLE_QUESTION, "one of many of its level, where the file changes its habit"};
    if (d->unanswered && !h->text && m->level >= d->level && !m->number.chapter)
        return (Verdict){ROLE_QUESTION, "without a text so far, as most of the file"};
    if (leads_on(v, d, h, m))
        return (Verdict){ROLE_SECTION, "on the level of entries, but empty and not counted as they are"};
    if (m->level == d->level)
        return heading_at(v, h, m, d->mostly);
    bool below = d->latest == ROLE_QUESTION && d->latest_level == m->level;
    return heading_below(v, h, over, below || is_over_told(v, h));
}

/* Levels whose titles nearly all stand below several headings: Premise and Response, no rounds of a talk. */
static void find_forms(Vote *v)
{
    enum { FEWEST = 4 };
    uint32_t all[LEVELS] = {0}, repeated[LEVELS] = {0};
    bool other[LEVELS] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (!mark_is_heading(m))
            continue;
        all[m->level]++;
        repeated[m->level] += m->repeated;
        other[m->level] |= m->leads || m->number.parts || m->round;
    }
    for (uint8_t level = 2; level < LEVELS; level++)
        v->forms[level] = all[level - 1] >= 2 && all[level] >= FEWEST && !other[level]
                       && repeated[level] * 5 >= all[level] * 4;
}

void vote_headings(Vote *v)
{
    find_forms(v);
    bool *own = arena_new(v->arena, bool, v->marks->n + 1);
    Descent d = {.own = own};
    d.level = entry_level(v, &d.mostly, &d.counted, &d.unanswered);
    d.tagged = cards_are_tagged(v);
    d.lines = lead_to_lines(v);
    if (v->wanted_level) {
        d.counted = d.counted && d.level == v->wanted_level;
        d.level = v->wanted_level;
    }
    find_runs(v, d.level, own);
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (mark_is_heading(m)) {
            Heading h = heading_look(v, i);
            Verdict verdict = heading_verdict(v, &d, &h);
            m->role = verdict.role;
            m->rank = m->level * 10u - (m->role == ROLE_SECTION && leads_on(v, &d, &h, m));
            if (m->role == ROLE_OTHER && m->contents)
                m->rank = LAST_RANK;
            reason_add(v, m, verdict.why);
            d.begun = true;
        }
        if (!m->level || m->role == ROLE_PART)
            continue;
        if (mark_opens(m)) {
            d.latest = m->counts ? ROLE_QUESTION : m->role;
            d.latest_level = m->level;
        }
        descend(&d, m, i);
    }
}
