/*
 * deletion.c -- a text behind C: whose gaps stand in brackets, up to the next card:
 *
 *     C: 进程是[资源分配]的单位，
 *     线程是[调度]的单位。
 *     ---
 *
 * A choice C: after a choice B: is none, nor are the brackets of links and code.
 */
#include "recognise/dialect.h"

static bool begins_card(Str text)
{
    return str_starts(text, STR("C:")) || str_starts(text, STR("Q:")) || str_starts(text, STR("C："))
        || str_starts(text, STR("Q："));
}

/* Its last line that is text, and `*end`: a rule below it belongs to it too. */
static uint32_t last_line(const Look *l, uint32_t line, uint32_t *end)
{
    uint32_t last = line;
    for (uint32_t i = line + 1; i <= l->source->line_count; i++) {
        Str text = look_text(l, i);
        bool rule = l->states[i - 1] == LINE_RULE;
        *end = rule ? i : last;
        if (rule || begins_card(text) || heading_eat(&text))
            return last;
        last = line_speaks(l->states[i - 1]) ? i : last;
    }
    *end = last;
    return last;
}

static bool is_choice(const Look *l, uint32_t line)
{
    Str above = look_text(l, look_above(l, line));
    str_eat(&above, STR("- "));
    return str_starts(above, STR("B:")) || str_starts(above, STR("B："));
}

bool deletion_read(const Look *l, uint32_t line, Mark *m)
{
    m->title = look_text(l, line);
    bool label = str_eat(&m->title, STR("C: ")) || str_eat(&m->title, STR("C："));
    if (l->states[line - 1] != LINE_TEXT || m->indent > MARGIN || !label || is_choice(l, line))
        return false;
    m->title = str_trim(m->title);
    uint32_t end = line, last = last_line(l, line, &end);
    Gap gap;
    for (uint32_t i = line; i <= last; i++) {
        if (!gap_find(i == line ? m->title : look_text(l, i), GAPS_BRACKETS, 0, &gap))
            continue;
        m->class = MARK_DELETION;
        m->cloze = GAPS_BRACKETS;
        Slice *rest = arena_new(l->arena, Slice, 1);
        *rest = (Slice){.part = PART_QUESTION, .from = line + 1, .to = last};
        m->extent = (Extent){.question_to = last, .end = end, .pieces = rest, .piece_count = last > line};
        return m->title.n > 0;
    }
    return false;
}
