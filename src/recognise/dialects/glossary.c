/*
 * glossary.c -- a name and what it means on one line, and nearly all lines of the file are such:
 *
 *     项目：为了创造独特的产品而进行的临时性工作。
 *     2. 项目集：一组相关的项目
 *
 * In any other file such lines make points, or name what is below.
 */
#include "recognise/dialect.h"

enum { LONGEST_NAME = 80 /* bytes */, FEWEST = 8, SAMPLE = 30 /* lines */ };

static bool is_colon(Str s)
{
    return s.at[0] == ':' || ((unsigned char)s.at[0] == 0xEF && str_starts(s, STR("：")));
}

/* Take the number, the name and the colon off; empty where there is no name. */
static Str eat_name(Str *text, Number *number)
{
    *number = number_eat(text);
    size_t at = 0, most = text->n < LONGEST_NAME ? text->n : LONGEST_NAME;
    while (at < most && !is_colon(str_drop(*text, at)))
        at++;
    Str name = str_trim(str_take(*text, at)), rest = str_drop(*text, at);
    bool address = str_starts(rest, STR("://")) || str_starts(rest, STR("::"));
    if (at == most || address || !term_is_plain(name) || !term_is_name(name))
        return STR("");
    *text = str_trim(str_drop(rest, rest.at[0] == ':' ? 1 : STR("：").n));
    return name;
}

void glossary_count(Glossary *g, Str line)
{
    Number number;
    if (g->lines > SAMPLE && g->names * 2 < g->lines)
        return; /* what the first lines are not, the file is not */
    g->lines++;
    g->names += eat_name(&line, &number).n && line.n;
}

bool glossary_is(const Glossary *g)
{
    return g->names >= FEWEST && g->names * 10 >= g->lines * 7;
}

bool glossary_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = source_line(l->source, line), text = str_trim(whole);
    m->title = l->glossary ? eat_name(&text, &m->number) : STR("");
    m->class = MARK_GLOSS;
    m->extent.answer_from = line;
    m->extent.answer_skip = (uint32_t)(text.at - whole.at);
    return m->title.n && text.n;
}
