/*
 * entities.c -- named and numbered characters.
 */
#include "base/entities.h"

#include "base/utf8.h"

static const struct {
    Str name, value;
} entities[] = {
#define ENTITY(name, value) {STR_INIT(name), STR_INIT(value)},
#include "base/entities.def"
#undef ENTITY
};

enum { LONGEST_NAME = 31, DECIMAL_DIGITS = 7, HEX_DIGITS = 6 };

Str entity_find(Str name)
{
    size_t low = 0, high = COUNT(entities);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(entities[middle].name, name);
        if (order == 0)
            return entities[middle].value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return STR("");
}

static unsigned digit_value(char c)
{
    return is_digit(c) ? (unsigned)(c - '0') : is_alpha(c) ? (unsigned)((c | 32) - 'a') + 10 : 99;
}

/* What XML cannot hold becomes U+FFFD, as CommonMark asks for 0. */
static uint32_t allowed(uint32_t code)
{
    bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    return control || code == 0xFFFE || code == 0xFFFF ? 0xFFFD : code;
}

/* `s` begins with "&#". */
static size_t read_number(Str s, Arena *a, Str *value)
{
    bool hex = s.n > 2 && (s.at[2] | 32) == 'x';
    size_t start = hex ? 3 : 2, i = start, most = hex ? HEX_DIGITS : DECIMAL_DIGITS;
    unsigned base = hex ? 16 : 10;
    uint32_t code = 0;
    for (; i < s.n && i - start < most && digit_value(s.at[i]) < base; i++)
        code = code * base + digit_value(s.at[i]);
    if (i == start || i == s.n || s.at[i] != ';')
        return 0;
    Buf b = {.arena = a};
    utf8_put(&b, allowed(code));
    *value = buf_str(&b);
    return i + 1;
}

size_t entity_read(Str s, Arena *a, Str *value)
{
    if (s.n > 1 && s.at[1] == '#')
        return read_number(s, a, value);
    size_t i = 1;
    while (i < s.n && i <= LONGEST_NAME && is_alnum(s.at[i]))
        i++;
    if (i == s.n || s.at[i] != ';')
        return 0;
    *value = entity_find((Str){s.at + 1, i - 1});
    return value->n ? i + 1 : 0;
}
