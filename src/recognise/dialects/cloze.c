/*
 * cloze.c -- a paragraph, list item or heading whose text holds its own gaps:
 *
 *     Go 由 {{c1::Google::哪家公司}} 在 {{c2::2009}} 年发布。
 *     - HTTP 的默认端口是 {1:80 端口}，HTTPS 的是 {2:443 端口}
 *
 * The first form is unmistakable; the second needs another of its kind in the file,
 * since `{1: "a"}` is a value in many languages.  Marked words and bare braces are gaps
 * only in a file that is tagged as one of cards:
 *
 *     ==Google== 在 ==2009==^[哪一年] 年发布 Go。      {Google} 在 2009 年发布 Go。
 */
#include "recognise/dialect.h"

#include "recognise/tags.h"

/* The forms, the surest first. */
static const struct {
    Gaps form;
    MarkClass class;
    char sign;
    bool tagged; /* only in a file of cards */
} forms[] = {
    {GAPS_CLOZE, MARK_CLOZE, '{', false}, {GAPS_BRACES, MARK_BRACES, '{', false},
    {GAPS_MARKS, MARK_MARKED, '=', true}, {GAPS_CURLY, MARK_CURLY, '{', true},
};

/* The index of the surest form of gaps in lines `from` to `to`; COUNT(forms) for none. */
static size_t form_of(const Look *l, uint32_t from, uint32_t to)
{
    size_t best = COUNT(forms);
    Gap gap;
    for (uint32_t line = from; line <= to; line++) {
        Str text = look_text(l, line);
        for (size_t i = 0; i < best; i++)
            if ((l->cards || !forms[i].tagged) && str_find_char(text, forms[i].sign) != STR_NONE
                && gap_find(text, forms[i].form, 0, &gap))
                best = i;
    }
    return best;
}

/* Whether cards of their own stand in lines `from` to `to`. */
static bool holds_cards(const Look *l, uint32_t from, uint32_t to)
{
    for (uint32_t line = from; line <= to; line++)
        if (look_is_tagged(look_text(l, line)))
            return true;
    return false;
}

/* Take a list mark, number, quote mark, hashes or the label T: off; false where the line begins without. */
static bool eat_mark(Mark *m)
{
    Str text = m->title;
    m->level = heading_eat(&m->title);
    m->number = number_eat(&m->title);
    static const char *const marks[] = {"T: ", "> ", "- ", "* ", "+ "};
    bool eaten = false;
    for (size_t i = 0; i < COUNT(marks) && !eaten; i++)
        eaten = str_eat(&m->title, str_of(marks[i]));
    m->title = eaten ? str_trim(m->title) : m->title;
    return m->title.at != text.at;
}

bool cloze_read(const Look *l, uint32_t line, Mark *m)
{
    m->title = look_text(l, line);
    bool label = str_starts(m->title, STR("T: ")); /* which begins no list */
    bool marked = eat_mark(m) && !label, first = m->spaced || marked || line == l->run;
    if (l->states[line - 1] != LINE_TEXT || m->indent > MARGIN || !first)
        return false;
    uint32_t last = m->level ? line : look_item_end(l, line);
    size_t found = form_of(l, line, last);
    if (found == COUNT(forms) || (forms[found].tagged && holds_cards(l, line + 1, last)))
        return false;
    m->cloze = forms[found].form;
    m->class = forms[found].class;
    m->tags = last == line ? tags_eat(&m->title, l->arena) : STR("");
    if (!m->level)
        m->extent = (Extent){.question_to = last, .end = last};
    return m->title.n > 0;
}
