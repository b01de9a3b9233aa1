/*
 * shortcode.c -- a name of the table between two brackets, and a title.
 */
#include "recognise/shortcode.h"

static const Str names[] = {
    STR_INIT("details"), STR_INIT("expand"), STR_INIT("spoiler"), STR_INIT("collapse"), STR_INIT("folding"),
    STR_INIT("fold"), STR_INIT("toggle"),
};

/* What stands between the brackets, all of the line; false: there are none. */
static bool eat_brackets(Str line, Str *inside)
{
    static const struct {
        Str open, close;
    } brackets[] = {
        {STR_INIT("{{<"), STR_INIT(">}}")}, {STR_INIT("{{%"), STR_INIT("%}}")}, {STR_INIT("{%"), STR_INIT("%}")},
    };
    line = str_trim(line);
    for (size_t i = 0; i < COUNT(brackets); i++) {
        *inside = line;
        if (str_eat(inside, brackets[i].open) && str_ends(*inside, brackets[i].close)) {
            *inside = str_trim(str_take(*inside, inside->n - brackets[i].close.n));
            return str_find(*inside, brackets[i].close) == STR_NONE; /* else it is closed on its line */
        }
    }
    return false;
}

static bool eat_name(Str *s)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        Str rest = *s;
        if (!str_eat(&rest, names[i]) || (rest.n && is_alnum(rest.at[0])))
            continue;
        *s = str_trim(rest);
        return true;
    }
    return false;
}

/* What stands in the quotes at the front; empty: there are none. */
static Str quoted(Str s)
{
    bool quote = s.n && (s.at[0] == '"' || s.at[0] == '\'');
    size_t end = 1;
    while (quote && end < s.n && (s.at[end] != s.at[0] || s.at[end - 1] == '\\'))
        end++;
    return quote && end < s.n ? str_trim(str_drop(str_take(s, end), 1)) : STR("");
}

/* Of what is named the title, of what is not the first in quotes or all, but for a colour before a comma. */
static Str title_of(Str arguments)
{
    static const char *const keys[] = {"title=", "summary=", "text="};
    for (size_t i = 0; i < COUNT(keys); i++) {
        size_t at = str_find(arguments, str_of(keys[i]));
        if (at != STR_NONE)
            return quoted(str_drop(arguments, at + str_of(keys[i]).n));
    }
    Str title = quoted(arguments);
    if (title.n || str_find(arguments, STR("=\"")) != STR_NONE)
        return title;
    size_t word = 0;
    while (word < arguments.n && is_alpha(arguments.at[word]))
        word++;
    bool colour = word && word < arguments.n && arguments.at[word] == ',';
    return colour ? str_trim(str_drop(arguments, word + 1)) : arguments;
}

bool shortcode_opens(Str line, Str *title)
{
    Str inside;
    if (!eat_brackets(line, &inside) || !eat_name(&inside))
        return false;
    *title = title_of(inside);
    return true;
}

bool shortcode_closes(Str line)
{
    Str inside;
    if (!eat_brackets(line, &inside) || !(str_eat(&inside, STR("/")) || str_eat(&inside, STR("end"))))
        return false;
    inside = str_trim(inside);
    return eat_name(&inside) && !inside.n;
}
