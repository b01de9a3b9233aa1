/*
 * size.c -- see size.h.
 */
#include "inline/size.h"

enum { LONGEST_LIST = 200 /* bytes of a list of attributes */ };

/* Digits at the front of `*s`, taken off it; a number that is too large is the largest. */
static uint32_t eat_number(Str *s)
{
    uint32_t n = 0;
    for (; s->n && is_digit(s->at[0]); *s = str_drop(*s, 1))
        n = n < LARGEST_WIDTH ? 10 * n + (uint32_t)(s->at[0] - '0') : n;
    return n < LARGEST_WIDTH ? n : LARGEST_WIDTH;
}

uint32_t size_number(Str s)
{
    s = str_trim(s);
    uint32_t n = eat_number(&s);
    if (str_eat(&s, STR(".")))
        eat_number(&s);
    if (str_eat(&s, STR("%")))
        n = (n < 100 ? n : 100) * LINE_WIDTH / 100;
    else
        str_eat(&s, STR("px"));
    return s.n ? 0 : n;
}

bool size_read(Str s, uint32_t *width, uint32_t *height)
{
    Str tall = str_trim(s), wide = str_cut(&tall, 'x');
    uint32_t w = size_number(wide), h = size_number(tall);
    if ((!w && !h) || (wide.n && !w) || (tall.n && !h))
        return false;
    *width = w;
    *height = h;
    return true;
}

Str size_take(Str words, uint32_t *width, uint32_t *height)
{
    size_t bar = words.n;
    while (bar && words.at[bar - 1] != '|')
        bar--;
    if (!size_read(str_drop(words, bar), width, height))
        return words;
    Str rest = str_take(words, bar ? bar - 1 : 0);
    return str_ends(rest, STR("\\")) ? str_take(rest, rest.n - 1) : rest;
}

static Str unquoted(Str s)
{
    bool quoted = s.n > 1 && (s.at[0] == '"' || s.at[0] == '\'') && s.at[s.n - 1] == s.at[0];
    return quoted ? (Str){s.at + 1, s.n - 2} : s;
}

/* The number before a percent sign; 0 for none. */
static uint32_t percent_of(Str s)
{
    s = str_trim(s);
    uint32_t n = eat_number(&s);
    return str_eq(s, STR("%")) ? n : 0;
}

void size_style(Node *image, Str style)
{
    while (style.n) {
        Str value = str_cut(&style, ';'), key = str_trim(str_cut(&value, ':'));
        if (str_eq(key, STR("zoom")))
            image->zoom = percent_of(value);
        else if (str_eq(key, STR("width")))
            image->width = size_number(value);
        else if (str_eq(key, STR("height")))
            image->height = size_number(value);
    }
}

/* Take the next of `width=300 height="50%" .class #id`, or of Logseq's `:width 300, :height 200`. */
static bool eat_item(Str *list, Str *key, Str *value)
{
    *value = str_cut(list, ' ');
    *key = *value;
    bool named = str_find_char(*value, '=') != STR_NONE;
    if (named)
        *key = str_cut(value, '=');
    bool colon = str_eat(key, STR(":"));
    if (!named && colon && key->n && is_alpha(key->at[0]))
        *value = str_cut(list, ',');
    return named || colon || key->at[0] == '.' || key->at[0] == '#';
}

/* False where something in it is nothing of the kind, or no size. */
static bool read_list(Str list, uint32_t *width, uint32_t *height)
{
    for (Str key, value; (list = str_trim(list)).n;) {
        if (!eat_item(&list, &key, &value))
            return false;
        if (str_eq(key, STR("width")))
            *width = size_number(unquoted(value));
        else if (str_eq(key, STR("height")))
            *height = size_number(unquoted(value));
    }
    return *width || *height;
}

/* The list of attributes that stands right behind a picture, as Pandoc and kramdown have it. */
static void take_list(Node *image)
{
    Node *next = image->next;
    Str list = next && next->kind == NODE_TEXT ? next->text : STR("");
    uint32_t width = 0, height = 0;
    if (!str_eat(&list, STR("{")) || str_starts(list, STR("{")))
        return;
    size_t end = str_find_char(str_take(list, LONGEST_LIST), '}');
    if (end == STR_NONE || !read_list(str_take(list, end), &width, &height))
        return;
    image->width = width;
    image->height = height;
    next->text = str_drop(list, end + 1);
}

void size_around(Node *image)
{
    Node *last = image->last;
    if (last && last->kind == NODE_TEXT && str_find_char(last->text, '|') != STR_NONE)
        last->text = size_take(last->text, &image->width, &image->height);
    take_list(image);
}

void size_settle(Node *image, size_t width, size_t height)
{
    size_t w = image->width, h = image->height;
    if (!w && !h)
        w = width * image->zoom / 100;
    if (h && width && height) {
        size_t fits = h * width / height;
        size_t off = w * height > h * width ? w * height - h * width : h * width - w * height;
        bool in_ratio = w && 50 * off <= w * height; /* as near as rounding may be */
        w = !w || fits < w ? fits : w;
        h = in_ratio ? h : 0;
        w = w ? w : 1;
    } else {
        h = 0;
    }
    image->width = (uint32_t)(w < LARGEST_WIDTH ? w : LARGEST_WIDTH);
    image->height = (uint32_t)(w <= LARGEST_WIDTH ? h : 0);
}
