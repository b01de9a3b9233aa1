/*
 * pointer.c -- links told by their ends.
 */
#include "recognise/pointer.h"

#include "recognise/lines.h"

Str pointer_text(Str text)
{
    size_t end = str_starts(text, STR("[")) ? str_find(text, STR("](")) : STR_NONE;
    return end == STR_NONE ? text : str_take(str_drop(text, 1), end - 1);
}

bool pointer_to_place(Str line)
{
    line = line_indented(line);
    return str_starts(line, STR("[")) && str_ends(line, STR(")")) && str_find(line, STR("](#")) != STR_NONE;
}

/* "(zhihu.com)" at the end. */
static bool ends_in_domain(Str text)
{
    size_t at = text.n;
    while (at && (is_alnum(text.at[at - 1]) || str_find_char(STR(".-)"), text.at[at - 1]) != STR_NONE))
        at--;
    Str site = str_drop(text, at);
    return at && text.at[at - 1] == '(' && str_ends(site, STR(")")) && str_find_char(site, '.') != STR_NONE;
}

static bool names_site(Str text)
{
    static const char *const sites[] = {"博客", "博客园", "知乎", "简书", "掘金"};
    for (size_t i = 0; i < COUNT(sites); i++)
        if (str_ends(text, str_of(sites[i])))
            return true;
    return ends_in_domain(text);
}

bool pointer_to_page(Str title)
{
    size_t end = str_find(title, STR("]("));
    bool link = str_starts(title, STR("[")) && end != STR_NONE && names_site(str_trim(str_take(title, end)));
    bool picture = str_starts(title, STR("![")) && end != STR_NONE;
    return str_ends(title, STR(")")) && (picture || link);
}
