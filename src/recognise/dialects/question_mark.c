/*
 * question_mark.c -- a line that is only a question mark, between question and answer:
 *
 *     什么是 GMP？               栈
 *     ?                          ??          (asked in both directions)
 *     调度器的三个角色           后进先出
 *
 * The answer ends at a blank line that is not in a fence, or at `+++` where that
 * stands before the next card.
 */
#include "recognise/dialect.h"

#include "recognise/tags.h"

static bool is_heading(const Look *l, uint32_t line)
{
    Str text = look_text(l, line);
    return l->states[line - 1] == LINE_TEXT && heading_eat(&text);
}

/* The number of ? on a line of nothing else; 0: there is more, or none. */
static size_t marks_on(const Look *l, uint32_t line)
{
    Str text = look_text(l, line);
    bool marks = str_eq(text, STR("?")) || str_eq(text, STR("??")) || str_eq(text, STR("？"))
              || str_eq(text, STR("？？"));
    return !marks ? 0 : text.at[0] == '?' ? text.n : text.n / STR("？").n;
}

/* A paragraph begins here, or what is below a heading without a blank line. */
static bool begins(const Look *l, uint32_t line)
{
    return line == 1 || !line_speaks(l->states[line - 2]) || is_heading(l, line - 1);
}

/* The line of the mark below `line` in its paragraph; 0 for none. */
static uint32_t find_mark(const Look *l, uint32_t line)
{
    uint32_t most = is_heading(l, line) ? line + 1 : l->source->line_count;
    for (line++; line <= most && line <= l->source->line_count; line++) {
        if (!line_speaks(l->states[line - 1]) || is_heading(l, line))
            return 0;
        if (marks_on(l, line))
            return line;
    }
    return 0;
}

static uint32_t answer_end(const Look *l, uint32_t mark)
{
    uint32_t paragraph = 0;
    for (uint32_t line = mark + 1; line <= l->source->line_count; line++) {
        if (marks_on(l, line) || is_heading(l, line))
            return paragraph ? paragraph : line - 1;
        if (str_eq(look_text(l, line), STR("+++")))
            return line;
        if (!paragraph && !line_speaks(l->states[line - 1]))
            paragraph = line - 1;
    }
    return paragraph ? paragraph : l->source->line_count;
}

bool question_mark_read(const Look *l, uint32_t line, Mark *m)
{
    uint32_t mark = begins(l, line) ? find_mark(l, line) : 0;
    if (!mark || mark == l->source->line_count || !line_speaks(l->states[mark]))
        return false;
    Str text = look_text(l, line);
    m->level = heading_eat(&text);
    line_eat_bullet(&text);
    m->tags = tags_eat(&text, l->arena);
    m->number = number_eat(&text);
    m->title = text;
    m->class = MARK_QUESTION_MARK;
    m->reversed = marks_on(l, mark) == 2;
    m->extent = (Extent){.question_to = mark - 1, .answer_from = mark + 1, .end = answer_end(l, mark)};
    return text.n > 0;
}
