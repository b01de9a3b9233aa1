/*
 * html_text.c -- text and URLs as they stand in markup.
 */
#include "base/utf8.h"
#include "render/html_parts.h"

/* What XML 1.0 cannot hold even as a reference, and U+007F, which Anki takes out. */
static bool is_forbidden(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    if (c == 0x7F)
        return true;
    return c == 0xEF && i + 2 < s.n && (unsigned char)s.at[i + 1] == 0xBF
        && (unsigned char)s.at[i + 2] >= 0xBE;
}

/* What stands for a byte; NULL: itself. */
static const char *const escapes[256] = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

/* `s` without what is forbidden; `s` itself where nothing is. */
static Str allowed(Str s, Arena *a)
{
    Buf b = {.arena = a};
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c >= ' ' && c < 0x7F) || (c > 0x7F && c != 0xEF) || !is_forbidden(s, i))
            continue;
        buf_put(&b, (Str){s.at + done, i - done});
        i += (unsigned char)s.at[i] == 0xEF ? 2 : 0;
        done = i + 1;
    }
    if (!done)
        return s;
    buf_put(&b, str_drop(s, done));
    return buf_str(&b);
}

/*
 * A mark at the front would compose with what was written before, be it the end of a
 * tag: U+0338 makes another character of '>'.  As a number it cannot.
 */
static Str put_joining_front(Buf *out, Str s)
{
    size_t i = 0, n;
    while (i < s.n && is_space(s.at[i]))
        i++;
    uint32_t code = i < s.n ? utf8_at(s, i, &n) : 0;
    if (!utf8_joins(code))
        return s;
    buf_put(out, str_take(s, i));
    buf_printf(out, "&#%u;", code);
    return str_drop(s, i + n);
}

static void put_escaped(Buf *out, Str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *escape = escapes[(unsigned char)s.at[i]];
        if (!escape)
            continue;
        buf_put(out, (Str){s.at + done, i - done});
        buf_puts(out, escape);
        done = i + 1;
    }
    buf_put(out, str_drop(s, done));
}

static bool is_quiet_mark(unsigned char first, unsigned char next, unsigned char last)
{
    switch (first) {
    case 0xE2:
        return (next == 0x80 && last >= 0x90) || next == 0x81 || next == 0x82 || (next >= 0x94 && next <= 0xA7);
    case 0xE3:
        return next == 0x80 && last < 0xAA;
    default:
        return first == 0xEF && (next == 0xBC || next == 0xBD) && last > 0x80;
    }
}

/*
 * Whether nothing of `s` is forbidden, composes or joins; false also where a closer look must
 * tell.  That are ASCII, U+0080 to U+02FF, U+2010 to U+20BF, U+2500 to U+29FF, U+3000 to U+3029,
 * U+4000 to U+9FFF and U+FF01 to U+FF7F: see utf8_nfc.
 */
static bool is_quiet(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c >= ' ' && c < 0xCC && c != 0x7F) || (c >= 0xE4 && c <= 0xE9) || c == '\n' || c == '\t')
            continue;
        if (i + 2 >= s.n || !is_quiet_mark(c, (unsigned char)s.at[i + 1], (unsigned char)s.at[i + 2]))
            return false;
    }
    return true;
}

void html_text(Buf *out, Str s)
{
    if (is_quiet(s)) {
        put_escaped(out, s);
        return;
    }
    Arena scratch = {0};
    s = utf8_nfc(allowed(s, &scratch), &scratch);
    put_escaped(out, put_joining_front(out, s));
    arena_free(&scratch);
}

Str html_source_address(const Source *s, uint32_t line, Str url, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, url);
    buf_puts(&b, str_ends(url, STR("/")) ? "" : "/");
    for (size_t i = 0; i < s->name.n; i++)
        if (str_find_char(STR("%#? "), s->name.at[i]) != STR_NONE) /* which end a path, or part what it names */
            buf_printf(&b, "%%%02X", (unsigned char)s->name.at[i]);
        else
            buf_put_char(&b, s->name.at[i]);
    buf_printf(&b, "#L%u", line);
    return buf_str(&b);
}

/* Where the brackets round a host end, which is an address of IPv6 then; 0: there are none. */
static size_t host_end(Str target)
{
    size_t colon = str_find_char(target, ':');
    bool bracket = colon != STR_NONE && str_starts(str_drop(target, colon), STR("://["));
    size_t end = bracket ? str_find_char(target, ']') : STR_NONE;
    return end == STR_NONE ? 0 : end + 1;
}

void html_url(Buf *out, Str target)
{
    static const char hex[] = "0123456789ABCDEF";
    static const Str plain = STR_INIT("-_.+!*'(),%#@?=;:/$~");
    size_t bracketed = host_end(target);
    for (size_t i = 0; i < target.n; i++) {
        unsigned char c = (unsigned char)target.at[i];
        if (c == '&')
            buf_puts(out, "&amp;");
        else if (is_alnum(target.at[i]) || str_find_char(plain, target.at[i]) != STR_NONE
                 || ((c == '[' || c == ']') && i < bracketed))
            buf_put_char(out, (char)c);
        else
            buf_put(out, (Str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
}
