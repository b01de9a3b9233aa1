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

enum { CLOSE_CALL = 12, RUN = 6, LONG_RUN = 10 };

/* The next heading, written-out cards on headings included. */
static size_t next_heading(const Vote *v, size_t i)
{
    for (i++; i < v->marks->n && !v->marks->at[i].level; i++)
        ;
    return i;
}

/* Of a form that is filled in below heading after heading. */
static bool is_of_form(const Vote *v, const Mark *m)
{
    return m->repeated && v->forms[m->level];
}

static bool names_part(const Vote *v, const Mark *m)
{
    return wording_part(m->title) || is_of_form(v, m);
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
              && !names_part(v, &v->marks->at[next]) && !wording_lone(v->marks->at[next].title);
    h.numbered = m->number.parts > 1 || v->sequence[i];
    return h;
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
        if (!mark_is_heading(m) || names_part(v, m) || wording_lone(m->title))
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

/*
 * Whether all that stands between a heading and `next` are links: places to read on, or, with
 * `contents`, places in the file itself.
 */
static bool only_links(const Vote *v, const Mark *m, uint32_t next, bool contents)
{
    bool any = false;
    for (uint32_t line = m->line + 1; line < next; line++) {
        if (!line_speaks(v->states[line - 1]) || v->states[line - 1] == LINE_RULE)
            continue;
        Str text = source_line(v->source, line);
        bool link = contents ? str_find(text, STR("](#")) != STR_NONE
                             : str_find(text, STR("](")) != STR_NONE || str_find(text, STR("://")) != STR_NONE;
        if (!link)
            return false;
        any = true;
    }
    return any || !contents;
}

/* A role, and the words for it in `deckbind explain`. */
typedef struct Verdict {
    Role role;
    const char *why;
} Verdict;

static Verdict heading_above(const Vote *v, const Heading *h, const Mark *m)
{
    if (h->text ? m->asks || h->numbered : m->asks && !h->children)
        return (Verdict){ROLE_QUESTION, "above the level of entries, but it asks or counts"};
    bool list = h->children && begins_with_list(v, m);
    if (h->text && !list && !only_links(v, m, line_of(v, next_heading(v, h->index)), false))
        return (Verdict){ROLE_QUESTION, "above the level of entries, but it has text of its own"};
    return (Verdict){ROLE_SECTION, "above the level of entries"};
}

/* `mostly`: most headings of this level have text of their own. */
static Verdict heading_at(const Vote *v, const Heading *h, const Mark *m, bool mostly)
{
    if (h->text && !m->asks && only_links(v, m, line_of(v, next_heading(v, h->index)), true))
        return (Verdict){ROLE_OTHER, "the contents of the file"};
    if (m->number.chapter)
        return (Verdict){ROLE_SECTION, "numbered as a chapter"};
    if (h->text || heading_asks(v, h))
        return (Verdict){ROLE_QUESTION, "on the level of entries"};
    if (h->children && !(h->numbered && mostly))
        return (Verdict){ROLE_SECTION, "on the level of entries, but it only groups"};
    return (Verdict){ROLE_QUESTION, "on the level of entries, without a text so far"};
}

/* Whether `m` counts in another way: （1）below 9., and no 9.1. */
static bool counts_apart(const Mark *m, const Mark *over)
{
    return m->number.parts == 1 && over->number.parts == 1
        && (m->number.sign != over->number.sign || m->number.chinese != over->number.chinese);
}

/* `over`: the nearest heading above it that opened an entry; NULL: none. */
static Verdict heading_below(const Vote *v, const Heading *h, const Mark *over)
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
    bool counted;      /* … and are counted */
    bool unanswered;   /* most have none, and group none: a list of questions to be answered */
    size_t open[LEVELS]; /* 1 + the latest heading of each level that opened an entry; 0: none */
    Role latest;       /* the latest heading that opened an entry … */
    uint8_t latest_level; /* … and its level */
    bool begun, tagged;
    const bool *own;   /* headings of a run of their own */
} Descent;

/* Mark `i` closes what stands on its level and below. */
static void descend(Descent *d, const Mark *m, size_t i)
{
    for (uint8_t l = m->level; l < LEVELS; l++)
        d->open[l] = 0;
    if (m->role == ROLE_QUESTION || m->role == ROLE_SECTION)
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
    if (names_part(v, m) && d->begun)
        return (Verdict){inside ? ROLE_PART : ROLE_OTHER, "a word that names a part"};
    if (wording_lone(m->title) && inside)
        return (Verdict){ROLE_PART, "a word that asks, of the question above it"};
    if (!d->begun && is_title(v, h, m))
        return (Verdict){ROLE_SECTION, "the title of the file"};
    if (d->tagged && !m->asks && !h->numbered)
        return heading_untagged(h, d->latest == ROLE_QUESTION && d->latest_level < m->level);
    if (m->leads)
        return (Verdict){ROLE_SECTION, "it leads to a list of questions, as others of its level do"};
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
    return heading_below(v, h, over);
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
        other[m->level] |= m->leads || m->number.parts || wording_round(m->title);
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
            reason_add(v, m, verdict.why);
            d.begun = true;
        }
        if (!m->level || m->role == ROLE_PART)
            continue;
        if (mark_opens(m)) {
            d.latest = m->role;
            d.latest_level = m->level;
        }
        descend(&d, m, i);
    }
}

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

/* Where most headings of a level group entries, its empty ones wait for some. */
static void demote_empty(Vote *v)
{
    uint32_t sections[LEVELS] = {0}, questions[LEVELS] = {0};
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        sections[m->level] += mark_is_heading(m) && m->role == ROLE_SECTION;
        questions[m->level] += mark_is_heading(m) && m->role == ROLE_QUESTION;
    }
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        if (!is_empty(v, i) || sections[m->level] <= questions[m->level])
            continue;
        m->role = ROLE_SECTION;
        reason_add(v, m, "empty, where most headings of its level group entries");
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
