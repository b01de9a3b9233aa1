/*
 * definition.c -- link reference definitions, `[label]: target "title"`.
 *
 * Labels are compared folded; target and title are kept as they are written, and are
 * resolved where they are used.
 */
#include "read/block_parts.h"

enum { LONGEST_LABEL = 999, MOST_PARENTHESES = 32 };

/* Blanks with at most one line end among them. */
static size_t skip_gap(Str s, size_t i)
{
    while (i < s.n && is_blank(s.at[i]))
        i++;
    if (i < s.n && s.at[i] == '\n')
        i++;
    while (i < s.n && is_blank(s.at[i]))
        i++;
    return i;
}

/* The end of the line after blanks, behind its '\n'; STR_NONE where more stands there. */
static size_t skip_line_end(Str s, size_t i)
{
    while (i < s.n && is_blank(s.at[i]))
        i++;
    if (i == s.n)
        return i;
    return s.at[i] == '\n' ? i + 1 : STR_NONE;
}

/* `[label]:`, its end; 0 for none. */
static size_t label_end(Str s, Str *label)
{
    size_t i = 1;
    while (i < s.n && i <= LONGEST_LABEL && s.at[i] != ']' && s.at[i] != '[')
        i += s.at[i] == '\\' && i + 1 < s.n ? 2 : 1;
    if (!str_starts(str_drop(s, i), STR("]:")))
        return 0;
    *label = (Str){s.at + 1, i - 1};
    return str_trim(*label).n ? i + 2 : 0;
}

/* `<target>` from `i` on; 0 for none. */
static size_t bracketed_end(Str s, size_t i, Str *target)
{
    size_t from = ++i;
    while (i < s.n && s.at[i] != '>' && s.at[i] != '<' && s.at[i] != '\n')
        i += s.at[i] == '\\' && i + 1 < s.n && s.at[i + 1] != '\n' ? 2 : 1;
    if (i >= s.n || s.at[i] != '>')
        return 0;
    *target = (Str){s.at + from, i - from};
    return i + 1;
}

static bool ends_target(char c)
{
    return (unsigned char)c <= ' ' || c == '\x7F';
}

static size_t target_end(Str s, size_t i, Str *target)
{
    if (i < s.n && s.at[i] == '<')
        return bracketed_end(s, i, target);
    size_t from = i;
    int open = 0;
    for (; i < s.n && !ends_target(s.at[i]); i++) {
        if (s.at[i] == '\\' && i + 1 < s.n && is_punct(s.at[i + 1]))
            i++;
        else if (s.at[i] == '(' && ++open > MOST_PARENTHESES)
            return 0;
        else if (s.at[i] == ')' && --open < 0)
            return 0;
    }
    *target = (Str){s.at + from, i - from};
    return open == 0 && i > from ? i : 0;
}

/* The title in its marks from `i` on; 0 for none. */
static size_t title_end(Str s, size_t i, Str *title)
{
    if (i >= s.n || str_find_char(STR("\"'("), s.at[i]) == STR_NONE)
        return 0;
    char open = s.at[i], close = open == '(' ? ')' : open;
    size_t from = ++i;
    while (i < s.n && s.at[i] != close && !(open == '(' && s.at[i] == '('))
        i += s.at[i] == '\\' && i + 1 < s.n ? 2 : 1;
    if (i >= s.n || s.at[i] != close)
        return 0;
    *title = (Str){s.at + from, i - from};
    return i + 1;
}

bool definition_eat(Str *text, References *refs, Arena *a)
{
    Str s = *text, label, target, title = STR("");
    size_t i = label_end(s, &label);
    if (!i || !(i = target_end(s, skip_gap(s, i), &target)))
        return false;

    size_t end = skip_line_end(s, i), gap = skip_gap(s, i);
    size_t after = gap > i ? title_end(s, gap, &title) : 0;
    size_t titled_end = after ? skip_line_end(s, after) : STR_NONE;
    if (titled_end != STR_NONE)
        end = titled_end;
    else
        title = STR("");
    if (end == STR_NONE)
        return false;

    Reference *r = vec_push(&refs->links, a);
    *r = (Reference){reference_label(label, a), target, title};
    *text = str_drop(s, end);
    return true;
}
