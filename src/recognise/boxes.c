/*
 * boxes.c -- a fence is a box where its first line asks, or names what is below as nothing in code does.
 */
#include "recognise/boxes.h"

#include "recognise/lines.h"
#include "recognise/wording.h"

#include "base/utf8.h"

enum { FEWEST = 3 };

typedef enum { IS_CODE, NAMES, ASKS } FirstLine;

/* What the first line of a fence is: no remark, no call and no statement. */
static FirstLine look(const Wording *w, Str line)
{
    Str text = str_trim(line);
    char c = text.n ? text.at[0] : '/', last = text.n ? text.at[text.n - 1] : '/';
    bool latin = (unsigned char)c < 0x80 && (unsigned char)last < 0x80;
    if (latin && last != '?' && last != ':')
        return IS_CODE; /* as nearly always */
    if (str_find_char(STR("/#<>{}-*$"), c) != STR_NONE || str_find_char(text, ';') != STR_NONE)
        return IS_CODE;
    bool wide = str_ends(text, STR("：")), colon = wording_eat_colon(&text);
    if (latin && !wording_asks(w, str_take(text, text.n - (last == '?'))))
        return IS_CODE; /* where id = ? */
    if (wording_question_mark(text) || (wording_asks(w, text) && (colon || wording_topic(text))))
        return ASKS;
    return wide && wording_topic(text) ? NAMES : IS_CODE;
}

static bool is_heading(Str line)
{
    return str_starts(str_trim(line), STR("#"));
}

/* Whether the fence is all that stands below a heading, which it tells of then. */
static bool is_told_of(const Source *s, const uint8_t *states, uint32_t open, uint32_t end)
{
    uint32_t above = open - 1, below = end + 1;
    while (above && states[above - 1] == LINE_BLANK)
        above--;
    while (below <= s->line_count && states[below - 1] == LINE_BLANK)
        below++;
    return above && is_heading(source_line(s, above))
        && (below > s->line_count || is_heading(source_line(s, below)));
}

/* The line on which the fence that opens on line `open` closes, or one more than the last of the file. */
static uint32_t end_of(const Source *s, const uint8_t *states, uint32_t open)
{
    uint32_t line = open + 1;
    while (line <= s->line_count && states[line - 1] == LINE_CODE)
        line++;
    return line;
}

/* A line that would be a heading outside makes it code, too. */
static FirstLine first_line(const Source *s, const Wording *w, const uint8_t *states, uint32_t open, uint32_t end)
{
    uint32_t line = open + 1;
    while (line < end && utf8_looks_blank(source_line(s, line)))
        line++;
    FirstLine first = line < end ? look(w, source_line(s, line)) : IS_CODE;
    for (; first != IS_CODE && line < end; line++)
        if (is_heading(source_line(s, line)))
            return IS_CODE;
    return first != IS_CODE && is_told_of(s, states, open, end) ? IS_CODE : first;
}

static void open_box(const Source *s, uint8_t *states, uint32_t open, uint32_t end)
{
    states[open - 1] = LINE_BOX;
    for (uint32_t line = open + 1; line < end; line++)
        states[line - 1] = utf8_looks_blank(source_line(s, line)) ? LINE_BLANK : LINE_TEXT;
    if (end <= s->line_count)
        states[end - 1] = LINE_TOOL;
}

void boxes_open(const Source *s, uint8_t *states)
{
    const Wording wording = wording_open();
    uint32_t asking = 0, boxes = 0, fences = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t line = 1; line <= s->line_count; line++) {
            if (states[line - 1] != LINE_FENCE)
                continue;
            uint32_t open = line, end = end_of(s, states, open);
            FirstLine first = first_line(s, &wording, states, open, end);
            fences += !pass;
            boxes += !pass && first != IS_CODE;
            asking += !pass && first == ASKS;
            if (pass && first != IS_CODE)
                open_box(s, states, open, end);
            line = end;
        }
        if (asking < FEWEST || boxes * 2 < fences)
            return;
    }
}
