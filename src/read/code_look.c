/*
 * code_look.c -- tolerant: does an indented block look like code?
 *
 * Four spaces are how Markdown writes code and how people line up their answers.  The
 * lines that are indented together are judged together, once: marks that code is full
 * of speak for it, Chinese text and its punctuation against it; see look.h.
 */
#include "read/block_parts.h"

#include "read/look.h"

enum { LONGEST_LOOK = 200 };

typedef struct Evidence {
    size_t marks, chinese, sentences, lines;
    bool in_comment;
} Evidence;

static bool begins_list(Str s)
{
    size_t i = 0;
    while (i < s.n && i < 3 && is_digit(s.at[i]))
        i++;
    bool marked = i < s.n && str_find_char(i ? STR(".)") : STR("-*+"), s.at[i]) != STR_NONE;
    return marked && i + 1 < s.n && is_blank(s.at[i + 1]);
}

static void weigh_line(Evidence *e, Str line)
{
    Look look;
    look_line(&look, line, &e->in_comment);
    e->lines++;
    e->marks += look.marks;
    e->chinese += look.chinese;
    e->sentences += look.sentence;
}

static bool is_code(const Evidence *e)
{
    if (e->chinese)
        return 2 * e->marks >= e->chinese;
    return 2 * e->sentences < e->lines || e->marks > 4 * e->lines;
}

bool blocks_look_like_code(Blocks *b)
{
    if (b->index < b->judged)
        return b->judged_code;

    Evidence e = {0};
    size_t indent = b->cursor.column + CODE_INDENT, i = b->index + 1;
    Str first = cursor_text(&b->cursor);
    weigh_line(&e, first);
    for (; i < b->lines->n; i++) {
        Str line = b->lines->at[i].text;
        if (str_trim(line).n == 0)
            continue;
        if (str_indent(line) < indent)
            break;
        if (e.lines < LONGEST_LOOK)
            weigh_line(&e, str_trim(line));
    }
    b->judged = i;
    b->judged_code = !begins_list(first) && is_code(&e);
    return b->judged_code;
}
