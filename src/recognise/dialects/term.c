/*
 * term.c -- a bold term and its definition on one line, in a list or not:
 *
 *     * **Mutex** - lets one thread in at a time
 *     - **互斥锁**：一次只让一个线程进
 *     **WAL**: write-ahead log
 *
 * In the answer of a question such a list only makes points; so does it in a file that
 * asks in other ways.  The colon is much more often used for that than the dash, and
 * is a class of its own.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"
#include "recognise/wording.h"

enum { LONGEST = 240 };

static bool eat_colon(Str *text)
{
    return !str_starts(*text, STR("::")) && (str_eat(text, STR("：")) || str_eat(text, STR(":")));
}

static bool eat_dash(Str *text)
{
    return str_eat(text, STR("- ")) || str_eat(text, STR("– ")) || str_eat(text, STR("— "))
        || str_eat(text, STR("——"));
}

/* Take `**term**` off, and the colon that may stand inside the marks. */
static Str eat_term(Str *text, bool *colon)
{
    if (!str_eat(text, STR("**")))
        return STR("");
    size_t end = str_find(str_take(*text, LONGEST), STR("**"));
    if (end == STR_NONE)
        return STR("");
    Str term = str_trim(str_take(*text, end));
    *text = str_trim(str_drop(*text, end + 2));
    size_t mark = str_ends(term, STR("：")) ? STR("：").n : str_ends(term, STR(":"));
    *colon = mark > 0;
    return str_trim(str_take(term, term.n - mark));
}

/* A letter is a choice, a word such as 答案 or 注意 belongs to what stands above it. */
static bool is_name(Str term)
{
    Label label;
    Str front = term;
    bool letter = term.n == 1 && is_alnum(term.at[0]);
    return term.n && !letter && !number_eat(&front).parts && !wording_part(term)
        && !label_read(term, true, &label);
}

bool term_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = source_line(l->source, line), text = str_trim(whole);
    bool colon, listed = false;
    line_eat_bullet(&text);
    listed = text.at != str_trim(whole).at;
    m->title = eat_term(&text, &colon);
    if (!is_name(m->title))
        return false;
    bool dash = !colon && eat_dash(&text);
    if (!colon && !dash && !eat_colon(&text))
        return false;
    text = str_trim(text);
    m->class = dash ? MARK_TERM : MARK_POINT;
    m->extent.answer_from = line;
    m->extent.answer_skip = (uint32_t)(text.at - whole.at);
    m->extent.end = listed ? look_item_end(l, line) : 0;
    return text.n > 0;
}
