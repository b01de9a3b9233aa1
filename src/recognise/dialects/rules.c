/*
 * rules.c -- a rule between question and answer, and === or two rules between cards:
 *
 *     栈是什么？
 *     ---
 *     后进先出的表
 *
 *     ===
 *
 * A card begins after such a mark or at the start of the file, and holds exactly one
 * rule, no heading and no label.  One rule alone parts sections everywhere, so a file
 * without the marks between cards is none of this kind.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"

/* The first line from `line` on that says something; one more than the last for none. */
static uint32_t skip_silence(const Look *l, uint32_t line)
{
    while (line <= l->source->line_count && !line_speaks(l->states[line - 1]))
        line++;
    return line;
}

static bool is_rule(const Look *l, uint32_t line)
{
    return line && line <= l->source->line_count && l->states[line - 1] == LINE_RULE;
}

static bool is_double(const Look *l, uint32_t line)
{
    return str_starts(look_text(l, line), STR("=="));
}

/* The last line of the mark between cards that begins on the rule `line`; 0: it is none. */
static uint32_t mark_end(const Look *l, uint32_t line)
{
    uint32_t next = skip_silence(l, line + 1);
    if (is_double(l, line))
        return line;
    return is_rule(l, next) && !is_double(l, next) ? next : 0;
}

/* Whether nothing, or a mark between cards, stands before `line`. */
static bool begins_card(const Look *l, uint32_t line)
{
    uint32_t above[2] = {0};
    for (int i = 0; i < 2; i++) {
        uint32_t from = i ? above[0] : line;
        while (from > 1 && !line_speaks(l->states[from - 2]))
            from--;
        above[i] = from - 1;
        if (!above[i])
            return i == 0;
        if (!is_rule(l, above[i]))
            return false;
        if (is_double(l, above[i]))
            return i == 0;
    }
    return true;
}

/* The first rule from `line` on; one more than the last line for none.  0: no card holds that. */
static uint32_t next_rule(const Look *l, uint32_t line)
{
    for (; line <= l->source->line_count && !is_rule(l, line); line++) {
        Str text = look_text(l, line);
        Label label;
        if (l->states[line - 1] == LINE_TEXT && (heading_eat(&text) || label_read(text, false, &label)))
            return 0;
    }
    return line;
}

bool rules_read(const Look *l, uint32_t line, Mark *m)
{
    if (l->states[line - 1] != LINE_TEXT || !begins_card(l, line))
        return false;
    uint32_t rule = next_rule(l, line), count = l->source->line_count;
    if (!is_rule(l, rule) || mark_end(l, rule))
        return false;
    uint32_t mark = next_rule(l, rule + 1);
    if (!mark || (mark <= count && !mark_end(l, mark)))
        return false;
    Slice *pieces = arena_new(l->arena, Slice, 2);
    pieces[0] = (Slice){.part = PART_QUESTION, .from = line + 1, .to = rule - 1};
    pieces[1] = (Slice){.part = PART_ANSWER, .from = rule + 1, .to = mark - 1};
    m->class = MARK_RULES;
    m->title = look_text(l, line);
    m->number = number_eat(&m->title);
    m->extent = (Extent){.end = mark <= count ? mark_end(l, mark) : count, .pieces = pieces, .piece_count = 2};
    return true;
}
