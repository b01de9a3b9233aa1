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

/* Take `{open}` or `{#id .class}`, which only programs read, off the end. */
static void cut_attributes(Str *title)
{
    size_t at = title->n;
    if (title->n < 3 || title->at[title->n - 1] != '}')
        return;
    while (at && title->at[at - 1] != '{')
        at--;
    char first = title->at[at];
    if (at && (is_alpha(first) || first == '#' || first == '.'))
        *title = str_trim(str_take(*title, at - 1));
}

size_t container_opens(Str line, Str *kind, Str *title)
{
    Str text = str_trim(line);
    size_t colons = eat_colons(&text), n = 0;
    bool apart = text.n && is_blank(text.at[0]);
    text = str_trim(text);
    while (n < text.n && (is_alpha(text.at[n]) || (n && (text.at[n] == '-' || is_digit(text.at[n])))))
        n++;
    *kind = str_take(text, n);
    *title = str_drop(text, n);
    bool ends = n ? !title->n || is_blank(title->at[0]) || str_find_char(STR("[{"), title->at[0]) != STR_NONE
                  : apart || str_starts(text, STR("{"));
    if (!ends || !text.n)
        return 0;
    *title = str_trim(*title);
    cut_attributes(title);
    if (title->n > 1 && title->at[0] == '[' && title->at[title->n - 1] == ']')
        *title = str_trim(str_take(str_drop(*title, 1), title->n - 2));
    return colons;
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
