/*
 * card_fence.c -- a fence that names itself one of cards:
 *
 *     ```anki            ```ad-flashcard
 *     栈是什么？         队列是什么？
 *     ===                ___
 *     后进先出的表       先进先出的表
 *     ```                ```
 *
 * lines.h tells such a fence from one of code.
 */
#include "recognise/dialect.h"

static bool is_fence(const Look *l, uint32_t line)
{
    Str text = line && line <= l->source->line_count ? str_trim(source_line(l->source, line)) : STR("");
    return str_starts(text, STR("```")) && l->states[line - 1] == LINE_WRAP;
}

bool card_fence_read(const Look *l, uint32_t line, Mark *m)
{
    uint32_t open = line - 1;
    while (open && l->states[open - 1] == LINE_BLANK)
        open--;
    if (!open || !is_fence(l, open) || str_trim(source_line(l->source, open)).n == 3)
        return false; /* it closes */
    uint32_t turn = 0, end = line + 1;
    for (; end <= l->source->line_count && !is_fence(l, end); end++)
        if (!turn && l->states[end - 1] == LINE_RULE)
            turn = end;
    if (!turn)
        return false;
    Slice *pieces = arena_new(l->arena, Slice, 2);
    pieces[0] = (Slice){.part = PART_QUESTION, .from = line + 1, .to = turn - 1};
    pieces[1] = (Slice){.part = PART_ANSWER, .from = turn + 1, .to = end - 1};
    m->class = MARK_CARD_FENCE;
    m->title = look_text(l, line);
    uint32_t last = end <= l->source->line_count ? end : end - 1; /* it may never be closed */
    m->extent = (Extent){.end = last, .pieces = pieces, .piece_count = 2, .above = line - open};
    return m->title.n > 0;
}
