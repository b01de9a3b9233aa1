/*
 * field.c -- Anki's own reading of a field, as its text.rs and cloze.rs do it.
 */
#include "emit/apkg/field.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "render/html.h"

#include <string.h>

static bool is_dropped(char c)
{
    unsigned char u = (unsigned char)c;
    return (u < 0x20 && u != '\n' && u != '\t') || u == 0x7F;
}

/* Whether each of eight bytes is above 0x1F, and none is 0x7F: none borrows from its top bit. */
static bool all_above(const char *at)
{
    const uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t low = (word - 0x20 * ones) & ~word, del = word ^ 0x7F * ones;
    return !((low | ((del - ones) & ~del)) & tops);
}

void field_put(Buf *b, Str html)
{
    size_t from = 0;
    for (size_t i = 0; i < html.n; i++) {
        if (i + 8 <= html.n && all_above(html.at + i)) {
            i += 7;
            continue;
        }
        if (!is_dropped(html.at[i]))
            continue;
        buf_put(b, (Str){html.at + from, i - from});
        from = i + 1;
    }
    buf_put(b, str_drop(html, from));
}

/* Of an img tag, the file that it shows. */
static void put_picture(Buf *b, Str tag)
{
    size_t src = str_find(tag, STR(" src=\""));
    if (!str_starts(tag, STR("<img ")) || src == STR_NONE)
        return;
    Str value = str_drop(tag, src + strlen(" src=\""));
    buf_puts(b, " ");
    buf_put(b, str_cut(&value, '"'));
    buf_puts(b, " ");
}

/* Take the comment or tag at the front of `*html`.  False: a `<` that nothing ends. */
static bool eat_markup(Buf *b, Str *html)
{
    bool comment = str_starts(*html, STR("<!--"));
    Str close = comment ? STR("-->") : STR(">");
    size_t end = str_find(*html, close);
    if (end == STR_NONE)
        return false;
    if (!comment)
        put_picture(b, str_take(*html, end));
    *html = str_drop(*html, end + close.n);
    return true;
}

typedef struct Entity {
    Str name;
    uint32_t code;
} Entity;

static const Entity entities[] = {
    {STR_INIT("&amp;"), '&'},   {STR_INIT("&lt;"), '<'},     {STR_INIT("&gt;"), '>'},
    {STR_INIT("&quot;"), '"'},  {STR_INIT("&apos;"), '\''},  {STR_INIT("&nbsp;"), ' '},
};

