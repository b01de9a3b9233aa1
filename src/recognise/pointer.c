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
    if (str_starts_nocase(line, STR("<a href=\"#")) && str_ends(line, STR("</a>")))
        return str_find(line, STR("</a>")) == line.n - STR("</a>").n;
    return str_starts(line, STR("[")) && str_ends(line, STR(")")) && str_find(line, STR("](#")) != STR_NONE;
}

/* "(zhihu.com)" at the end: letters behind the last dot. */
static bool ends_in_domain(Str text)
{
    size_t at = text.n, letters = 0;
    if (!str_ends(text, STR(")")))
        return false;
    for (at--; at && is_alpha(text.at[at - 1]); at--)
        letters++;
    bool dot = letters > 1 && at && text.at[at - 1] == '.';
    while (at && (is_alnum(text.at[at - 1]) || text.at[at - 1] == '.' || text.at[at - 1] == '-'))
        at--;
    return dot && at && text.at[at - 1] == '(';
}

/* A site behind a dash, a blank or the like, which part it from the title of the page. */
static bool names_site(Str text)
{
    static const char *const sites[] = {"博客", "博客园", "CSDN博客", "知乎", "简书", "掘金"};
    for (size_t i = 0; i < COUNT(sites); i++) {
        Str site = str_of(sites[i]);
        if (str_ends(text, site) && text.n > site.n
            && str_find_char(STR("-_| "), text.at[text.n - site.n - 1]) != STR_NONE)
            return true;
    }
    return ends_in_domain(text);
}

/* Whether the text is one link, of which `](` stands at `at`. */
static bool is_one_link(Str text, size_t at)
{
    return at != STR_NONE && str_find_char(str_drop(text, at), ')') == text.n - at - 1;
}

bool pointer_to_page(Str title)
{
    size_t end = str_find(title, STR("]("));
    bool link = str_starts(title, STR("[")) && is_one_link(title, end) && names_site(str_trim(str_take(title, end)));
    return link || (str_starts(title, STR("![")) && is_one_link(title, end));
}
