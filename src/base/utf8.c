/*
 * utf8.c -- decoding by hand (it is the hot path), properties through utf8proc.
 */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Length of the valid sequence at the front of `p`, `n` > 0 bytes; 0 for none. */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n < len)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    bool outside = (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F);
    return overlong || outside ? 0 : len;
}

uint32_t utf8_decode(Str s, size_t i, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.at + i;
    size_t len = sequence(p, s.n - i);
    if (n)
        *n = len ? len : 1;
    switch (len) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12
             | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return REPLACEMENT;
    }
}

uint32_t utf8_before(Str s, size_t i)
{
    if (i == 0)
        return 0;
    size_t start = i - 1;
    while (start > 0 && i - start < 4 && (s.at[start] & 0xC0) == 0x80)
        start--;
    return utf8_at((Str){s.at, i}, start, NULL);
}

Str utf8_trim(Str s, bool (*drops)(uint32_t code))
{
    size_t n;
    while (s.n && drops(utf8_at(s, 0, &n)))
        s = str_drop(s, n);
    while (s.n && drops(utf8_before(s, s.n))) {
        do
            s.n--;
        while (s.n && ((unsigned char)s.at[s.n] & 0xC0) == 0x80);
    }
    return s;
}

void utf8_put(Buf *b, uint32_t code)
{
    utf8proc_uint8_t bytes[4];
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        code = REPLACEMENT;
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    buf_put(b, (Str){(const char *)bytes, (size_t)n});
}

size_t utf8_valid(Str s)
{
    size_t i = 0;
    while (i < s.n) {
        size_t len = sequence((const unsigned char *)s.at + i, s.n - i);
        if (!len)
            break;
        i += len;
    }
    return i;
}

Str utf8_take(Str s, size_t count)
{
    size_t i = 0, n;
    for (; i < s.n && count; i += n, count--)
        utf8_at(s, i, &n);
    return str_take(s, i);
}

/* The columns of the character at `i`; its bytes in `*n`.  The common cases need no table. */
static size_t width_at(Str s, size_t i, size_t *n)
{
    unsigned char c = (unsigned char)s.at[i];
    bool ascii = c >= ' ' && c < 0x7F;
    bool wide = c >= 0xE5 && c <= 0xE9 && i + 3 <= s.n; /* from U+5000 to U+9FFF all are ideographs */
    *n = wide ? 3 : 1;
    if (ascii || wide)
        return ascii ? 1 : 2;
    uint32_t code = utf8_at(s, i, n);
    return utf8_is_han(code) ? 2 : (size_t)utf8proc_charwidth((utf8proc_int32_t)code);
}

size_t utf8_width(Str s)
{
    size_t width = 0;
    for (size_t i = 0, n; i < s.n; i += n)
        width += width_at(s, i, &n);
    return width;
}

bool utf8_wider(Str s, size_t columns)
{
    if (s.n <= columns)
        return false; /* no character has more columns than bytes */
    size_t width = 0;
    for (size_t i = 0, n; i < s.n && width <= columns; i += n)
        width += width_at(s, i, &n);
    return width > columns;
}

bool utf8_is_space(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
    return code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F
        || code == 0x205F || code == 0x3000; /* category Zs */
}

bool utf8_is_punct(uint32_t code)
{
    if (code < 0x80)
        return is_punct((char)code);
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

bool utf8_is_han(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x4DBF) || (code >= 0x4E00 && code <= 0x9FFF)
        || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x323AF)
        || code == 0x3005 || code == 0x3007;
}

bool utf8_is_cjk(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0xA4CF) || (code >= 0xAC00 && code <= 0xD7AF)
        || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFE30 && code <= 0xFE4F)
        || (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x323AF);
}

bool utf8_is_shown(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0, 0x1F},         {0x7F, 0x9F},     {0x61C, 0x61C},   {0x200E, 0x200F},   {0x2028, 0x202E},
        {0x2066, 0x206F},  {0xFDD0, 0xFDEF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return false;
    return (code & 0xFFFE) != 0xFFFE;
}

bool utf8_looks_blank(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        bool nothing = utf8_is_space(code) || (code >= 0x200B && code <= 0x200F) || code == 0x2060
                    || code == 0xFEFF;
        if (!nothing)
            return false;
    }
    return true;
}

bool utf8_is_blank(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (!utf8_is_space(code) && utf8_is_shown(code) && utf8proc_charwidth((utf8proc_int32_t)code) > 0)
            return false;
    }
    return true;
}

Str utf8_clean(Str s, Arena *a)
{
    if (utf8_valid(s) == s.n)
        return s;
    Buf b = {.arena = a};
    for (size_t i = 0, n; i < s.n; i += n)
        utf8_put(&b, utf8_at(s, i, &n));
    return buf_str(&b);
}

/*
 * Marks are sorted in quadratic time, so a text is mapped in pieces, with a joiner before
 * more marks on one letter than any script has: the Stream-Safe Text Process of UAX #15.
 */
