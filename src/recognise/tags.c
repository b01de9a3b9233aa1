/*
 * tags.c -- a tag is # and characters other than blanks, ASCII marks and #.
 */
#include "recognise/tags.h"

static bool in_tag(char c)
{
    return !is_space(c) && (c == '-' || c == '_' || c == '/' || !is_punct(c));
}

/* The start of the tag that ends `text`; STR_NONE for none. */
static size_t last_tag(Str text)
{
    size_t at = text.n;
    while (at && in_tag(text.at[at - 1]))
        at--;
    bool tag = at && at < text.n && text.at[at - 1] == '#' && (at == 1 || is_blank(text.at[at - 2]));
    return tag && !is_digit(text.at[at]) ? at - 1 : STR_NONE;
}

static void put_tag(Buf *b, Str tag)
{
    if (b->n)
        buf_put_char(b, ' ');
    for (size_t i = 0; i < tag.n; i++) {
        if (tag.at[i] == '/')
            buf_puts(b, "::");
        else
            buf_put_char(b, tag.at[i]);
    }
}

Str tags_eat(Str *text, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t at; (at = last_tag(*text)) != STR_NONE;) {
        put_tag(&b, str_drop(*text, at + 1));
        *text = str_trim(str_take(*text, at));
    }
    return buf_str(&b);
}