static int digit_value(char c)
{
    if (is_digit(c))
        return c - '0';
    char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

/* Length of `&#…;` at the front of `s`, or 0. */
static size_t numeric_entity(Str s, uint32_t *code)
{
    Str rest = s;
    int base = str_eat(&rest, STR("&#x")) ? 16 : str_eat(&rest, STR("&#")) ? 10 : 0;
    size_t n = 0;
    *code = 0;
    while (n < rest.n && digit_value(rest.at[n]) < base && *code <= 0x10FFFF)
        *code = *code * (uint32_t)base + (uint32_t)digit_value(rest.at[n++]);
    bool ended = n && n < rest.n && rest.at[n] == ';' && *code <= 0x10FFFF;
    return ended ? s.n - rest.n + n + 1 : 0;
}

static size_t entity(Str s, uint32_t *code)
{
    for (size_t i = 0; i < COUNT(entities); i++)
        if (str_starts(s, entities[i].name)) {
            *code = entities[i].code;
            return entities[i].name.n;
        }
    return numeric_entity(s, code);
}

static bool all_entities_known(Str s)
{
    uint32_t code;
    for (; s.n; s = str_drop(s, 1))
        if (*s.at == '&' && !entity(s, &code))
            return false;
    return true;
}

/* Resolve entities in the bytes of `b` from `start` on; none where one is unknown. */
static void resolve(Buf *b, size_t start)
{
    Str s = str_drop(buf_str(b), start);
    if (str_find_char(s, '&') == STR_NONE || !all_entities_known(s))
        return;
    Arena scratch = {0};
    s = str_copy(&scratch, s);
    b->n = start;
    while (s.n) {
        uint32_t code;
        size_t n = 1;
        if (*s.at == '&') {
            n = entity(s, &code);
            utf8_put(b, code == 0xA0 ? ' ' : code);
        } else if (str_starts(s, STR("\xC2\xA0"))) { /* U+00A0 */
            n = 2;
            buf_put_char(b, ' ');
        } else {
            buf_put_char(b, *s.at);
        }
        s = str_drop(s, n);
    }
    arena_free(&scratch);
}

void field_strip(Buf *b, Str html)
{
    size_t start = b->n;
    while (html.n) {
        size_t text = str_find_char(html, '<');
        buf_put(b, str_take(html, text));
        html = str_drop(html, text);
        if (html.n && !eat_markup(b, &html)) {
            buf_put(b, html);
            break;
        }
    }
    resolve(b, start);
}

uint32_t field_checksum(Str stripped)
{
    unsigned char digest[SHA1_BYTES];
    hash_sha1(stripped, digest);
    return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8
         | digest[3];
}

/* `<br>`, `<div>`, their ends, and blanks; Anki looks no further. */
static bool eat_nothing(Str *s)
{
    if (is_space(*s->at) || is_dropped(*s->at)) {
        *s = str_drop(*s, 1);
        return true;
    }
    Str rest = *s;
    if (!str_eat(&rest, STR("</")) && !str_eat(&rest, STR("<")))
        return false;
    if (!str_eat(&rest, STR("br")) && !str_eat(&rest, STR("div")))
        return false;
    str_eat(&rest, STR(" "));
    str_eat(&rest, STR("/"));
    if (!str_eat(&rest, STR(">")))
        return false;
    *s = rest;
    return true;
}

bool field_is_empty(Str html)
{
    while (html.n)
        if (!eat_nothing(&html))
            return false;
    return true;
}

bool clozes_has(const Clozes *c, size_t number)
{
    return c->bits[number / 64] >> number % 64 & 1;
}

bool clozes_any(const Clozes *c)
{
    uint64_t any = 0;
    for (size_t i = 0; i < COUNT(c->bits); i++)
        any |= c->bits[i];
    return any;
}

/* Move all numbers of `from` to `to`. */
static void clozes_move(Clozes *to, Clozes *from)
{
    for (size_t i = 0; i < COUNT(to->bits); i++) {
        to->bits[i] |= from->bits[i];
        from->bits[i] = 0;
    }
}

/* Take what opens a cloze off the front of `*s`, with the list of its numbers. */
static bool eat_cloze_open(Str *s, Str *numbers)
{
    size_t n = cloze_open(*s);
    if (!n)
        return false;
    *numbers = (Str){s->at + strlen("{{c"), n - strlen("{{c::")};
    *s = str_drop(*s, n);
    return true;
}

static void mark_numbers(Str numbers, Clozes *c)
{
    while (numbers.n) {
        Str digits = str_cut(&numbers, ',');
        size_t number = 0;
        for (size_t i = 0; i < digits.n && number <= CLOZE_CARDS; i++)
            number = number * 10 + (size_t)(digits.at[i] - '0');
        if (number && number <= CLOZE_CARDS)
            c->bits[number / 64] |= 1ull << number % 64;
    }
}

Clozes field_clozes(Str html)
{
    Clozes found = {0}, inside = {0};
    Str open[CLOZE_LEVELS], numbers;
    size_t depth = 0;
    while (html.n) {
        if (eat_cloze_open(&html, &numbers)) {
            if (depth < CLOZE_LEVELS)
                open[depth++] = numbers;
        } else if (str_eat(&html, STR("}}"))) {
            if (depth)
                mark_numbers(open[--depth], &inside);
            if (!depth)
                clozes_move(&found, &inside);
        } else {
            html = str_drop(html, 1);
        }
    }
    return found;
}
