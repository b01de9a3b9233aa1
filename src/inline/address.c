/*
 * address.c -- see address.h.
 */
#include "inline/address.h"

#include "base/vec.h"

#include <string.h>

Str address_clean(Str target, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < target.n; i++)
        if ((unsigned char)target.at[i] >= ' ' && target.at[i] != 0x7F)
            buf_put_char(&b, target.at[i]);
    return str_trim(buf_str(&b));
}

Str address_scheme(Str target)
{
    size_t i = 0;
    for (; i < target.n && target.at[i] != ':'; i++) {
        char c = target.at[i];
        bool later = i && (is_digit(c) || c == '+' || c == '-' || c == '.');
        if (!is_alpha(c) && !later && c != ' ')
            return STR("");
    }
    return i < target.n ? str_take(target, i) : STR("");
}

static int hex_value(char c)
{
    return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool is_encoded(Str s, size_t i)
{
    return s.at[i] == '%' && i + 2 < s.n && hex_value(s.at[i + 1]) >= 0 && hex_value(s.at[i + 2]) >= 0;
}

Str address_encode(Str target, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < target.n; i++) {
        char c = target.at[i];
        bool bad = (unsigned char)c <= ' ' || strchr("\"<>\\^`{|}\x7F", c);
        if (bad || (c == '%' && !is_encoded(target, i)))
            buf_printf(&b, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_put_char(&b, c);
    }
    return buf_str(&b);
}

Str address_decode(Str s, Arena *a)
{
    if (str_find_char(s, '%') == STR_NONE)
        return s;
    Buf b = {.arena = a};
    for (size_t i = 0; i < s.n; i++) {
        if (is_encoded(s, i)) {
            buf_put_char(&b, (char)(hex_value(s.at[i + 1]) * 16 + hex_value(s.at[i + 2])));
            i += 2;
        } else {
            buf_put_char(&b, s.at[i]);
        }
    }
    return buf_str(&b);
}

/* Go where the step leads; `at` is a path without a slash at its end. */
static bool step_to(Buf *at, Str step)
{
    if (!step.n || str_eq(step, STR(".")))
        return true;
    if (str_eq(step, STR(".."))) {
        if (!at->n)
            return false;
        while (at->n && at->at[at->n - 1] != '/')
            at->n--;
        at->n -= at->n > 0;
        return true;
    }
    if (at->n)
        buf_put_char(at, '/');
    buf_put(at, step);
    return step.at[0] != '.';
}

bool address_resolve(Str base, Str target, Arena *a, Str *path)
{
    Buf at = {.arena = a};
    buf_put(&at, base);
    bool inside = str_starts(target, STR("/"));
    if (inside)
        at.n = 0;
    else
        step_to(&at, STR(".."));
    for (inside = true; target.n && inside;)
        inside = step_to(&at, str_cut(&target, '/'));
    *path = str_copy(a, (Str){at.at, at.n});
    return inside;
}
