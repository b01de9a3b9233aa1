/*
 * front_back.c -- headings that only name the sides of a card, as apy and ki write them:
 *
 *     # Note                 F: 栈是什么？
 *     tags: 数据结构         B: 后进先出的表
 *     ## Front
 *     栈是什么？
 *     ## Back
 *     后进先出的表
 */
#include "recognise/dialect.h"

/* Whether `line` is a heading of no more than `word`, or of its Chinese name. */
static bool is_side(const Look *l, uint32_t line, const char *word, const char *chinese)
{
    Str text = look_text(l, line);
    if (!heading_eat(&text))
        return false;
    return str_eq(text, str_of(chinese)) || str_eq_nocase(text, str_of(word));
}

/*
 * How many lines right above `line` only lead to it: those from `Front` on, or from the
 * heading of the note and its `name: value` lines.
 */
static uint32_t head_lines(const Look *l, uint32_t line, Mark *m)
{
    uint32_t front = look_above(l, line), above = front;
    Str tags = {0};
    for (;;) {
        above = look_above(l, above);
        Str text = look_text(l, above), title = text;
        bool heading = heading_eat(&title);
        if (heading && str_eq_nocase(title, STR("note"))) {
            m->tags = tags;
            return line - above;
        }
        if (str_eat(&text, STR("tags:")))
            tags = str_trim(text);
        else if (heading || (!str_eat(&text, STR("model:")) && !str_eat(&text, STR("deck:"))))
            return line - front;
    }
}

static bool read_letters(const Look *l, uint32_t line, Str text, Mark *m)
{
    uint32_t end = line, turn = 0, count = l->source->line_count;
    while (end < count && line_speaks(l->states[end]) && !str_starts(look_text(l, end + 1), STR("F: "))) {
        end++;
        turn = !turn && str_starts(look_text(l, end), STR("B: ")) ? end : turn;
    }
    if (!turn)
        return false;
    m->title = str_trim(text);
    m->extent = (Extent){.question_to = turn - 1, .answer_from = turn, .end = end};
    Str whole = source_line(l->source, turn);
    m->extent.answer_skip = (uint32_t)(str_trim(whole).at - whole.at) + 3;
    return m->title.n > 0;
}

bool front_back_read(const Look *l, uint32_t line, Mark *m)
{
    m->class = MARK_FRONT_BACK;
    Str text = look_text(l, line);
    if (str_eat(&text, STR("F: ")))
        return read_letters(l, line, text, m);
    uint32_t front = l->states[line - 1] == LINE_TEXT ? look_above(l, line) : 0;
    if (!front || source_line(l->source, front).at[0] != '#' || !is_side(l, front, "front", "正面"))
        return false;
    uint32_t back = line + 1;
    Str other = {0};
    while (back <= l->source->line_count && (other = look_text(l, back), !heading_eat(&other)))
        back++;
    if (back > l->source->line_count || !is_side(l, back, "back", "背面"))
        return false;
    uint32_t end = back + 1;
    while (end <= l->source->line_count && (other = look_text(l, end), !heading_eat(&other)))
        end++;
    Slice *pieces = arena_new(l->arena, Slice, 2);
    pieces[0] = (Slice){.part = PART_QUESTION, .from = line + 1, .to = back - 1};
    pieces[1] = (Slice){.part = PART_ANSWER, .from = back + 1, .to = end - 1};
    m->title = text;
    m->extent = (Extent){.end = end - 1, .pieces = pieces, .piece_count = 2, .above = head_lines(l, line, m)};
    return text.n > 0;
}
