/*
 * shown.c -- <img src="…"> and <audio src="…"> in notes are pictures and sounds like those
 * of Markdown.  Of their attributes what is listed here counts.  A <source> may be that of
 * a film, which nothing here shows, so its suffix decides.
 */
#include "base/entities.h"
#include "inline/leaf.h"
#include "inline/size.h"
#include "model/filename.h"

typedef struct Shown {
    Str src, alt, title, width, height, style;
} Shown;

static const struct {
    Str name;
    size_t offset;
} attributes[] = {
    {STR_INIT("src"), offsetof(Shown, src)},       {STR_INIT("alt"), offsetof(Shown, alt)},
    {STR_INIT("title"), offsetof(Shown, title)},   {STR_INIT("width"), offsetof(Shown, width)},
    {STR_INIT("height"), offsetof(Shown, height)}, {STR_INIT("style"), offsetof(Shown, style)},
};

static const Str elements[] = {STR_INIT("img"), STR_INIT("audio"), STR_INIT("source")};

/* The offset after the name of an element that shows a file; 0: it is none. */
static size_t name_end(Str tag)
{
    size_t n = 1;
    while (n < tag.n && is_alnum(tag.at[n]))
        n++;
    for (size_t i = 0; i < COUNT(elements); i++)
        if (str_eq_nocase((Str){tag.at + 1, n - 1}, elements[i]))
            return n;
    return 0;
}

/* Of an attribute that is given twice the first counts. */
static Shown read_attributes(Str tag, size_t i)
{
    Shown shown = {0};
    for (Str name, value; attribute_next(tag, &i, &name, &value);)
        for (size_t k = 0; k < COUNT(attributes); k++) {
            Str *slot = (Str *)(void *)((char *)&shown + attributes[k].offset);
            if (str_eq_nocase(name, attributes[k].name) && !slot->at)
                *slot = value;
        }
    return shown;
}

/* A value with its entities resolved, on one line. */
static Str resolved(Str value, Arena *a)
{
    Buf b = {.arena = a};
    while (value.n) {
        Str text = str_take(value, 1);
        size_t n = value.at[0] == '&' ? entity_read(value, a, &text) : 0;
        buf_put(&b, is_space(text.at[0]) ? STR(" ") : text);
        value = str_drop(value, n ? n : 1);
    }
    return str_trim(buf_str(&b));
}

bool read_shown(Leaf *l, size_t n)
{
    Str tag = {l->text.at + l->at, n};
    size_t name = name_end(tag);
    Shown shown = name ? read_attributes(tag, name) : (Shown){0};
    bool source = name && to_lower(tag.at[1]) == 's';
    if (!shown.src.n || (source && filename_kind(shown.src) != FILE_SOUND))
        return false;
    Arena *a = l->all->arena;
    Node *image = leaf_node(l, NODE_IMAGE);
    image->target = resolved(shown.src, a);
    image->title = resolved(shown.title, a);
    image->width = size_number(shown.width);
    image->height = size_number(shown.height);
    size_style(image, shown.style);
    Str alt = resolved(shown.alt, a);
    if (alt.n) {
        Node *text = node_new(a, NODE_TEXT, image);
        text->line = text->end_line = image->line;
        text->text = alt;
        image->level = 1;
    }
    leaf_skip(l, l->at + n);
    return true;
}
