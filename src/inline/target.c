/*
 * target.c -- scanners for the tail of a link.  None looks far past its own kind:
 * parentheses nest so deep only, a label is so long only, and an angle bracket, a
 * quote or a bracket ends the search that another one of its kind began.
 */
#include "inline/target.h"

enum { DEEPEST_PAREN = 32, LONGEST_LABEL = 999 };

static bool is_escape(Str s, size_t i)
{
    return s.at[i] == '\\' && i + 1 < s.n && is_punct(s.at[i + 1]);
}

static size_t skip_spaces(Str s, size_t i)
{
    while (i < s.n && (is_blank(s.at[i]) || s.at[i] == '\n'))
        i++;
    return i;
}

/* Both return the offset after the destination, and STR_NONE for none. */
static size_t read_angled(Str s, size_t at, Str *target)
{
    for (size_t i = at + 1; i < s.n && s.at[i] != '<' && s.at[i] != '\n'; i++) {
        if (s.at[i] == '>') {
            *target = (Str){s.at + at + 1, i - at - 1};
            return i + 1;
        }
        i += is_escape(s, i);
    }
    return STR_NONE;
}

static size_t read_plain(Str s, size_t at, Str *target)
{
    int depth = 0;
    size_t i = at;
    for (; i < s.n && (unsigned char)s.at[i] > ' ' && s.at[i] != 0x7F; i++) {
        if (s.at[i] == '(' && ++depth > DEEPEST_PAREN)
            return STR_NONE;
        if (s.at[i] == ')' && --depth < 0)
            break;
        i += is_escape(s, i);
    }
    *target = (Str){s.at + at, i - at};
    return depth > 0 ? STR_NONE : i;
}

/* The offset after the title, and STR_NONE for none. */
static size_t read_title(Str s, size_t at, Str *title)
{
    char open = s.at[at], close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return STR_NONE;
    for (size_t i = at + 1; i < s.n; i++) {
        if (s.at[i] == close) {
            *title = (Str){s.at + at + 1, i - at - 1};
            return i + 1;
        }
        if (s.at[i] == '(' && open == '(')
            return STR_NONE;
        i += is_escape(s, i);
    }
    return STR_NONE;
}

/* The offset after `=300x200`, and STR_NONE for none. */
static size_t read_size(Str s, size_t at, Str *size)
{
    size_t i = at + 1;
    while (i < s.n && (is_digit(s.at[i]) || s.at[i] == 'x' || s.at[i] == '%'))
        i++;
    *size = (Str){s.at + at + 1, i - at - 1};
    return size->n ? i : STR_NONE;
}

bool target_read(Str text, size_t at, bool tolerant, Target *t)
{
    *t = (Target){.target = STR(""), .title = STR("")};
    size_t i = skip_spaces(text, at + 1);
    if (i == text.n)
        return false;
    i = text.at[i] == '<' ? read_angled(text, i, &t->target) : read_plain(text, i, &t->target);
    if (i == STR_NONE)
        return false;
    size_t spaced = skip_spaces(text, i);
    if (spaced > i && spaced < text.n && text.at[spaced] != ')') {
        bool size = tolerant && text.at[spaced] == '=';
        i = size ? read_size(text, spaced, &t->size) : read_title(text, spaced, &t->title);
        if (i == STR_NONE)
            return false;
        spaced = skip_spaces(text, i);
    }
    t->end = spaced + 1;
    return spaced < text.n && text.at[spaced] == ')';
}

size_t label_end(Str text, size_t at)
{
    bool blank = true;
    for (size_t i = at + 1; i < text.n && text.at[i] != '['; i++) {
        if (text.at[i] == ']')
            return blank ? STR_NONE : i + 1;
        if (i - at > LONGEST_LABEL)
            return STR_NONE;
        blank = blank && is_space(text.at[i]);
        i += is_escape(text, i);
    }
    return STR_NONE;
}
