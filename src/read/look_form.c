/*
 * look_form.c -- the forms that a line of code may have.  The line has no blanks at its
 * ends and no comment behind it.
 */
#include "read/look.h"

static bool is_name(char c)
{
    return is_alnum(c) || c == '_';
}

/* The length of `a.b[i].c` at the front, 0 where no name is there. */
static size_t path_length(Str s)
{
    size_t i = 0;
    if (!s.n || !(is_alpha(s.at[0]) || s.at[0] == '_'))
        return 0;
    while (i < s.n && (is_name(s.at[i]) || (s.at[i] == '.' && i + 1 < s.n && is_name(s.at[i + 1])))) {
        i++;
        size_t close = i < s.n && s.at[i] == '[' ? str_find_char(str_drop(s, i), ']') : STR_NONE;
        if (close != STR_NONE)
            i += close + 1;
    }
    return i;
}

bool form_calls(Str line)
{
    for (size_t i = 1; i < line.n; i++)
        if (line.at[i] == '(' && is_name(line.at[i - 1]))
            return true;
    return false;
}

bool form_is_call(Str line)
{
    size_t n = path_length(line);
    if (!n || n == line.n || line.at[n] != '(')
        return false;
    while (line.n && (line.at[line.n - 1] == ';' || line.at[line.n - 1] == ','))
        line.n--;
    return line.at[line.n - 1] == ')';
}

bool form_assigns(Str line)
{
    str_eat(&line, STR("*"));
    for (;;) {
        size_t n = path_length(line);
        if (!n)
            return false;
        line = str_trim(str_drop(line, n));
        if (!str_eat(&line, STR(",")))
            break;
        line = str_trim(line);
    }
    if (str_starts(line, STR("==")) || str_starts(line, STR("=>")))
        return false;
    return line.n > 1 && line.at[0] == '=';
}

bool form_closes(Str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (str_find_char(STR("}]),;"), line.at[i]) == STR_NONE)
            return false;
    return line.n && str_find_char(STR("}])"), line.at[0]) != STR_NONE;
}

bool form_is_pair(Str line)
{
    if (!str_eat(&line, STR("\"")))
        return false;
    size_t close = str_find_char(line, '"');
    return close != STR_NONE && close && str_starts(str_trim(str_drop(line, close + 1)), STR(":"));
}

bool form_is_prompt(Str line)
{
    return str_eat(&line, STR("$ ")) && line.n && is_alpha(line.at[0]);
}

bool form_has_option(Str line)
{
    if (!path_length(line))
        return false;
    for (size_t i = 1; i + 2 < line.n; i++)
        if (is_blank(line.at[i - 1]) && line.at[i] == '-'
            && (is_alpha(line.at[i + 1]) || (line.at[i + 1] == '-' && is_alpha(line.at[i + 2]))))
            return true;
    return false;
}

bool form_is_setting(Str line)
{
    str_eat(&line, STR("- "));
    size_t n = 0;
    while (n < line.n && (is_name(line.at[n]) || line.at[n] == '-' || line.at[n] == '.'))
        n++;
    bool key = n && n + 1 < line.n && line.at[n] == ':' && line.at[n + 1] == ' ' && line.at[0] >= 'a';
    return key && str_find_char(STR(";,{()"), line.at[line.n - 1]) == STR_NONE
        && str_find(str_drop(line, n + 1), STR(": ")) == STR_NONE;
}
