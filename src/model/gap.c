/*
 * gap.c -- one walk along a line, over code and math.
 */
#include "model/gap.h"

enum { MOST_DIGITS = 3, LONGEST = 2048 /* bytes of a gap */ };

/* The length of `mark text mark` at the front of `s`; 0 where the second mark is missing. */
static size_t span(Str s, char mark)
{
    size_t end = str_find_char(str_drop(s, 1), mark);
    return end == STR_NONE || end == 0 ? 0 : end + 2;
}

/* The number of `1`, `c1` at the front of `*s`, taken off; 0 for none. */
static uint32_t eat_number(Str *s)
{
    uint32_t number = 0;
    size_t n = 0;
    str_eat(s, STR("c"));
    for (; n < s->n && n <= MOST_DIGITS && is_digit(s->at[n]); n++)
        number = number * 10 + (uint32_t)(s->at[n] - '0');
    *s = str_drop(*s, n);
    return n <= MOST_DIGITS ? number : 0;
}

/* The length of `{{c1::…}}` at the front of `s`, others in it included; 0 for none. */
static size_t cloze_length(Str s)
{
    Str inner = str_drop(s, 2);
    if (!str_starts(inner, STR("c")) || !eat_number(&inner) || !str_starts(inner, STR("::")))
        return 0;
    size_t depth = 1;
    for (size_t i = 2; i + 1 < s.n; i++) {
        bool open = s.at[i] == '{' && s.at[i + 1] == '{', close = s.at[i] == '}' && s.at[i + 1] == '}';
        depth = depth + open - close;
        if (!depth)
            return i + 2;
        i += open || close;
    }
    return 0;
}

static bool read_cloze(Str s, Gap *gap)
{
    size_t length = str_starts(s, STR("{{")) ? cloze_length(s) : 0;
    gap->text = str_take(s, length);
    gap->end += length;
    return length > 0;
}

static bool has_words(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_alpha(s.at[i]) || (unsigned char)s.at[i] >= 0x80)
            return true;
    return false;
}

/* `{1: "a"}` `{1:2}` `{1:a, 2:b}` are values in many languages. */
static bool read_braces(Str s, Gap *gap)
{
    Str inner = str_drop(s, 1);
    gap->number = str_starts(s, STR("{")) ? eat_number(&inner) : 0;
    if (!gap->number || !(str_eat(&inner, STR("::")) || str_eat(&inner, STR(":"))
                          || str_eat(&inner, STR("：")) || str_eat(&inner, STR("|"))))
        return false;
    size_t end = str_find_char(inner, '}');
    if (end == STR_NONE)
        return false;
    gap->text = str_take(inner, end);
    gap->end += (size_t)(inner.at - s.at) + end + 1;
    bool value = !has_words(gap->text) || is_blank(gap->text.at[0])
              || str_find_char(STR("\"'`{["), gap->text.at[0]) != STR_NONE
              || str_find_char(gap->text, ':') != STR_NONE || str_find_char(gap->text, '{') != STR_NONE;
    return !value;
}

/* `{text}`, but no value, and no `{{template}}`. */
static bool read_curly(Str s, Gap *gap)
{
    if (read_braces(s, gap))
        return true;
    gap->end = gap->at;
    size_t end = str_find_char(s, '}');
    if (!str_eat(&s, STR("{")) || end == STR_NONE)
        return false;
    gap->number = 0;
    gap->text = str_take(s, end - 1);
    gap->end += end + 1;
    return has_words(gap->text) && !is_blank(gap->text.at[0])
        && str_find_char(STR("\"'`{[#.!%"), gap->text.at[0]) == STR_NONE
        && str_find_char(gap->text, ':') == STR_NONE && !str_starts(str_drop(s, end - 1), STR("}}"));
}

/* `==text==`, and a hint for it as an inline footnote: `^[hint]`. */
static bool read_marks(Str s, Gap *gap)
{
    if (!str_eat(&s, STR("==")) || !s.n || s.at[0] == '=' || is_blank(s.at[0]))
        return false;
    size_t end = str_find(s, STR("=="));
    if (end == STR_NONE || is_blank(s.at[end - 1]) || (end + 2 < s.n && is_alnum(s.at[end + 2])))
        return false; /* a == b is a comparison */
    gap->text = str_take(s, end);
    gap->end += end + 4;
    s = str_drop(s, end + 2);
    size_t close = str_eat(&s, STR("^[")) ? str_find_char(s, ']') : STR_NONE;
    if (close == STR_NONE)
        return true;
    gap->hint = str_take(s, close);
    gap->end += close + 3;
    return true;
}

