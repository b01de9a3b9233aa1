/*
 * names.c -- one sorted list, searched by the last part of a path.
 */
#include "inline/names.h"

#include "base/utf8.h"
#include "inline/link.h"
#include "model/filename.h"

#include <stdlib.h>

enum { NAMESAKES = 100 /* files of one name that are looked at */ };

static int by_key(const void *a, const void *b)
{
    const FileName *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : str_cmp(x->path, y->path);
}

static void add(Book *b, Str path)
{
    FileName *name = vec_push(&b->names, &b->arena);
    *name = (FileName){utf8_fold(filename_bare(filename_last(path)), &b->arena), path};
}

void book_names(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        add(b, b->sources[i].name);
    for (size_t i = 0; i < b->attachments.n; i++)
        add(b, b->attachments.at[i]);
    if (b->names.n)
        qsort(b->names.at, b->names.n, sizeof *b->names.at, by_key);
}

static size_t first_of(const Book *b, Str key)
{
    return str_lower_bound(b->names.at, b->names.n, sizeof *b->names.at, key);
}

/* The steps from the folder of `from` to `to`, up and down again. */
static size_t distance(Str from, Str to)
{
    size_t same = 0, steps = 0;
    for (size_t i = 0; i < from.n && i < to.n && from.at[i] == to.at[i]; i++)
        same = from.at[i] == '/' ? i + 1 : same;
    for (size_t i = same; i < from.n; i++)
        steps += from.at[i] == '/';
    for (size_t i = same; i < to.n; i++)
        steps += to.at[i] == '/';
    return steps;
}

/* Whether `path` is `wanted`, which is folded, or at least ends in it; their last parts are equal. */
static bool is_meant(Str path, Str wanted, bool whole, Arena *scratch)
{
    if (str_find_char(wanted, '/') == STR_NONE)
        return !whole || str_find_char(path, '/') == STR_NONE;
    path = utf8_fold(filename_bare(path), scratch);
    bool same = path.n == wanted.n || (!whole && path.n > wanted.n && path.at[path.n - wanted.n - 1] == '/');
    return same && str_ends(path, wanted);
}

static Str find(const Book *b, Str from, Str path, bool whole, Arena *scratch, bool *doubt)
{
    Str wanted = utf8_fold(filename_bare(path), scratch), key = filename_last(wanted), found = {0};
    size_t first = first_of(b, key), least = SIZE_MAX;
    *doubt = false;
    for (size_t i = first; key.n && i < b->names.n && i - first < NAMESAKES; i++) {
        const FileName *name = &b->names.at[i];
        if (!str_eq(name->key, key))
            break;
        if (!is_meant(name->path, wanted, whole, scratch))
            continue;
        size_t steps = distance(from, name->path);
        *doubt = steps == least || (*doubt && steps > least);
        if (steps < least) {
            least = steps;
            found = name->path;
        }
    }
    return found;
}

Str names_at(const Book *b, Str path, Arena *scratch)
{
    bool doubt;
    return find(b, STR(""), path, true, scratch, &doubt);
}

Str names_near(const Book *b, Str from, Str path, Arena *scratch, bool *doubt)
{
    return find(b, from, path, false, scratch, doubt);
}
