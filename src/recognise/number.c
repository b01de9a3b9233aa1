/*
 * number.c -- digits of both widths, Chinese numerals, and the marks after them.
 */
#include "recognise/number.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { LARGEST = 999, MOST_PARTS = 6 };

static const struct {
    const char *mark;
    char sign;
} marks[] = {
    {"、", ','}, {"\uFE0F\u20E3", '.'}, {"．", '.'}, {"。", '.'}, {"）", ')'}, {"：", ':'}, {")", ')'}, {":", ':'}, {".", '.'},
    {"\\.", '.'}, {"\\)", ')'}, /* as programs write them that fear a list */
};

/* 0 to 9 for a digit of either width; -1 else. */
static int digit_at(Str s, size_t *n)
{
    if (!s.n)
        return -1;
    uint32_t code = utf8_at(s, 0, n);
    if (code >= '0' && code <= '9')
        return (int)(code - '0');
    return code >= 0xFF10 && code <= 0xFF19 ? (int)(code - 0xFF10) : -1;
}

static bool eat_digits(Str *s, uint32_t *value)
{
    size_t n, count = 0;
    uint32_t v = 0;
    for (int d; count < 4 && (d = digit_at(*s, &n)) >= 0; count++) {
        v = v * 10 + (uint32_t)d;
        *s = str_drop(*s, n);
    }
    *value = v;
    return count && v <= LARGEST;
}

static int chinese_digit(uint32_t code)
{
    switch (code) {
    case U'零': return 0;
    case U'一': return 1;
    case U'二': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    default: return -1;
    }
}

/* What some put before a number: ✅ ★ ⭐ 🔥 ● ■ */
static bool is_symbol(uint32_t code)
{
    return (code >= 0x2600 && code <= 0x27BF) || (code >= 0x1F300 && code <= 0x1FAFF) || code == 0x2B50
        || code == 0xFE0F || (code >= 0x25A0 && code <= 0x25FF);
}

/* `s` without symbols at its front, where a digit follows. */
static Str without_symbols(Str s)
{
    size_t n;
    Str rest = s;
    while (rest.n && is_symbol(utf8_at(rest, 0, &n)))
        rest = str_trim(str_drop(rest, n));
    return rest.n && is_digit(rest.at[0]) ? rest : s;
}

/* Whether a number may begin `s`; most lines begin otherwise. */
static bool may_count(Str s)
{
    unsigned char first = s.n ? (unsigned char)s.at[0] : 'x';
    if (first < 0x80)
        return is_digit((char)first) || first == '(';
    uint32_t code = utf8_at(s, 0, NULL);
    return first == 0xEF || is_symbol(code) || code == U'第' || code == U'十' || code == U'题' || code == U'问'
        || chinese_digit(code) >= 0;
}

/* 一 to 九十九. */
static bool eat_chinese(Str *s, uint32_t *value)
{
    uint32_t tens = 0, v = 0;
    size_t count = 0, n;
    for (; s->n && count < 3; count++) {
        uint32_t code = utf8_at(*s, 0, &n);
        int d = chinese_digit(code);
        if (code == U'十' && !tens) {
            tens = v ? v : 1;
            v = 0;
        } else if (d >= 0) {
            v = (uint32_t)d;
        } else {
            break;
        }
        *s = str_drop(*s, n);
    }
    *value = tens * 10 + v;
    return count > 0;
}

/* The mark after a number, as ASCII, taken off; 0 for none. */
static char eat_mark(Str *s)
{
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_eat(s, str_of(marks[i].mark)))
            return marks[i].sign;
    /* "1-title" but not "1-2" and not "1-to-1" */
    char next = s->n > 1 ? s->at[1] : '0';
    bool dash = s->n && s->at[0] == '-' && ((unsigned char)next >= 0x80 || (next >= 'A' && next <= 'Z'));
    return dash && str_eat(s, STR("-")) ? '-' : 0;
}

/* 题 1, 问题 1; with a colon that is a label: see label.h. */
static Number eat_counted_word(Str *text)
{
    Number none = {0}, number = {.parts = 1};
    Str s = *text;
    if (!str_eat(&s, STR("题目")) && !str_eat(&s, STR("问题")) && !str_eat(&s, STR("题")))
        return none;
    Str digits = s = str_trim(s);
    if (!eat_digits(&s, &number.value))
        return none;
    number.text = str_take(digits, digits.n - s.n);
    bool blank = s.n && is_blank(s.at[0]);
    number.sign = blank ? ' ' : eat_mark(&s);
    s = str_trim(s);
    if (!number.sign || number.sign == ':' || !s.n)
        return none;
    *text = s;
    return number;
}