/* Not `[x](…)`, `[x][y]`, `[x]: …`, `[^1]`, `[ ]`, `[x]`, `![…`, `a[…]`. */
static bool read_brackets(Str s, Gap *gap)
{
    size_t depth = 0, i = 0;
    for (; i < s.n; i++) {
        if (s.at[i] == '\\')
            i++;
        else if (s.at[i] == '[')
            depth++;
        else if (s.at[i] == ']' && --depth == 0)
            break;
    }
    if (!str_starts(s, STR("[")) || i >= s.n)
        return false;
    gap->text = str_take(str_drop(s, 1), i - 1);
    gap->end += i + 1;
    char first = gap->text.n ? gap->text.at[0] : '^', after = i + 1 < s.n ? s.at[i + 1] : ' ';
    bool task = gap->text.n == 1 && (is_blank(first) || to_lower(first) == 'x');
    return first != '^' && !task && after != '(' && after != '[' && after != ':';
}

static bool is_apart(Str line, size_t at)
{
    char before = at ? line.at[at - 1] : ' ';
    return !is_alnum(before) && str_find_char(STR("\\!])}_^$"), before) == STR_NONE;
}

bool gap_find(Str line, Gaps form, size_t from, Gap *gap)
{
    static const struct {
        bool (*read)(Str, Gap *); /* adds the length of the gap to `end` */
        char open;
        bool joined; /* it may follow a letter */
    } forms[] = {
        [GAPS_CLOZE] = {read_cloze, '{', true}, [GAPS_BRACES] = {read_braces, '{', false},
        [GAPS_CURLY] = {read_curly, '{', false}, [GAPS_MARKS] = {read_marks, '=', false},
        [GAPS_BRACKETS] = {read_brackets, '[', false},
    };
    for (size_t i = from; i < line.n && form; i++) {
        bool math = line.at[i] == '$' && form != GAPS_CLOZE;
        size_t over = line.at[i] == '`' || math ? span(str_take(str_drop(line, i), LONGEST), line.at[i]) : 0;
        *gap = (Gap){.at = i, .end = i};
        if (line.at[i] == forms[form].open && (forms[form].joined || is_apart(line, i))
            && forms[form].read(str_take(str_drop(line, i), LONGEST), gap))
            return true;
        i += over ? over - 1 : 0;
    }
    return false;
}

Str gap_shown(Str cloze)
{
    Str inner = str_drop(cloze, str_find(cloze, STR("::")) + 2);
    inner.n -= 2; /* the braces */
    return str_take(inner, str_find(inner, STR("::")));
}

/* Two closing braces would end the gap, two colons its text; so they are kept apart. */
static void put_apart(Buf *b, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (i && text.at[i] == '}' && text.at[i - 1] == '}')
            buf_put_char(b, ' ');
        if (i && text.at[i] == ':' && text.at[i - 1] == ':')
            buf_puts(b, "\u2060"); /* a word joiner, which nobody sees */
        buf_put_char(b, text.at[i]);
    }
}

static uint32_t next_number(GapNumbers *numbers)
{
    return numbers->used < numbers->n ? numbers->of[numbers->used++] : 1;
}

Str gaps_write(Str line, Gaps form, GapNumbers *numbers, Arena *a)
{
    Buf b = {.arena = a};
    Gap gap;
    size_t at = 0;
    if (form == GAPS_NONE || form == GAPS_CLOZE)
        return line;
    for (; gap_find(line, form, at, &gap); at = gap.end) {
        buf_put(&b, str_take(str_drop(line, at), gap.at - at));
        buf_printf(&b, "{{c%u::", gap.number ? gap.number : next_number(numbers));
        put_apart(&b, gap.text);
        if (gap.hint.n) {
            buf_puts(&b, "::");
            put_apart(&b, gap.hint);
        }
        buf_puts(&b, "}}");
    }
    if (!at)
        return line;
    buf_put(&b, str_drop(line, at));
    return buf_str(&b);
}
