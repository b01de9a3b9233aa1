/*
 * str.c -- views and builders of text.
 */
#include "base/str.h"

#include <stdio.h>
#include <string.h>

Str str_copy(Arena *a, Str s)
{
    char *copy = arena_new(a, char, s.n + 1);
    if (s.n)
        memcpy(copy, s.at, s.n);
    return (Str){copy, s.n};
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

size_t str_lower_bound(const void *rows, size_t n, size_t size, Str key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        Str at;
        memcpy(&at, (const char *)rows + middle * size, sizeof at);
        if (str_cmp(at, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool str_starts_nocase(Str s, Str prefix)
{
    if (s.n < prefix.n)
        return false;
    for (size_t i = 0; i < prefix.n; i++)
        if (to_lower(s.at[i]) != to_lower(prefix.at[i]))
            return false;
    return true;
}

bool str_eq_nocase(Str a, Str b)
{
    return a.n == b.n && str_starts_nocase(a, b);
}

size_t str_find(Str s, Str part)
{
    enum { SOME = 8 /* false starts, after which the table that memmem makes first is cheaper */ };
    size_t at = 0;
    for (int i = 0; i < SOME && part.n && s.n - at >= part.n; i++, at++) {
        const char *hit = memchr(s.at + at, part.at[0], s.n - at - part.n + 1);
        if (!hit)
            return STR_NONE;
        at = (size_t)(hit - s.at);
        if (memcmp(hit, part.at, part.n) == 0)
            return at;
    }
    const char *hit = s.n > at ? memmem(s.at + at, s.n - at, part.at, part.n) : NULL;
    return hit ? (size_t)(hit - s.at) : STR_NONE;
}

size_t str_find_char(Str s, char c)
{
    const char *hit = s.n ? memchr(s.at, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.at) : STR_NONE;
}

Str str_trim_end(Str s)
{
    while (s.n && is_space(s.at[s.n - 1]))
        s.n--;
    return s;
}

Str str_trim(Str s)
{
    size_t n = 0;
    while (n < s.n && is_space(s.at[n]))
        n++;
    return str_trim_end(str_drop(s, n));
}

uint32_t str_indent(Str s)
{
    uint32_t columns = 0;
    for (size_t i = 0; i < s.n && is_blank(s.at[i]); i++)
        columns = s.at[i] == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
    return columns;
}

Str str_cut(Str *s, char c)
{
    size_t n = str_find_char(*s, c);
    Str head = str_take(*s, n);
    *s = str_drop(*s, n == STR_NONE ? s->n : n + 1);
    return head;
}

void buf_grow(Buf *b, size_t want)
{
    size_t cap = b->cap ? 2 * b->cap : 64;
    if (cap < want)
        cap = want;
    b->at = arena_grow(b->arena, b->at, b->cap, cap);
    b->cap = cap;
}

enum { SHORT = 60 }; /* what is printed most often is no longer */

void buf_vprintf(Buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    buf_reserve(b, SHORT);
    size_t room = b->cap - b->n;
    int n = vsnprintf(b->at + b->n, room, format, args);
    if (n > 0 && (size_t)n >= room) {
        buf_reserve(b, (size_t)n);
        vsnprintf(b->at + b->n, (size_t)n + 1, format, again);
    }
    b->n += n > 0 ? (size_t)n : 0;
    b->at[b->n] = '\0';
    va_end(again);
}

void buf_printf(Buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(b, format, args);
    va_end(args);
}

Str buf_str(const Buf *b)
{
    return b->at ? (Str){b->at, b->n} : STR("");
}
