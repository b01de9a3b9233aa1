/*
 * cloze.c -- a paragraph, list item or heading whose text holds its own gaps:
 *
 *     Go 由 {{c1::Google::哪家公司}} 在 {{c2::2009}} 年发布。
 *     - HTTP 的默认端口是 {1:80 端口}，HTTPS 的是 {2:443 端口}
 *
 * The first form is unmistakable; the second needs another of its kind in the file,
 * since `{1: "a"}` is a value in many languages.
 */
#include "recognise/dialect.h"

#include "recognise/tags.h"

enum { DEEPEST_INDENT = 3 };

/* The form of the gaps in lines `from` to `to`; a cloze of Anki's goes before the other. */
static Gaps form_of(const Look *l, uint32_t from, uint32_t to)
{
    Gaps form = GAPS_NONE;
    Gap gap;
    for (uint32_t line = from; line <= to; line++) {
        Str text = look_text(l, line);
        if (str_find_char(text, '{') == STR_NONE)
            continue;
        if (gap_find(text, GAPS_CLOZE, 0, &gap))
            return GAPS_CLOZE;
        if (gap_find(text, GAPS_BRACES, 0, &gap))
            form = GAPS_BRACES;
    }
    return form;
}

/* Take a list mark, number, quote mark or hashes off; false where the line begins without. */
static bool eat_mark(Mark *m)
{
    Str text = m->title;
    m->level = heading_eat(&m->title);
    m->number = number_eat(&m->title);
    if (str_eat(&m->title, STR("> ")) || str_eat(&m->title, STR("- ")) || str_eat(&m->title, STR("* "))
        || str_eat(&m->title, STR("+ ")))
        m->title = str_trim(m->title);
    return m->title.at != text.at;
}

bool cloze_read(const Look *l, uint32_t line, Mark *m)
{
    m->title = look_text(l, line);
    bool marked = eat_mark(m), first = m->spaced || marked || line == l->run;
    if (l->states[line - 1] != LINE_TEXT || m->indent > DEEPEST_INDENT || !first)
        return false;
    uint32_t last = m->level ? line : look_item_end(l, line);
    m->cloze = form_of(l, line, last);
    if (!m->cloze)
        return false;
    m->class = m->cloze == GAPS_CLOZE ? MARK_CLOZE : MARK_BRACES;
    m->tags = last == line ? tags_eat(&m->title, l->arena) : STR("");
    if (!m->level)
        m->extent = (Extent){.question_to = last, .end = last};
    return m->title.n > 0;
}
