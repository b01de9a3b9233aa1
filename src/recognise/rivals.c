/*
 * rivals.c -- what else asks in a file where terms or texts between rules might be cards.
 */
#include "recognise/evidence.h"

#include "recognise/lines.h"

/* Whether a heading does nothing but lead to the term after it. */
static bool leads_to_term(const Vote *v, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return mark_is_heading(m) && !m->asks && !v->sequence[i] && i + 1 < v->marks->n && mark_is_term(m + 1)
        && text_between(v, m->line, m[1].line) == 0;
}

/*
 * What else the file asks, and which bullets among the terms are none: in percent, the
 * larger of the two.
 */
void count_rivals(Vote *v, size_t from)
{
    uint32_t questions = 0, terms = 0, run = 0; /* run: 1 + group of the terms above */
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        terms += mark_is_term(m);
        questions += m->role == ROLE_QUESTION && !leads_to_term(v, i);
        if (mark_is_term(m))
            run = m->group;
        else if (mark_is_heading(m) && mark_opens(m))
            run = 0;
        else if (run && m->class == MARK_BULLET && !m->indent && m[-1].line != m->line)
            v->groups.at[run - 1].sum[F_RIVALS]++;
    }
    for (size_t g = from; g < v->groups.n; g++) {
        uint32_t *others = &v->groups.at[g].sum[F_RIVALS];
        uint32_t here = *others * 100 / (*others + v->groups.at[g].members);
        uint32_t file = questions * 100 / (questions + terms);
        *others = here > file ? here : file;
    }
}

/* How many questions stand in the lines that the marks of group `g` would own. */
static uint32_t questions_within(const Vote *v, uint32_t g)
{
    uint32_t questions = 0, from = 0, to = 0;
    for (size_t i = 0; i < v->marks->n; i++) {
        const Mark *m = &v->marks->at[i];
        if (m->group == g) {
            from = m->line;
            to = m->extent.end;
        } else {
            questions += m->line > from && m->line <= to && m->asks && m->spaced;
        }
    }
    return questions;
}

/*
 * Of the texts between rules: in percent, the rules that stand over no such text, or the other
 * questions in the texts.
 */
void count_rules(Vote *v)
{
    for (size_t g = 0; g < v->groups.n; g++) {
        if (v->groups.at[g].class != MARK_BETWEEN)
            continue;
        uint32_t rules = 0, members = v->groups.at[g].members;
        for (size_t i = 0; i < v->source->line_count; i++)
            rules += v->states[i] == LINE_RULE;
        uint32_t others = rules > members ? (rules - members) * 100 / rules : 0;
        uint32_t within = questions_within(v, (uint32_t)g + 1) * 50 / members;
        v->groups.at[g].sum[F_RIVALS] = within > others ? within : others;
    }
}
