/*
 * percent.c -- a line of only %, below a heading, between question and answer:
 *
 *     ## 这段代码返回什么？        ## 栈是什么？
 *     sum(5)
 *     %                            . . .
 *     15
 *                                  后进先出的表
 *
 * So do pandoc's pause, and the comment that md2apkg splits at.  One of several lines that
 * begin with % is a comment of some language.
 */
#include "recognise/dialect.h"

static bool is_turn(const Look *l, uint32_t line)
{
    bool comment = l->states[line - 1] == LINE_COMMENT;
    if ((comment && str_eq(str_trim(source_line(l->source, line)), STR("<!-- md2apkg split -->")))
        || str_eq(look_text(l, line), STR(". . .")))
        return true;
    return str_eq(look_text(l, line), STR("%")) && !str_starts(look_text(l, line - 1), STR("%"))
        && !str_starts(look_text(l, line + 1), STR("%"));
}

bool percent_read(const Look *l, uint32_t line, Mark *m)
{
    m->title = look_text(l, line);
    m->level = heading_eat(&m->title);
    if (!m->level || l->states[line - 1] != LINE_TEXT)
        return false;
    for (uint32_t i = line + 1; i <= l->source->line_count; i++) {
        Str text = look_text(l, i);
        if (heading_eat(&text))
            return false;
        if (!is_turn(l, i))
            continue;
        m->class = MARK_PERCENT;
        m->number = number_eat(&m->title);
        m->extent = (Extent){.question_to = i - 1, .answer_from = i + 1};
        return true;
    }
    return false;
}
