/*
 * rules.c -- a line between question and answer, and another between cards:
 *
 *     栈是什么？              栈是什么？              栈
 *     ---                     %                       ---
 *     后进先出的表            后进先出的表            后进先出的表
 *
 *     ===                     ---                     (all of a file; two rules:
 *                                                     asked in both directions)
 *
 * With === or two rules between cards, a card begins after such a mark or at the start
 * of the file, and holds exactly one rule, no heading and no label.  One rule alone parts
 * sections everywhere, so a file without marks between cards is none of this kind, unless
 * it is short, and all of it is one card.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"
#include "recognise/wording.h"

enum { MOST_LINES = 60, MOST_ASKED = 12 };

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
    uint32_t next = look_below(l, line + 1);
    if (is_double(l, line))
        return line;
    return is_rule(l, next) && !is_double(l, next) ? next : 0;
}

/* Whether nothing, or a mark between cards, stands before `line`. */
static bool begins_card(const Look *l, uint32_t line)
{
    uint32_t above[2] = {0};
    for (int i = 0; i < 2; i++) {
        above[i] = look_above(l, i ? above[0] : line);
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

/* The first % from `line` on that has text before and after it, in a card up to `*end`; 0: none. */
static uint32_t next_percent(const Look *l, uint32_t line, uint32_t *end)
{
    uint32_t percent = 0;
    for (; line <= l->source->line_count && !is_rule(l, line); line++) {
        Str text = look_text(l, line);
        if (heading_eat(&text))
            return 0;
        bool turn = str_eq(text, STR("%")) || str_eq(text, STR("%%"));
        percent = turn && !percent ? line : percent;
    }
    *end = line - 1;
    return percent;
}

static bool after_rule(const Look *l, uint32_t line)
{
    uint32_t above = look_above(l, line);
    return !above || is_rule(l, above);
}

/* The parts of a card whose question ends before line `turn`. */
static void set_parts(const Look *l, Mark *m, uint32_t turn, uint32_t answer_to, uint32_t end)
{
    Slice *pieces = arena_new(l->arena, Slice, 3);
    pieces[0] = (Slice){.part = PART_QUESTION, .from = m->line + 1, .to = turn - 1};
    pieces[1] = (Slice){.part = PART_ANSWER, .from = turn + 1, .to = answer_to};
    pieces[2] = (Slice){.part = PART_EXPLANATION, .from = answer_to + 1, .to = end};
    m->class = MARK_RULES;
    m->title = look_text(l, m->line);
    m->number = number_eat(&m->title);
    m->extent = (Extent){.end = end, .pieces = pieces, .piece_count = 3};
}

/* A short file that is one card: question, rule, answer, and perhaps a rule and a remark. */
static bool read_whole(const Look *l, uint32_t line, Mark *m)
{
    uint32_t count = l->source->line_count, rule = next_rule(l, line);
    if (count > MOST_LINES || !is_rule(l, rule) || rule > line + MOST_ASKED)
        return false;
    uint32_t second = look_below(l, rule + 1);
    m->reversed = is_rule(l, second);
    uint32_t answer = m->reversed ? second + 1 : rule + 1;
    uint32_t end = next_rule(l, answer), rest = end <= count ? next_rule(l, end + 1) : end;
    if (look_below(l, answer) > count || end < answer || rest <= count)
        return false;
    bool asked = wording_asks(l->wording, look_text(l, line));
    for (uint32_t i = answer; i < end; i++) {
        Str text = look_text(l, i);
        if (wording_question_mark(text) || (!asked && number_eat(&text).parts))
            return false;
    }
    set_parts(l, m, rule, end - 1, count);
    m->class = MARK_WHOLE;
    return true;
}

bool rules_read(const Look *l, uint32_t line, Mark *m)
{
    uint32_t end, percent, count = l->source->line_count;
    if (l->states[line - 1] != LINE_TEXT || !after_rule(l, line))
        return false;
    if ((percent = next_percent(l, line, &end)) > line && percent < end) {
        set_parts(l, m, percent, end, end);
        return true;
    }
    if (!begins_card(l, line))
        return false;
    uint32_t rule = next_rule(l, line);
    if (!is_rule(l, rule))
        return false;
    uint32_t mark = next_rule(l, rule + 1);
    if (mark_end(l, rule) || !mark || (mark <= count && !mark_end(l, mark)) || (mark > count && line == 1))
        return !look_above(l, line) && read_whole(l, line, m);
    set_parts(l, m, rule, mark - 1, mark <= count ? mark_end(l, mark) : count);
    return true;
}
