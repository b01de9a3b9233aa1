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
            return true;
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

/* The first text in quotes; else all, but for a colour and such before a comma. */
static Str title_of(Str arguments)
{
    size_t open = str_find_char(arguments, '"');
    if (open != STR_NONE) {
        Str title = str_drop(arguments, open + 1);
        return str_trim(str_cut(&title, '"'));
    }
    size_t comma = str_find_char(arguments, ',');
    return str_trim(comma == STR_NONE ? arguments : str_drop(arguments, comma + 1));
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
