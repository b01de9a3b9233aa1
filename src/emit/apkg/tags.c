/*
 * tags.c -- blanks part tags, "::" parts levels, and quotes, stars and single colons
 * would have to be escaped in a search: none of them may stand in a level.
 */
#include "emit/apkg/tags.h"

#include "base/utf8.h"

#include <stdlib.h>

static const Str section_mark = STR_INIT(" › ");
static const Str level_mark = STR_INIT("::");
static const Str section_root = STR_INIT("章节");

static bool is_parting(uint32_t code)
{
    return code == ':' || code == '-' || code < 0x20 || (code >= 0x7F && code <= 0x9F)
        || utf8_is_space(code);
}

static bool is_dropped(uint32_t code)
{
    return code == '"' || code == '\'' || code == '*' || code == '\\';
}

/* One level of a tag: runs of what parts become one '-', none of it at the ends. */
static void put_level(Buf *b, Str level)
{
    size_t start = b->n, n;
    bool gap = false;
    for (size_t i = 0; i < level.n; i += n) {
        uint32_t code = utf8_at(level, i, &n);
        bool parting = is_parting(code);
        gap = gap || parting;
        if (parting || is_dropped(code))
            continue;
        if (b->n == start && start)
            buf_put(b, level_mark);
        else if (gap && b->n > start)
            buf_put_char(b, '-');
        gap = false;
        utf8_put(b, code);
    }
}

/* `path` is levels parted by `mark`, below the level `root` if there is one. */
static Str tag(Str root, Str path, Str mark, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, root);
    while (path.n) {
        size_t n = str_find(path, mark);
        put_level(&b, str_take(path, n));
        path = n == STR_NONE ? (Str){0} : str_drop(path, n + mark.n);
    }
    return utf8_nfc(buf_str(&b), a);
}

static int byte_order(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

Str tags_make(const StrVec *tags, Str own, Str section, Arena *a)
{
    StrVec all = {0};
    while (own.n) {
        Str one = str_cut(&own, ' ');
        *vec_push(&all, a) = tag(STR(""), one, level_mark, a);
    }
    for (size_t i = 0; i < tags->n; i++)
        *vec_push(&all, a) = tag(STR(""), tags->at[i], level_mark, a);
    if (section.n)
        *vec_push(&all, a) = tag(section_root, section, section_mark, a);
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, byte_order);
    Buf b = {.arena = a};
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].n && !(i && str_eq(all.at[i], all.at[i - 1]))) {
            buf_puts(&b, b.n ? "" : " ");
            buf_put(&b, all.at[i]);
            buf_puts(&b, " ");
        }
    return buf_str(&b);
}

Str tags_add(Str tags, Str more, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, tags);
    while (more.n) {
        Str name = str_cut(&more, ' ');
        Buf one = {.arena = a};
        buf_printf(&one, " %.*s ", STR_ARG(name));
        if (str_find(tags, buf_str(&one)) == STR_NONE)
            buf_put(&b, str_drop(buf_str(&one), b.n > 0));
    }
    return buf_str(&b);
}
