/*
 * between.c -- entries that stand between rules, without a mark of their own:
 *
 *     ------------------------
 *     Switch 能否用 string 做参数？
 *     从 Java 7 起可以。
 *     ------------------------
 *
 * The first line below a rule is the question, and all up to the next is its answer.  Rules
 * part sections too, so most of them must stand over such a line: see the vote.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"
#include "recognise/wording.h"

#include "base/utf8.h"

enum { WIDTH = 70 };

static bool is_rule(const Look *l, uint32_t line)
{
    return l->states[line - 1] == LINE_RULE && look_text(l, line).at[0] != '=';
}

bool between_read(const Look *l, uint32_t line, Mark *m)
{
    if (l->states[line - 1] != LINE_TEXT)
        return false;
    uint32_t above = look_above(l, line);
    Str text = look_text(l, line), counted = text;
    Label label;
    if (!above || !is_rule(l, above) || m->indent > MARGIN
        || utf8_wider(text, WIDTH) || number_eat(&counted).parts || is_punct(text.at[0])
        || label_read(text, false, &label))
        return false;
    uint32_t last = line;
    for (uint32_t i = line + 1; i <= l->source->line_count && !is_rule(l, i); i++) {
        Str other = look_text(l, i);
        if (heading_eat(&other))
            break;
        last = line_speaks(l->states[i - 1]) ? i : last;
    }
    m->class = MARK_BETWEEN;
    m->title = text;
    m->extent = (Extent){.answer_from = line + 1, .end = last};
    return last > line;
}
