/*
 * html_text.c -- text and URLs as they stand in markup.
 */
#include "render/html_parts.h"

/* What XML 1.0 cannot hold even as a reference: controls, U+FFFE and U+FFFF. */
static bool is_forbidden(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return c == 0xEF && i + 2 < s.n && (unsigned char)s.at[i + 1] == 0xBF
        && (unsigned char)s.at[i + 2] >= 0xBE;
}

static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void html_text(Buf *out, Str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *escape = escape_of(s.at[i]);
        bool forbidden = !escape && is_forbidden(s, i);
        if (!escape && !forbidden)
            continue;
        buf_put(out, (Str){s.at + done, i - done});
        if (escape)
            buf_puts(out, escape);
        else if ((unsigned char)s.at[i] == 0xEF)
            i += 2;
        done = i + 1;
    }
    buf_put(out, str_drop(s, done));
}

void html_url(Buf *out, Str target)
{
    static const char hex[] = "0123456789ABCDEF";
    static const Str plain = STR_INIT("-_.+!*'(),%#@?=;:/$~");
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.at[i];
        if (c == '&')
            buf_puts(out, "&amp;");
        else if (is_alnum(target.at[i]) || str_find_char(plain, target.at[i]) != STR_NONE)
            buf_put_char(out, (char)c);
        else
            buf_put(out, (Str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
}