/* 第 N 题, 第 N 章 … */
static Number eat_ordinal(Str *text)
{
    static const struct {
        const char *word;
        bool chapter, alone; /* longer words begin so: 第一课堂, 第三单元格 */
    } words[] = {{"题", false, false}, {"问", false, false}, {"章", true, false}, {"节", true, false},
                 {"部分", true, false}, {"篇", true, false}, {"课", true, true}, {"課", true, true},
                 {"讲", true, true}, {"单元", true, true}};
    Number none = {0}, number = {.parts = 1};
    Str s = *text;
    if (!str_eat(&s, STR("第")))
        return eat_counted_word(text);
    Str digits = s = str_trim(s);
    if (!eat_digits(&s, &number.value) && (s = digits, !eat_chinese(&s, &number.value)))
        return none;
    number.text = str_take(digits, digits.n - s.n);
    s = str_trim(s);
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eat(&s, str_of(words[i].word)))
            continue;
        size_t n;
        if (words[i].alone && s.n && !utf8_is_space(utf8_at(s, 0, &n)) && !utf8_is_punct(utf8_at(s, 0, &n)))
            return none;
        number.chapter = words[i].chapter;
        eat_mark(&s);
        *text = str_trim(s);
        return number;
    }
    return none;
}

/* 1, 1.2, 1.2.3, or 一; `*s` stands after it. */
static bool eat_value(Str *s, Number *number)
{
    Str start = *s, rest;
    number->parts = 1;
    if (eat_digits(s, &number->value)) {
        uint32_t value;
        while (rest = *s, number->parts < MOST_PARTS && str_eat(&rest, STR(".")) && eat_digits(&rest, &value)) {
            *s = rest;
            number->value = value;
            number->parts++;
        }
    } else if (*s = start, eat_chinese(s, &number->value)) {
        number->chinese = true;
    } else {
        return false;
    }
    number->text = str_take(start, start.n - s->n);
    return true;
}

Number number_eat(Str *text)
{
    Number none = {0}, number;
    if (!may_count(*text))
        return none;
    number = eat_ordinal(text);
    if (number.parts)
        return number;
    number = none;
    Str s = without_symbols(*text);
    bool bracket = str_eat(&s, STR("（")) || str_eat(&s, STR("("));
    if (!eat_value(&s, &number))
        return none;
    bool closed = str_eat(&s, STR("）")) || str_eat(&s, STR(")"));
    char mark = closed ? ')' : bracket ? 0 : eat_mark(&s);
    size_t n;
    bool blank = s.n && utf8_is_space(utf8_at(s, 0, &n));
    bool follows = s.n && !blank && (is_digit(s.at[0]) || s.at[0] == '=' || s.at[0] == '%');
    if ((bracket && !closed) || (!mark && !blank) || follows)
        return none;
    while (s.n && utf8_is_space(utf8_at(s, 0, &n)))
        s = str_drop(s, n);
    bool dash = !mark && str_starts(s, STR("- ")) && !(s.n > 2 && is_digit(s.at[2]));
    s = str_trim(str_drop(s, dash ? 2 : 0)); /* "1 - title" */
    if (!s.n)
        return none;
    number.sign = mark ? mark : dash ? '-' : ' ';
    *text = s;
    return number;
}

/* The values of 1.2.3, as many as there are. */
static size_t values_of(Str text, uint32_t values[MOST_PARTS])
{
    size_t n = 0;
    while (n < MOST_PARTS && eat_digits(&text, &values[n])) {
        n++;
        str_eat(&text, STR("."));
    }
    return n;
}

static bool goes_on(Str text, Str above)
{
    uint32_t x[MOST_PARTS], y[MOST_PARTS];
    size_t n = values_of(text, x), m = values_of(above, y), last = n - 1;
    if (n < 2 || m < last)
        return false;
    for (size_t i = 0; i < last; i++)
        if (x[i] != y[i])
            return false;
    return x[last] == (m > last ? y[last] + 1 : 1);
}

bool number_eat_next(Str *text, const Number *above, Number *number)
{
    Str s = *text;
    Number n = {0};
    if (!above->parts || above->chinese || !eat_value(&s, &n) || n.chinese || !goes_on(n.text, above->text)
        || !s.n || !(is_alpha(s.at[0]) || utf8_is_cjk(utf8_at(s, 0, NULL))))
        return false;
    n.sign = ' ';
    *number = n;
    *text = s;
    return true;
}

bool number_eat_bare(Str *text, uint32_t value, Number *number)
{
    static const char *const measures[] = {
        "个", "种", "次", "层", "类", "点", "步", "年", "月", "日", "号", "秒", "分", "位", "章", "节", "条",
        "项", "台", "行", "列", "张", "段", "倍", "天", "周", "岁", "元", "十", "百", "千", "万", "亿", "大",
        "级", "阶", "维", "字", "门", "篇", "题", "面", "对", "核", "人", "者", "方", "家", "本", "页", "代",
    };
    Str s = *text;
    Number n = {.value = value, .parts = 1};
    uint32_t found;
    if (!eat_digits(&s, &found) || found != value)
        return false;
    bool counted = s.n > 1 && s.at[0] == '.' && is_digit(s.at[1]);
    if (!counted && (!s.n || !(is_alpha(s.at[0]) || utf8_is_cjk(utf8_at(s, 0, NULL))) || utf8_is_punct(utf8_at(s, 0, NULL))))
        return false;
    for (size_t i = 0; i < COUNT(measures); i++)
        if (str_starts(s, str_of(measures[i])))
            return false;
    n.text = str_take(*text, text->n - s.n);
    n.sign = counted ? '.' : ' ';
    *number = n;
    *text = str_drop(s, counted);
    return true;
}
