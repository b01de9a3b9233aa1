/*
 * utf8.h -- code points of UTF-8 text, and what Unicode says of them.
 *
 * Reading never goes past the end and never fails: a byte that begins no valid
 * sequence reads as U+FFFD of length 1.  The only module that knows utf8proc.
 */
#ifndef DECKBIND_BASE_UTF8_H
#define DECKBIND_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

/* What utf8_at does of all but the most common characters. */
uint32_t utf8_decode(Str s, size_t i, size_t *n);

/* The code point at `i` (< s.n); `*n` is its length in bytes, where n is not NULL. */
static inline uint32_t utf8_at(Str s, size_t i, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.at + i;
    bool plain = p[0] > 0xE0 && p[0] < 0xED && s.n - i > 2 && (p[1] & 0xC0) == 0x80
              && (p[2] & 0xC0) == 0x80; /* from U+1000 to U+CFFF, so most of what is not ASCII */
    if (p[0] >= 0x80 && !plain)
        return utf8_decode(s, i, n);
    if (n)
        *n = plain ? 3 : 1;
    return plain ? (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F) : p[0];
}

/* The code point that ends before `i`; 0 at the start of the text. */
uint32_t utf8_before(Str s, size_t i);

void utf8_put(Buf *b, uint32_t code); /* an invalid code point becomes U+FFFD */

/* The offset of the first byte that is no part of valid UTF-8, or s.n. */
size_t utf8_valid(Str s);

/* The first `count` characters of `s`, or all of it. */
Str utf8_take(Str s, size_t count);

/* Columns of a terminal: 2 for wide characters, 0 for combining ones. */
size_t utf8_width(Str s);
bool utf8_wider(Str s, size_t columns); /* stops as soon as it knows */

bool utf8_is_space(uint32_t code); /* Zs, tab, LF, FF, CR */
bool utf8_is_punct(uint32_t code); /* general categories P and S */
bool utf8_is_cjk(uint32_t code);   /* Han, kana, hangul, and their full-width marks */
bool utf8_is_han(uint32_t code);

/* Full case folding of NFKC text, as for matching labels and questions; in `a`. */
Str utf8_fold(Str s, Arena *a);

/* The order of texts by full case folding alone, code point by code point. */
int utf8_cmp_nocase(Str a, Str b);

/*
 * Whether a reader may be shown it as it is: no control character, no separator of lines,
 * no mark that turns the direction of text, no noncharacter, no invisible tag.
 */
bool utf8_is_shown(uint32_t code);

/* `s` without the characters at either end that `drops` names. */
Str utf8_trim(Str s, bool (*drops)(uint32_t code));

/* Whether a line of notes is blank to its reader: spaces, and characters that only join or part. */
bool utf8_looks_blank(Str s);

/* Whether nothing of `s` can be seen: blanks, marks without width, what may not be shown. */
bool utf8_is_blank(Str s);

/* `s` with U+FFFD for what is no UTF-8; `s` itself where all is. */
Str utf8_clean(Str s, Arena *a);

/* A mark or letter that may compose with the character before it. */
bool utf8_joins(uint32_t code);

/* Canonical composition; `s` itself where nothing changes. */
Str utf8_nfc(Str s, Arena *a);

#endif
