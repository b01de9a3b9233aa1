/*
 * diff_parts.c -- note types are matched by id and then by name, media by name.
 */
#include "compare/diff_parts.h"

#include "compare/match.h"

#include <string.h>

static void put_part(Changes *c, unsigned kind, const char *what, Str name, Str detail)
{
    *vec_push(&c->parts, c->arena) = (PartChange){kind, what, name, detail};
}

/* Append to what a detail says already. */
static void put_note(Buf *b, const char *words)
{
    buf_puts(b, b->n ? "; " : "");
    buf_puts(b, words);
}

static void put_names(Buf *b, const StrVec *names)
{
    for (size_t i = 0; i < names->n; i++) {
        buf_puts(b, i ? ", " : "");
        buf_put(b, names->at[i]);
    }
}

static bool same_names(const StrVec *a, const StrVec *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (!str_eq(a->at[i], b->at[i]))
            return false;
    return a->n == b->n;
}

static void put_fields(Buf *b, const ReadType *old, const ReadType *new)
{
    if (same_names(&old->fields, &new->fields))
        return;
    put_note(b, "fields were ");
    put_names(b, &old->fields);
    buf_puts(b, ", now ");
    put_names(b, &new->fields);
}

static void put_templates(Buf *b, const ReadType *old, const ReadType *new)
{
    size_t n = old->templates.n, m = new->templates.n;
    if (n != m) {
        put_note(b, "");
        buf_printf(b, "%zu templates, now %zu", n, m);
    }
    for (size_t i = 0; i < n && i < m; i++) {
        const ReadTemplate *x = &old->templates.at[i], *y = &new->templates.at[i];
        if (str_eq(x->name, y->name) && str_eq(x->front, y->front) && str_eq(x->back, y->back))
            continue;
        put_note(b, "template ");
        buf_put(b, y->name);
    }
}

static Str type_detail(const ReadType *old, const ReadType *new, Arena *a)
{
    Buf b = {.arena = a};
    if (!str_eq(old->name, new->name)) {
        put_note(&b, "its name was ");
        buf_put(&b, old->name);
    }
    put_fields(&b, old, new);
    put_templates(&b, old, new);
    if (!str_eq(old->style, new->style))
        put_note(&b, "style");
    if (old->cloze != new->cloze)
        put_note(&b, new->cloze ? "now a cloze type" : "no longer a cloze type");
    if (old->fields.n != new->fields.n || old->templates.n != new->templates.n)
        put_note(&b, "Anki will not update the notes of this type that it has");
    return buf_str(&b);
}

static StrVec type_ids(const ReadPackage *p, Arena *a)
{
    StrVec keys = {0};
    for (size_t i = 0; i < p->types.n; i++)
        *vec_push(&keys, a) = (Str){(const char *)&p->types.at[i].id, sizeof p->types.at[i].id};
    return keys;
}

static StrVec type_names(const ReadPackage *p, Arena *a)
{
    StrVec keys = {0};
    for (size_t i = 0; i < p->types.n; i++)
        *vec_push(&keys, a) = p->types.at[i].name;
    return keys;
}

static Matching match_types(const ReadPackage *a, const ReadPackage *b, Arena *scratch)
{
    Matching m = match_none(a->types.n, b->types.n, scratch);
    StrVec old = type_ids(a, scratch), new = type_ids(b, scratch);
    match_keys(&m, &old, &new);
    old = type_names(a, scratch), new = type_names(b, scratch);
    match_keys(&m, &old, &new);
    return m;
}

void diff_types(Changes *c, const ReadPackage *a, const ReadPackage *b)
{
    static const char what[] = "note type";
    Arena scratch = {0};
    Matching m = match_types(a, b, &scratch);
    for (size_t i = 0; i < b->types.n; i++) {
        const ReadType *new = &b->types.at[i];
        if (m.after[i] == STR_NONE) {
            put_part(c, ADDED, what, new->name, STR(""));
            continue;
        }
        Str detail = type_detail(&a->types.at[m.after[i]], new, c->arena);
        if (detail.n)
            put_part(c, 0, what, new->name, detail);
    }
    for (size_t i = 0; i < a->types.n; i++)
        if (m.before[i] == STR_NONE)
            put_part(c, REMOVED, what, a->types.at[i].name, STR(""));
    arena_free(&scratch);
}

/* Both lists are in order of name. */
void diff_media(Changes *c, const ReadPackage *a, const ReadPackage *b)
{
    static const char what[] = "file";
    for (size_t i = 0, k = 0; i < a->media.n || k < b->media.n;) {
        const ReadMedia *old = i < a->media.n ? &a->media.at[i] : NULL;
        const ReadMedia *new = k < b->media.n ? &b->media.at[k] : NULL;
        int order = !old ? 1 : !new ? -1 : str_cmp(old->name, new->name);
        if (order < 0)
            put_part(c, REMOVED, what, old->name, STR(""));
        else if (order > 0)
            put_part(c, ADDED, what, new->name, STR(""));
        else if (memcmp(old->sha1, new->sha1, sizeof old->sha1) != 0)
            put_part(c, 0, what, old->name, STR("other bytes under the same name"));
        i += order <= 0;
        k += order >= 0;
    }
}
