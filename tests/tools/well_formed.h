/*
 * well_formed.h -- whether markup is well-formed XML of the plain kind that we write:
 * elements with attributes in double quotes, text, comments, references.
 *
 * It is stricter than XML, and so short that it can be trusted more than what it judges.
 */
#ifndef DECKBIND_TESTS_WELL_FORMED_H
#define DECKBIND_TESTS_WELL_FORMED_H

#include "base/utf8.h"

enum { OPEN_MOST = 512, ATTRIBUTES_MOST = 8 };

static bool eat_name(Str *s, Str *name)
{
    size_t n = 0;
    while (n < s->n && (is_alnum(s->at[n]) || (n && strchr("-:.", s->at[n]))))
        n++;
    *name = str_take(*s, n);
    *s = str_drop(*s, n);
    return n > 0 && !is_digit(name->at[0]);
}

/* `&lt;`, `&#12;`: `s` stands behind the ampersand. */
static bool eat_reference(Str *s)
{
    static const Str named[] = {STR_INIT("amp;"), STR_INIT("lt;"), STR_INIT("gt;"), STR_INIT("quot;")};
    for (size_t i = 0; i < COUNT(named); i++)
        if (str_eat(s, named[i]))
            return true;
    size_t digits = 0;
    if (!str_eat(s, STR("#")))
        return false;
    for (; s->n && is_digit(s->at[0]); digits++)
        *s = str_drop(*s, 1);
    return digits && str_eat(s, STR(";"));
}

/* Up to one of `ends`, or to the end of all. */
static bool eat_text(Str *s, const char *ends)
{
    while (s->n && !strchr(ends, s->at[0])) {
        char c = s->at[0];
        if (!c || c == '<')
            return false;
        *s = str_drop(*s, 1);
        if (c == '&' && !eat_reference(s))
            return false;
    }
    return true;
}

static bool eat_attributes(Str *s)
{
    Str names[ATTRIBUTES_MOST];
    for (size_t n = 0; str_eat(s, STR(" ")) && !str_starts(*s, STR("/")); n++) {
        if (n == ATTRIBUTES_MOST || !eat_name(s, &names[n]) || !str_eat(s, STR("=\"")))
            return false;
        for (size_t i = 0; i < n; i++)
            if (str_eq(names[i], names[n]))
                return false;
        if (!eat_text(s, "\"") || !str_eat(s, STR("\"")))
            return false;
    }
    return true;
}

/* `s` stands behind `<!--`. */
static bool eat_comment(Str *s)
{
    size_t n = str_find(*s, STR("--"));
    *s = str_drop(*s, n);
    return str_eat(s, STR("-->"));
}

/* `s` stands behind `<`. */
static bool eat_tag(Str *s, Str open[OPEN_MOST], size_t *depth)
{
    Str name;
    if (str_eat(s, STR("!--")))
        return eat_comment(s);
    if (str_eat(s, STR("/")))
        return eat_name(s, &name) && *depth && str_eq(name, open[--*depth]) && str_eat(s, STR(">"));
    if (*depth == OPEN_MOST || !eat_name(s, &name) || !eat_attributes(s))
        return false;
    if (str_eat(s, STR("/>")))
        return true;
    open[(*depth)++] = name;
    return str_eat(s, STR(">"));
}

static bool holds_only_text(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.at[i] < ' ' && (!s.at[i] || !strchr("\n\t\r", s.at[i])))
            return false;
    return utf8_valid(s) == s.n;
}

static bool is_well_formed(Str html)
{
    Str open[OPEN_MOST];
    size_t depth = 0;
    if (!holds_only_text(html))
        return false;
    while (html.n) {
        if (!eat_text(&html, "<") || (str_eat(&html, STR("<")) && !eat_tag(&html, open, &depth)))
            return false;
    }
    return depth == 0;
}

#endif
