/*
 * title.c -- marks around titles, in Markdown and in HTML.
 */
#include "recognise/title.h"

#include "recognise/number.h"

/* Take `mark` off at both ends of `*s`, where it stands nowhere else. */
static bool eat_around(Str *s, Str mark)
{
    bool around = s->n > 2 * mark.n && str_starts(*s, mark)
               && str_find(str_drop(*s, mark.n), mark) == s->n - 2 * mark.n;
    if (around)
        *s = str_trim(str_take(str_drop(*s, mark.n), s->n - 2 * mark.n));
    return around;
}

bool bold_eat(Str *s)
{
    Str inner = *s;
    if (str_starts(inner, STR("==")))
        eat_around(&inner, STR("==")); /* marked, too */
    bool slanted = inner.n > 6 && inner.at[0] == inner.at[inner.n - 1]
                && (str_starts(inner, STR("_**")) || str_starts(inner, STR("***")));
    if (slanted)
        inner = str_take(str_drop(inner, 1), inner.n - 2);
    bool bold = eat_around(&inner, STR("**")) || eat_around(&inner, STR("__"));
    if (bold)
        *s = inner;
    return bold;
}

Str mark_title(Str s)
{
    s = str_trim(s);
    while (str_ends(s, STR("<br>")) || str_ends(s, STR("<br/>")) || str_ends(s, STR("<br />")))
        s = str_trim(str_take(s, s.n - (s.at[s.n - 2] == '/' ? s.at[s.n - 3] == ' ' ? 6 : 5 : 4)));
    bold_eat(&s);
    return s;
}

uint8_t heading_eat(Str *text)
{
    Str s = *text;
    size_t n = 0;
    while (n < s.n && s.at[n] == '#')
        n++;
    if (n == 0 || n > 6 || n == s.n)
        return 0;
    bool blank = is_blank(s.at[n]);
    Str rest = str_drop(s, n);
    bool span = (s.at[n] == '[' && str_find(s, STR("](")) != STR_NONE) || str_starts(rest, STR("**"))
             || (s.at[n] == '`' && str_find_char(str_drop(rest, 1), '`') != STR_NONE);
    Str counted = rest;
    bool tag = n == 1 && !blank && !number_eat(&counted).chinese; /* #三、title; #3. may be a remark in code */
    if (!blank && (tag || (is_punct(s.at[n]) && !span)))
        return 0; /* #tag, #include, ##[ */
    s = str_trim(str_drop(s, n));
    size_t end = s.n;
    while (end && s.at[end - 1] == '#')
        end--;
    if (end < s.n && (!end || is_blank(s.at[end - 1])))
        s.n = end;
    *text = str_trim(s);
    return text->n ? (uint8_t)n : 0;
}

uint8_t html_heading_eat(Str *text)
{
    Str s = *text;
    if (!str_starts_nocase(s, STR("<h")) || s.n < 9 || s.at[2] < '1' || s.at[2] > '6')
        return 0;
    const char end[] = {'<', '/', 'h', s.at[2], '>'};
    Str close = {end, sizeof end};
    size_t open = str_find_char(s, '>') + 1;
    if (str_find(str_take(s, open), STR("align")) != STR_NONE)
        return 0; /* it adorns the top of a page */
    if (s.n < open + close.n || !str_starts_nocase(str_drop(s, s.n - close.n), close))
        return 0;
    *text = str_trim(str_drop(str_take(s, s.n - close.n), open));
    return text->n ? (uint8_t)(s.at[2] - '0') : 0;
}
