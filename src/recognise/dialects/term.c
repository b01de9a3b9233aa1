/*
 * term.c -- a bold term, or one in code marks, and its definition on one line, in a list or not:
 *
 *     * **Mutex** - lets one thread in at a time
 *     - **互斥锁**：一次只让一个线程进
 *     **WAL**: write-ahead log        Worm - spreads by itself
 *     - `ls`：列出目录
 *
 * In the answer of a question such a list only makes points; so does it in a file that
 * asks in other ways.  The colon is much more often used for that than the dash, and
 * is a class of its own; so is a name that is not bold, which needs a dash and company.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"
#include "recognise/wording.h"

#include "base/utf8.h"

enum { LONGEST = 240, NAME_BYTES = 160, NAME_WIDTH = 40 };

static bool eat_colon(Str *text)
{
    return !str_starts(*text, STR("::")) && (str_eat(text, STR("：")) || str_eat(text, STR(":")));
}

static bool eat_dash(Str *text)
{
    return str_eat(text, STR("- ")) || str_eat(text, STR("– ")) || str_eat(text, STR("— "))
        || str_eat(text, STR("——"));
}

/* Take `term` off, with its marks: code may hold anything. */
static Str eat_code(Str *text)
{
    size_t end = str_find_char(str_drop(str_take(*text, LONGEST), 1), '`');
    if (end == STR_NONE || !end)
        return STR("");
    Str term = str_take(*text, end + 2);
    *text = str_trim(str_drop(*text, term.n));
    return term;
}

/* Take `**term**` off, and the colon that may stand inside the marks; `*tab`: one stands behind. */
static Str eat_term(Str *text, bool *colon, bool *tab)
{
    if (!str_eat(text, STR("**")))
        return STR("");
    size_t end = str_find(str_take(*text, LONGEST), STR("**"));
    if (end == STR_NONE)
        return STR("");
    Str term = str_trim(str_take(*text, end));
    *text = str_drop(*text, end + 2);
    *tab = str_starts(*text, STR("\t"));
    *text = str_trim(*text);
    *colon = wording_eat_colon(&term);
    return term;
}

/* The offset of the first dash between blanks, or of ——; 0: none. */
static size_t find_dash(Str s)
{
    for (size_t i = 1; i + 2 < s.n; i++) {
        if (s.at[i] != '-' && (unsigned char)s.at[i] != 0xE2)
            continue;
        Str rest = str_drop(s, i);
        bool dash = str_starts(rest, STR("- ")) || str_starts(rest, STR("– ")) || str_starts(rest, STR("— "));
        if ((dash && is_blank(s.at[i - 1])) || str_starts(rest, STR("——")))
            return i;
    }
    return 0;
}

bool term_is_plain(Str name)
{
    static const char *const stops[] = {"，", "。", "：", "；", "？", ", ", ": ", "; ", "? ", "|", "`", "]("};
    bool plain = name.n && !is_punct(name.at[0]) && !utf8_wider(name, NAME_WIDTH) && wording_topic(name);
    for (size_t i = 0; plain && i < COUNT(stops); i++)
        plain = str_find(name, str_of(stops[i])) == STR_NONE;
    return plain;
}

/* Take a name of a few words and the dash after it off; its title is empty where it is none. */
static Str eat_plain(Str *text)
{
    size_t at = find_dash(str_take(*text, NAME_BYTES));
    Str name = str_trim(str_take(*text, at));
    if (!at || !term_is_plain(name))
        return STR("");
    *text = str_trim(str_drop(*text, at));
    return name;
}

/* A letter is a choice, a word such as 答案 or 注意 belongs to what stands above it. */
bool term_is_name(Str term)
{
    Label label;
    Str front = term;
    bool letter = term.n == 1 && is_alnum(term.at[0]);
    Number number = number_eat(&front);
    bool counted = number.parts && number.sign != ' '; /* "1. 甲", but not "5 nines" */
    return term.n && !letter && !counted && !wording_part(term)
        && !label_read(term, true, &label);
}

bool term_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = source_line(l->source, line), text = str_trim(whole);
    bool colon = false, tab = false, listed = false;
    line_eat_bullet(&text);
    listed = text.at != str_trim(whole).at;
    bool bold = str_starts(text, STR("**")), code = str_starts(text, STR("`"));
    m->title = bold ? eat_term(&text, &colon, &tab) : code ? eat_code(&text) : eat_plain(&text);
    if (!term_is_name(m->title))
        return false;
    bool dash = !colon && (eat_dash(&text) || tab);
    if (!colon && !dash && !eat_colon(&text))
        return false;
    text = str_trim(text);
    m->class = !bold && !code ? MARK_NAME : dash ? MARK_TERM : MARK_POINT;
    m->extent.answer_from = line;
    m->extent.answer_skip = (uint32_t)(text.at - whole.at);
    m->extent.end = listed ? look_item_end(l, line) : 0;
    return text.n > 0;
}
