/*
 * value.c -- the kinds of values, each a predicate.
 */
#include "read/value.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "model/book.h"

/* With its suffix and the marks of a temporary file a name stays below 255 bytes. */
enum { LONGEST_NAME = 200 };

enum { MOST_DIGITS = 9 };

static bool is_text(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (!utf8_is_shown(code) && code != '\n' && code != '\t')
            return false;
    }
    return true;
}

static bool is_line(Str s)
{
    return is_text(s) && str_find_char(s, '\n') == STR_NONE;
}

/* Take a number of just `digits` digits off the front of `*s`. */
static bool eat_number(Str *s, size_t digits, unsigned *number)
{
    if (s->n < digits)
        return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(s->at[i]))
            return false;
        *number = 10 * *number + (unsigned)(s->at[i] - '0');
    }
    *s = str_drop(*s, digits);
    return true;
}

static bool eat_day(Str *s)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year, month, day;
    if (!eat_number(s, 4, &year) || !str_eat(s, STR("-")) || !eat_number(s, 2, &month)
        || !str_eat(s, STR("-")) || !eat_number(s, 2, &day) || month < 1 || month > 12)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && day >= 1 && day <= days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

static bool eat_clock(Str *s)
{
    unsigned hour, minute, second;
    return eat_number(s, 2, &hour) && str_eat(s, STR(":")) && eat_number(s, 2, &minute)
        && str_eat(s, STR(":")) && eat_number(s, 2, &second) && hour < 24 && minute < 60 && second < 60;
}

/* Of the forms of W3CDTF the two that no reading program takes for another day. */
static bool is_date(Str s)
{
    if (!eat_day(&s))
        return false;
    if (str_eat(&s, STR("T")) && !(eat_clock(&s) && str_eat(&s, STR("Z"))))
        return false;
    return s.n == 0;
}

/* The form of BCP 47: parts of one to eight letters and digits, letters first. */
/* By its form: no list of languages is asked.  One letter wants a part behind it, two are a region. */
static bool is_language(Str s)
{
    bool good = !str_ends(s, STR("-"));
    for (bool first = true; s.n && good; first = false) {
        Str part = str_cut(&s, '-');
        good = part.n > (first || !s.n ? 1U : 0U) && part.n <= 8
            && (part.n != 2 || (is_alpha(part.at[0]) && is_alpha(part.at[1])));
        for (size_t i = 0; i < part.n; i++)
            good = good && (first ? is_alpha(part.at[i]) : is_alnum(part.at[i]));
    }
    return good;
}

/* Anki takes collection.apkg and backup-….apkg for the whole collection, in any case. */
static bool is_file_name(Str s)
{
    bool replaces = str_starts_nocase(s, STR("backup-"))
                 || str_eq_nocase(s, STR("collection"));
    return is_line(s) && s.n <= LONGEST_NAME && s.at[0] != '.' && !replaces
        && str_find_char(s, '/') == STR_NONE && str_find_char(s, '\\') == STR_NONE;
}

static bool is_url(Str s)
{
    bool web = str_eat(&s, STR("https://")) || str_eat(&s, STR("http://"));
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.at[i] <= ' ' || s.at[i] == 0x7F || str_find_char(STR("\"<#"), s.at[i]) != STR_NONE)
            return false;
    return web && s.n > 0;
}

static bool is_percent(Str s)
{
    unsigned number;
    return s.n <= 3 && eat_number(&s, s.n, &number) && number <= 100;
}

static bool is_format(Str s)
{
    return format_find(s, &(Format){0});
}

/* Digits, and more of them after a point: reading programs take it for a number. */
static bool is_position(Str s)
{
    Str whole = str_cut(&s, '.');
    unsigned number;
    bool point = s.at != whole.at + whole.n;
    return whole.n && whole.n <= MOST_DIGITS && eat_number(&whole, whole.n, &number)
        && (!point || (s.n && s.n <= MOST_DIGITS && eat_number(&s, s.n, &number)));
}

static bool is_role(Str s)
{
    return relator_find(s) < RELATORS;
}

static bool is_truth(Str s)
{
    return str_eq(s, STR("true")) || str_eq(s, STR("false"));
}

const ValueKind value_text = {is_text, "a text without control characters or hidden marks"};
const ValueKind value_line = {is_line, "one line without control characters or hidden marks"};
const ValueKind value_date = {is_date, "a day or a time such as 2024-05-31 or 2024-05-31T08:00:00Z"};
const ValueKind value_language = {is_language, "a language tag such as zh-CN"};
const ValueKind value_file_name = {
    is_file_name, "a file name of at most 200 bytes without / or \\, no dot at its front, and "
                  "neither \"collection\" nor \"backup-...\", which replace a collection in Anki"};
const ValueKind value_url = {is_url, "an address that begins with https:// or http://, without #"};
const ValueKind value_percent = {is_percent, "a number from 0 to 100"};
const ValueKind value_position = {is_position, "a number such as 3 or 2.5"};
const ValueKind value_role = {is_role, "one of "
#define RELATOR(code, chinese, english) #code " "
#include "model/relator.def"
#undef RELATOR
    "(MARC relators)"};
const ValueKind value_format = {is_format, "legacy1, legacy2 or latest"};
const ValueKind value_truth = {is_truth, "true or false"};