enum { MOST_MARKS = 30, GRAPHEME_JOINER = 0x034F };

static size_t piece_length(Str s)
{
    size_t i = 0, marks = 0;
    for (size_t n; i < s.n; i += n) {
        utf8proc_int32_t code = (utf8proc_int32_t)utf8_at(s, i, &n);
        marks = utf8proc_get_property(code)->combining_class ? marks + 1 : 0;
        if (marks > MOST_MARKS)
            break;
    }
    return i;
}

static void put_mapped(Buf *b, Str s, utf8proc_option_t options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.n,
                                      &out, options);
    if (n >= 0)
        buf_put(b, (Str){(const char *)out, (size_t)n});
    else
        buf_put(b, s); /* not UTF-8: `read` has seen to that, so this is a bad call only */
    free(out);
}

static Str mapped(Str s, utf8proc_option_t options, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t n; s.n; s = str_drop(s, n)) {
        n = piece_length(s);
        put_mapped(&b, str_take(s, n), options);
        if (n < s.n)
            utf8_put(&b, GRAPHEME_JOINER);
    }
    return buf_str(&b);
}

/*
 * Most text folds character by character, by no table: ASCII, also in full width, ideographs,
 * and the marks and quotes between them.  False: other characters are in it.
 */
static bool fold_common(Buf *b, Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        unsigned char c = (unsigned char)s.at[i];
        uint32_t code = utf8_at(s, i, &n);
        bool wide = code >= 0xFF01 && code <= 0xFF5E;
        if (c < 0x80 || wide)
            buf_put_char(b, to_lower((char)(wide ? code - 0xFF01 + '!' : code)));
        else if ((c >= 0xE4 && c <= 0xE9) || (code >= 0x3001 && code <= 0x3029)
                 || (code >= 0x2018 && code <= 0x201F))
            buf_put(b, (Str){s.at + i, n});
        else
            return false;
    }
    return true;
}

Str utf8_fold(Str s, Arena *a)
{
    Buf b = {.arena = a};
    if (fold_common(&b, s))
        return buf_str(&b);
    return mapped(s, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD
                         | UTF8PROC_IGNORE, a);
}

/* A text that is folded while it is read. */
typedef struct Folded {
    Str rest;
    utf8proc_int32_t codes[4]; /* of one character: at most three */
    int at, count;
} Folded;

/* Two characters or three in place of one: the crate that Anki takes has the last of three first. */
static void fold_next(Folded *f)
{
    size_t n;
    utf8proc_int32_t code = (utf8proc_int32_t)utf8_at(f->rest, 0, &n), *c = f->codes;
    int boundary = 0;
    f->rest = str_drop(f->rest, n);
    f->at = 0;
    f->count = (int)utf8proc_decompose_char(code, c, COUNT(f->codes), UTF8PROC_CASEFOLD, &boundary);
    if (f->count == 3) {
        utf8proc_int32_t last = c[2];
        c[2] = c[1];
        c[1] = c[0];
        c[0] = last;
    }
}

/* -1 at the end. */
static utf8proc_int32_t folded_next(Folded *f)
{
    while (f->at >= f->count && f->rest.n)
        fold_next(f);
    return f->at < f->count ? f->codes[f->at++] : -1;
}

int utf8_cmp_nocase(Str a, Str b)
{
    Folded x = {.rest = a}, y = {.rest = b};
    utf8proc_int32_t p, q;
    do {
        p = folded_next(&x);
        q = folded_next(&y);
    } while (p == q && p >= 0);
    return p < q ? -1 : p > q;
}

/* Ranges in which nothing composes, or changes when it is normalised. */
static const struct {
    uint32_t first, last;
} stable[] = {
    {0, 0x2FF},       {0x2010, 0x20CF}, {0x2500, 0x29FF},
    {0x3000, 0x3029}, {0x4000, 0x9FFF}, {0xFF01, 0xFFDF},
};

static bool is_stable(uint32_t code)
{
    for (size_t i = 0; i < COUNT(stable); i++)
        if (code >= stable[i].first && code <= stable[i].last)
            return true;
    return false;
}

/*
 * Most text is stable, and normalising takes longer than all else here.  Of most characters
 * the first byte tells: up to U+02FF, and from U+4000 to U+9FFF.
 */
static bool may_compose(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool stays = c < 0xCC || (c >= 0xE4 && c <= 0xE9);
        if (!stays && !is_stable(utf8_at(s, i, NULL)))
            return true;
    }
    return false;
}

Str utf8_nfc(Str s, Arena *a)
{
    return may_compose(s) ? mapped(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE, a) : s;
}

/* The second and third letters of a syllable in Hangul's old spelling. */
static bool is_jamo_tail(uint32_t code)
{
    return code >= 0x1160 && code <= 0x11FF;
}

bool utf8_joins(uint32_t code)
{
    if (code < 0x300)
        return false;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
    return (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME) || is_jamo_tail(code);
}
