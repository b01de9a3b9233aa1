/*
 * foreign.c -- copies that end in NUL, and which fields make a card.
 *
 * Anki itself tries out the templates; only old clients make cards by `req`, and to them
 * one way to a card is enough.  So the replacement that stands behind the fewest
 * conditions is looked for, and all of these are needed together with its own field.
 */
#include "emit/apkg/foreign.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
    MOST_NEEDED = 2,   /* fields together */
    MOST_FIELDS = 128, /* that can be needed: latest.c writes their numbers as bytes */
    DEEPEST = 8,       /* conditions around what can be needed */
    NONE = -1,
};

/* A front, read from left to right. */
typedef struct Scan {
    const ReadType *type;
    int open[DEEPEST]; /* fields of the conditions around; NONE: not met by a field that is filled */
    size_t depth;
    int *needs;        /* the best found */
    size_t count;
} Scan;

static int field_of(const ReadType *type, Str name)
{
    name = str_trim(name);
    for (size_t i = 0; i < type->fields.n && i < MOST_FIELDS; i++)
        if (str_eq(type->fields.at[i], name))
            return (int)i;
    return NONE;
}

static void take_replacement(Scan *s, int field)
{
    int needs[MOST_NEEDED] = {field, NONE};
    size_t n = 1;
    if (field == NONE || s->depth > DEEPEST)
        return;
    for (size_t i = 0; i < s->depth; i++) {
        if (s->open[i] == needs[0] || (n > 1 && s->open[i] == needs[1]))
            continue;
        if (s->open[i] == NONE || n == MOST_NEEDED)
            return;
        needs[n++] = s->open[i];
    }
    if (n >= s->count)
        return;
    bool falling = n > 1 && needs[0] > needs[1];
    s->needs[0] = needs[falling];
    s->needs[1] = n > 1 ? needs[!falling] : NONE;
    s->count = n;
}

/* What stands between braces: `#Field`, `^Field`, `/Field`, or `filter:…:Field`. */
static void take_tag(Scan *s, Str tag)
{
    tag = str_trim(tag);
    char kind = tag.n ? *tag.at : '\0';
    if (kind == '#' || kind == '^') {
        if (s->depth < DEEPEST)
            s->open[s->depth] = kind == '#' ? field_of(s->type, str_drop(tag, 1)) : NONE;
        s->depth++;
    } else if (kind == '/') {
        s->depth -= s->depth > 0;
    } else {
        for (size_t i; (i = str_find_char(tag, ':')) != STR_NONE;)
            tag = str_drop(tag, i + 1);
        take_replacement(s, field_of(s->type, tag));
    }
}

/* A front that shows no field is taken for one that shows the first, as every note has that. */
static void find_needs(const ReadType *type, Str front, int needs[MOST_NEEDED + 1])
{
    Scan s = {.type = type, .needs = needs, .count = MOST_NEEDED + 1};
    needs[0] = 0;
    needs[1] = needs[2] = NONE;
    for (size_t at; (at = str_find(front, STR("{{"))) != STR_NONE;) {
        front = str_drop(front, at + 2);
        size_t end = str_find(front, STR("}}"));
        if (end == STR_NONE)
            return;
        take_tag(&s, str_take(front, end));
        front = str_drop(front, end + 2);
    }
}

static const FieldType *copy_fields(const ReadType *type, Arena *a)
{
    FieldType *fields = arena_new(a, FieldType, type->fields.n + 1);
    for (size_t i = 0; i < type->fields.n; i++)
        fields[i].name = str_copy(a, type->fields.at[i]).at;
    return fields;
}

static const Template *copy_templates(const ReadType *type, Arena *a)
{
    Template *templates = arena_new(a, Template, type->templates.n + 1);
    for (size_t i = 0; i < type->templates.n; i++) {
        const ReadTemplate *from = &type->templates.at[i];
        templates[i] = (Template){.name = str_copy(a, from->name).at,
                                  .front = str_copy(a, from->front).at,
                                  .back = str_copy(a, from->back).at,
                                  .browser_front = "", .browser_back = ""};
        find_needs(type, from->front, templates[i].needs);
    }
    return templates;
}

const NoteType *foreign_type(const ReadType *type, Arena *a)
{
    NoteType *copy = arena_new(a, NoteType, 1);
    *copy = (NoteType){.id = type->id, .name = str_copy(a, type->name).at, .cloze = type->cloze,
                       .fields = copy_fields(type, a), .field_count = type->fields.n,
                       .templates = copy_templates(type, a), .template_count = type->templates.n,
                       .sort = type->sort};
    return copy;
}

/* Of one name as they stand. */
static int by_name(const void *a, const void *b)
{
    const DatedType *x = *(DatedType *const *)a, *y = *(DatedType *const *)b;
    int order = utf8_cmp_nocase(str_of(x->type->name), str_of(y->type->name));
    return order ? order : (x > y) - (x < y);
}

static void rename_type(DatedType *t, Arena *a)
{
    NoteType *copy = arena_new(a, NoteType, 1);
    Buf name = {.arena = a};
    buf_printf(&name, "%s %lld", t->type->name, (long long)t->type->id);
    *copy = *t->type;
    copy->name = buf_str(&name).at;
    t->type = copy;
}

void foreign_part_names(DatedType *types, size_t n, Arena *a)
{
    DatedType **sorted = arena_new(a, DatedType *, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &types[i];
    for (bool again = n > 0; again;) {
        again = false;
        qsort(sorted, n, sizeof *sorted, by_name);
        for (size_t i = n; i-- > 1;) {
            bool same = utf8_cmp_nocase(str_of(sorted[i]->type->name), str_of(sorted[i - 1]->type->name)) == 0;
            if (same)
                rename_type(sorted[i], a);
            again |= same;
        }
    }
}
