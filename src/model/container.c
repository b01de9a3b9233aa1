/*
 * container.c -- lines of colons; names of kinds.
 */
#include "model/container.h"

static const struct {
    Str kind, english, chinese;
} kinds[] = {
#define KIND(kind, english, chinese) {STR_INIT(kind), STR_INIT(english), STR_INIT(chinese)},
#include "model/callout.def"
};

enum { COLONS = 3 };

static size_t eat_colons(Str *text)
{
    size_t n = 0;
    while (n < text->n && text->at[n] == ':')
        n++;
    *text = str_drop(*text, n);
    return n >= COLONS ? n : 0;
}

size_t container_opens(Str line, Str *kind, Str *title)
{
    Str text = str_trim(line);
    size_t colons = eat_colons(&text), n = 0;
    text = str_trim(text);
    while (n < text.n && (is_alpha(text.at[n]) || (n && (text.at[n] == '-' || is_digit(text.at[n])))))
        n++;
    *kind = str_take(text, n);
    *title = str_drop(text, n);
    bool bracket = title->n > 1 && title->at[0] == '[' && title->at[title->n - 1] == ']';
    if (bracket)
        *title = str_take(str_drop(*title, 1), title->n - 2);
    else if (title->n && title->at[0] == '{')
        *title = STR(""); /* what only a program reads */
    else if (title->n && !is_blank(title->at[0]))
        return 0;
    *title = str_trim(*title);
    return n ? colons : 0;
}

size_t container_closes(Str line)
{
    Str text = str_trim(line);
    size_t colons = eat_colons(&text);
    return text.n ? 0 : colons;
}

Str container_name(Str kind, bool chinese)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq_nocase(kind, kinds[i].kind))
            return chinese ? kinds[i].chinese : kinds[i].english;
    return STR("");
}
