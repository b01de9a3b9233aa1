/*
 * str.h -- text: Str is a view of bytes, Buf is text under construction.
 *
 * A Str owns nothing, is passed by value, and need not end in NUL.  A Buf
 * grows in an arena; nobody frees it.  Both hold UTF-8 unless a name says
 * otherwise.  Positions and lengths are in bytes.
 */
#ifndef DECKBIND_BASE_STR_H
#define DECKBIND_BASE_STR_H

#include "base/vec.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *at;
    size_t n;
} Str;

typedef Vec(Str) StrVec;

/* A string literal as a Str; as a constant initialiser use STR_INIT. */
#define STR(literal) ((Str)STR_INIT(literal))
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}

/* For printf: "%.*s" takes STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).at

#define STR_NONE ((size_t)-1)

static inline Str str_of(const char *cstring) { return (Str){cstring, strlen(cstring)}; }
Str str_copy(Arena *a, Str s); /* the copy ends in NUL */
/*
 * The short ones are inline: they are most of what the recogniser does.  Most often one byte
 * tells, and the call is spared.
 */
static inline bool str_same(const char *a, const char *b, size_t n)
{
    return !n || (a[n - 1] == b[n - 1] && memcmp(a, b, n) == 0);
}

static inline bool str_eq(Str a, Str b)
{
    return a.n == b.n && str_same(a.at, b.at, a.n);
}

static inline bool str_starts(Str s, Str prefix)
{
    return s.n >= prefix.n && str_same(s.at, prefix.at, prefix.n);
}

static inline bool str_ends(Str s, Str suffix)
{
    return s.n >= suffix.n && str_same(s.at + s.n - suffix.n, suffix.at, suffix.n);
}

/* Its first n bytes, or all of it. */
static inline Str str_take(Str s, size_t n)
{
    return (Str){s.at, n < s.n ? n : s.n};
}

/* Without its first n bytes. */
static inline Str str_drop(Str s, size_t n)
{
    if (n > s.n)
        n = s.n;
    return s.at ? (Str){s.at + n, s.n - n} : s;
}

/* Take `prefix` off the front of `*s`.  False, and no change, where it is not. */
static inline bool str_eat(Str *s, Str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_drop(*s, prefix.n);
    return true;
}

int str_cmp(Str a, Str b); /* byte order, as memcmp */

/*
 * Of `n` rows of `size` bytes, each of which begins with the Str by which they are sorted: the
 * first whose Str is not less than `key`, or n.
 */
size_t str_lower_bound(const void *rows, size_t n, size_t size, Str key);
bool str_starts_nocase(Str s, Str prefix); /* ASCII letters only */
bool str_eq_nocase(Str a, Str b);           /* the same */
size_t str_find(Str s, Str part);     /* STR_NONE where it is not */
size_t str_find_char(Str s, char c);  /* STR_NONE where it is not */
Str str_trim(Str s);                  /* without blanks (space, tab, CR, LF) at either end */
Str str_trim_end(Str s);
uint32_t str_indent(Str s); /* columns of blanks at the front, a tab reaching to the next multiple of 4 */

/* Take bytes up to the first `c` off the front of `*s`, and that `c` too. */
Str str_cut(Str *s, char c);

/* ASCII only, whatever the locale. */
static inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static inline bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
static inline bool is_space(char c) { return is_blank(c) || (c >= '\n' && c <= '\r'); }
static inline char to_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c; }
/* Whether two bytes may be one letter in either case, or are the same; a quick look before a word is compared. */
static inline bool same_letter(char a, char b) { return !((a ^ b) & ~32); }
/* The 32 marks of ASCII. */
static inline bool is_punct(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }

typedef struct Buf {
    Arena *arena;
    char *at;
    size_t n, cap;
} Buf; /* begin with {.arena = a} */

void buf_grow(Buf *b, size_t want); /* want > b->cap */

/* Room for `more` bytes and a NUL. */
static inline void buf_reserve(Buf *b, size_t more)
{
    if (b->n + more >= b->cap)
        buf_grow(b, b->n + more + 1);
}

static inline void buf_put(Buf *b, Str s)
{
    buf_reserve(b, s.n);
    if (s.n)
        memcpy(b->at + b->n, s.at, s.n);
    b->n += s.n;
    b->at[b->n] = '\0';
}

static inline void buf_put_char(Buf *b, char c)
{
    buf_reserve(b, 1);
    b->at[b->n++] = c;
    b->at[b->n] = '\0';
}

static inline void buf_puts(Buf *b, const char *cstring) { buf_put(b, str_of(cstring)); }
void buf_printf(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
Str buf_str(const Buf *b); /* valid until the next buf_put; ends in NUL */

#endif
