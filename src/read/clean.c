/*
 * clean.c -- one loop that looks, one that changes.
 *
 * XML 1.0 has no place for controls, surrogates, U+FFFE and U+FFFF; U+001F parts
 * the fields of an Anki note; the other noncharacters are nobody's text.
 */
#include "read/clean.h"

#include "base/utf8.h"

#include <string.h>

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

static bool is_noncharacter(uint32_t code)
{
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

/* The character at `p`, which is not ASCII; its length, 0 where it is no UTF-8. */
static size_t decode(const unsigned char *p, size_t left, uint32_t *code)
{
    if (left >= 3 && p[0] == 0xED && p[1] >= 0xA0 && p[1] < 0xC0 && is_tail(p[2])) {
        *code = 0xD000 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return 3;
    }
    size_t n;
    *code = utf8_at((Str){(const char *)p, left}, 0, &n);
    return n > 1 ? n : 0;
}

static bool is_forbidden(uint32_t code)
{
    return is_noncharacter(code) || (code >= 0xD800 && code < 0xE000);
}

/* Three bytes that are never forbidden: Chinese, its marks, and its neighbours. */
static bool is_common(const unsigned char *p, size_t left)
{
    return left >= 3 && is_tail(p[1]) && is_tail(p[2])
        && ((p[0] > 0xE0 && p[0] < 0xED) || (p[0] == 0xEF && p[1] >= 0xBC && p[1] < 0xBF));
}

/* Bytes at `p` that are printable ASCII, looked at by eights. */
static size_t plain_run(const unsigned char *p, size_t left)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    size_t n = 0;
    for (uint64_t word; n + 8 <= left; n += 8) {
        memcpy(&word, p + n, 8);
        /* A byte below 0x20 borrows, DEL carries, and others have their top bit. */
        if ((word | (word - ones * 0x20) | (word + ones)) & high)
            break;
    }
    while (n < left && p[n] >= 0x20 && p[n] < 0x7F)
        n++;
    return n;
}

static size_t look_wide(const unsigned char *p, size_t left, Survey *v)
{
    size_t n = 3;
    if (!is_common(p, left)) {
        uint32_t code;
        n = decode(p, left, &code);
        v->unclean |= n && is_forbidden(code);
    }
    v->wide += n > 0;
    return n;
}

Survey text_survey(Str s)
{
    const unsigned char *p = (const unsigned char *)s.at;
    Survey v = {0};
    size_t i = 0;
    while (i < s.n) {
        size_t n = 1;
        if (p[i] >= 0x80) {
            n = look_wide(p + i, s.n - i, &v);
            if (!n)
                break;
        } else if (p[i] >= 0x20 && p[i] < 0x7F) {
            n = plain_run(p + i, s.n - i);
        } else {
            v.breaks += p[i] == '\n';
            v.unclean |= p[i] != '\n' && p[i] != '\t';
        }
        i += n;
    }
    v.valid = i;
    return v;
}

typedef struct Cleaner {
    char *at;
    size_t n;       /* of the text as it was */
    size_t in, out; /* how far it was read, and written */
    size_t breaks;  /* LF written */
    bool cr_ends;   /* CR is a line end */
    Removed *removed;
} Cleaner;

static void keep(Cleaner *c, size_t n)
{
    if (c->in != c->out)
        memmove(c->at + c->out, c->at + c->in, n);
    c->in += n;
    c->out += n;
}

static void leave_out(Cleaner *c, uint32_t code, size_t n)
{
    if (!c->removed->count++) {
        c->removed->code = code;
        c->removed->line = (uint32_t)c->breaks + 1;
        c->removed->at = c->out;
    }
    c->in += n;
}

static void put(Cleaner *c, char byte)
{
    c->at[c->out++] = byte;
    c->breaks += byte == '\n';
}

/* CRs before a line end or the end of the text say nothing more. */
static void take_cr(Cleaner *c)
{
    if (c->cr_ends) {
        c->in++;
        put(c, '\n');
        return;
    }
    while (c->in < c->n && c->at[c->in] == '\r')
        c->in++;
    if (c->in < c->n && c->at[c->in] != '\n')
        put(c, ' ');
}

static void take_control(Cleaner *c)
{
    char byte = c->at[c->in];
    if (byte == '\r') {
        take_cr(c);
    } else if (byte == '\n' || byte == '\t') {
        c->breaks += byte == '\n';
        keep(c, 1);
    } else {
        leave_out(c, (unsigned char)byte, 1);
    }
}

static void take_wide(Cleaner *c, const unsigned char *p)
{
    uint32_t code = 0;
    size_t n = is_common(p, c->n - c->in) ? 3 : decode(p, c->n - c->in, &code);
    if (is_forbidden(code))
        leave_out(c, code, n);
    else
        keep(c, n ? n : 1);
}

size_t text_clean(char *at, size_t n, size_t breaks, Removed *removed)
{
    Cleaner c = {.at = at, .n = n, .cr_ends = breaks == 0, .removed = removed};
    *removed = (Removed){0};
    while (c.in < n) {
        const unsigned char *p = (const unsigned char *)at + c.in;
        if (*p >= 0x80)
            take_wide(&c, p);
        else if (*p >= 0x20 && *p < 0x7F)
            keep(&c, plain_run(p, n - c.in));
        else
            take_control(&c);
    }
    return c.out;
}
