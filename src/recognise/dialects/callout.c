/*
 * callout.c -- a callout of a kind that asks:
 *
 *     > [!question]- 什么是 GMP？ #go
 *     > 调度器的三个角色
 *
 * Its answer is the rest of the quote.  Notes, tips, warnings and all other kinds are
 * part of a text.
 */
#include "recognise/dialect.h"

#include "recognise/foreign.h"
#include "recognise/tags.h"

static bool is_quoted(const Look *l, uint32_t line)
{
    if (line > l->source->line_count || !line_speaks(l->states[line - 1]))
        return false;
    Str text = str_trim(source_line(l->source, line));
    return str_starts(text, STR(">")) && l->states[line - 1] != LINE_RULE;
}

/* Take `[!question]-` off the front. */
static bool eat_kind(Str *text)
{
    static const char *const kinds[] = {"question", "faq", "help", "card", "anki", "flashcard"};
    if (!str_eat(text, STR("[!")))
        return false;
    Str kind = str_cut(text, ']');
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq_nocase(kind, str_of(kinds[i]))) {
            (void)(str_eat(text, STR("-")) || str_eat(text, STR("+")));
            *text = str_trim(*text);
            return true;
        }
    return false;
}

/* A quoted line without its mark. */
static Str quoted(const Look *l, uint32_t line)
{
    return str_trim(str_drop(str_trim(source_line(l->source, line)), 1));
}

static bool asks(const Look *l, uint32_t line)
{
    Str text = quoted(l, line);
    return eat_kind(&text);
}

bool callout_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = str_trim(source_line(l->source, line)), text = str_trim(str_drop(whole, 1));
    if (!str_starts(whole, STR(">")) || !eat_kind(&text))
        return false;
    uint32_t first = line + 1, last = line;
    if (!text.n && is_quoted(l, first) && !asks(l, first))
        text = quoted(l, first++);
    while (is_quoted(l, last + 1) && !asks(l, last + 1))
        last++;
    m->class = MARK_CALLOUT;
    m->id = foreign_eat(&text);
    m->tags = tags_eat(&text, l->arena);
    m->number = number_eat(&text);
    m->title = text;
    while (first <= last && !quoted(l, first).n)
        first++;
    m->extent = (Extent){.end = last};
    m->extent.answer_from = first;
    if (first > last)
        return text.n > 0;
    Str answer = quoted(l, first);
    m->extent.answer_skip = (uint32_t)(answer.at - source_line(l->source, first).at);
    m->extent.quoted = true;
    return text.n > 0;
}
