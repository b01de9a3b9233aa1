/*
 * creators.c -- the two places of the book description that name people, as one list.
 */
#include "emit/epub/creators.h"

#include "base/utf8.h"
#include "emit/epub/words.h"

static void add(CreatorVec *all, Creator creator, Arena *a)
{
    creator.name = str_trim(creator.name);
    if (!creator.role.n)
        creator.role = relator_codes[RELATOR_aut];
    if (!utf8_is_blank(creator.name))
        *vec_push(all, a) = creator;
}

static bool is_author(const Creator *creator)
{
    return str_eq(creator->role, relator_codes[RELATOR_aut]);
}

CreatorVec creators_of(const Book *b, Arena *a)
{
    const Config *c = &b->config;
    CreatorVec all = {0}, others = {0};
    bool named = false;
    for (size_t i = 0; i < c->creators.n; i++)
        add(&others, c->creators.at[i], a);
    for (size_t i = 0; i < others.n; i++)
        named = named || (is_author(&others.at[i]) && str_eq(others.at[i].name, str_trim(c->author)));
    if (!named)
        add(&all, (Creator){.name = c->author}, a);
    for (size_t i = 0; i < others.n; i++)
        *vec_push(&all, a) = others.at[i];
    return all;
}

Str creators_authors(const Book *b, Arena *a)
{
    CreatorVec all = creators_of(b, a);
    Buf out = {.arena = a};
    for (size_t i = 0; i < all.n; i++)
        if (is_author(&all.at[i])) {
            buf_put(&out, out.n ? words_of(b)->and : STR(""));
            buf_put(&out, all.at[i].name);
        }
    return buf_str(&out);
}

Str creators_line(const Book *b, const Creator *creator, Arena *a)
{
    Buf out = {.arena = a};
    buf_put(&out, creator->name);
    if (!is_author(creator)) {
        buf_put_char(&out, ' ');
        buf_put(&out, words_of(b)->role[relator_find(creator->role)]);
    }
    return buf_str(&out);
}
