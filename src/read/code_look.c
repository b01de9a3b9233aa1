/*
 * code_look.c -- tolerant: does an indented block look like code?
 *
 * Four spaces are how Markdown writes code and how people line up their answers.  The
 * lines that are indented together are judged together, once: marks that code is full
 * of speak for it, Chinese text and its punctuation against it.  What stands in
 * backticks or behind a comment mark says nothing.
 */
#include "read/block_parts.h"

#include "base/utf8.h"

enum { SENTENCE_MARK = 3, WORDS_OF_A_SENTENCE = 5, LONGEST_LOOK = 200 };

typedef struct Evidence {
    size_t marks;    /* of code */
    size_t chinese;  /* characters, punctuation counted more */
    size_t sentences, lines;
} Evidence;

/* Without what stands in backticks, and without a comment. */
static Str next_plain(Str *line)
{
    size_t i = 0;
    while (i < line->n && line->at[i] != '`' && !str_starts(str_drop(*line, i), STR("//")))
        i++;
    Str plain = str_take(*line, i);
    if (i < line->n && line->at[i] == '`') {
        *line = str_drop(*line, i + 1);
        str_cut(line, '`');
    } else {
        *line = STR("");
    }
    return plain;
}

static bool is_drawing(uint32_t code)
{
    return (code >= 0x2190 && code <= 0x21FF) || (code >= 0x2500 && code <= 0x25FF);
}

static bool is_sentence_mark(uint32_t code)
{
    return code == 0x3002 || code == 0xFF0C || code == 0xFF1B || code == 0xFF1F || code == 0x3001;
}

static void weigh(Evidence *e, Str plain)
{
    for (size_t i = 0, n; i < plain.n; i += n) {
        uint32_t code = utf8_at(plain, i, &n);
        if (code < 0x80)
            e->marks += str_find_char(STR("{}()[];=<>\"'+*/&|_$@#\\"), (char)code) != STR_NONE;
        else if (is_drawing(code))
            e->marks += 2;
        else if (utf8_is_cjk(code))
            e->chinese += is_sentence_mark(code) ? SENTENCE_MARK : 1;
    }
}

/* A line of words that ends as a sentence does. */
static bool is_sentence(Str line)
{
    size_t words = 0;
    line = str_trim(line);
    if (!line.n || str_find_char(STR(".?!,:"), line.at[line.n - 1]) == STR_NONE)
        return false;
    for (Str rest = line; rest.n;)
        words += str_cut(&rest, ' ').n > 0;
    return words >= WORDS_OF_A_SENTENCE;
}

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
    e->lines++;
    e->sentences += is_sentence(line);
    for (Str rest = line; rest.n;)
        weigh(e, next_plain(&rest));
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
        if (columns_of_indent(line) < indent)
            break;
        if (e.lines < LONGEST_LOOK)
            weigh_line(&e, str_trim(line));
    }
    b->judged = i;
    b->judged_code = !begins_list(first) && is_code(&e);
    return b->judged_code;
}
