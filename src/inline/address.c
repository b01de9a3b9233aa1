/*
 * address.c -- see address.h.
 */
#include "inline/address.h"

#include "base/vec.h"

#include <stdint.h>
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

/* The number that `s` is; STR_NONE where it is none, or above `most`. */
static size_t number(Str s, size_t most)
{
    size_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.at[i]))
            return STR_NONE;
        value = 10 * value + (size_t)(s.at[i] - '0');
        if (value > most)
            return STR_NONE;
    }
    return s.n ? value : STR_NONE;
}

/* Four numbers: a host whose last part is a number is taken for nothing else. */
static bool is_ipv4(Str host)
{
    size_t parts = 0;
    for (; host.n; parts++)
        if (number(str_cut(&host, '.'), 255) == STR_NONE)
            return false;
    return parts == 4;
}

/* In brackets; only its characters are looked at. */
static bool is_ipv6(Str host)
{
    bool colon = false;
    if (!str_eat(&host, STR("[")) || !str_ends(host, STR("]")))
        return false;
    for (size_t i = 0; i + 1 < host.n; i++) {
        colon = colon || host.at[i] == ':';
        if (!strchr("0123456789abcdefABCDEF:.", host.at[i]))
            return false;
    }
    return colon;
}

enum { LONGEST_LABEL = 63, LONGEST_HOST = 253 };

static bool is_label(Str label)
{
    for (size_t i = 0; i < label.n; i++)
        if (!is_alnum(label.at[i]) && !strchr("-_", label.at[i]) && (unsigned char)label.at[i] < 0x80)
            return false;
    return label.n > 0 && label.n <= LONGEST_LABEL;
}

static bool is_host(Str host)
{
    Str rest = host, label = {0};
    if (str_starts(host, STR("[")))
        return is_ipv6(host);
    while (rest.n)
        if (!is_label(label = str_cut(&rest, '.')))
            return false;
    return label.n && host.n <= LONGEST_HOST && (number(label, SIZE_MAX / 16) == STR_NONE || is_ipv4(host));
}

/* What stands after "//" up to the path: user, host, port. */
static bool is_authority(Str s)
{
    enum { HIGHEST_PORT = 65535 };
    while (str_find_char(s, '@') != STR_NONE)
        str_cut(&s, '@');
    size_t in_brackets = str_starts(s, STR("[")) ? str_find_char(s, ']') : 0;
    if (in_brackets == STR_NONE)
        return false;
    size_t colon = str_find_char(str_drop(s, in_brackets), ':');
    Str port = colon == STR_NONE ? STR("") : str_drop(s, in_brackets + colon + 1);
    return is_host(colon == STR_NONE ? s : str_take(s, in_brackets + colon))
        && (!port.n || number(port, HIGHEST_PORT) != STR_NONE);
}

bool address_is_whole(Str target)
{
    bool web = str_starts_nocase(target, STR("http"));
    str_cut(&target, ':');
    if (!web)
        return target.n > 0;
    if (!str_eat(&target, STR("//")))
        return false;
    size_t end = 0;
    while (end < target.n && !strchr("/?#", target.at[end]))
        end++;
    return is_authority(str_take(target, end));
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
    size_t fragment = str_find_char(target, '#');
    for (size_t i = 0; i < target.n; i++) {
        char c = target.at[i];
        bool bad = (unsigned char)c <= ' ' || strchr("\"<>\\^`{|}\x7F", c) || (c == '#' && i > fragment);
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
