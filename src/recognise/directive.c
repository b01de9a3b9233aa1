/*
 * directive.c -- the words.
 */
#include "recognise/directive.h"

static const char *const words[] = {
    [DIRECTIVE_CARD] = "card", [DIRECTIVE_SECTION] = "section", [DIRECTIVE_TEXT] = "text",
    [DIRECTIVE_OFF] = "off", [DIRECTIVE_ON] = "on",
};

Directive directive_read(Str line)
{
    line = str_trim(line);
    if (!str_eat(&line, STR("<!--")) || !str_ends(line, STR("-->")))
        return DIRECTIVE_NONE;
    line = str_trim(str_take(line, line.n - 3));
    if (!str_eat(&line, STR("deckbind:")))
        return DIRECTIVE_NONE;
    line = str_trim(line);
    for (Directive d = DIRECTIVE_CARD; d < DIRECTIVE_UNKNOWN; d++)
        if (str_eq(line, str_of(words[d])))
            return d;
    return DIRECTIVE_UNKNOWN;
}
