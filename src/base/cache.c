/*
 * cache.c -- written as products are, so that no build finds half a file.
 */
#include "base/cache.h"

#include "base/file.h"
#include "base/publish.h"

/* NULL: it leads elsewhere, so it is none of ours. */
static const char *cache_folder(const char *folder, Arena *a)
{
    const char *path = file_path(a, str_of(folder), STR(".deckbind-cache"));
    return file_is_link(path) ? NULL : path;
}

Str cache_read(const char *folder, Str name, Arena *a)
{
    Str bytes;
    const char *cache = cache_folder(folder, a);
    return cache && file_read_silently(file_path(a, str_of(cache), name), a, &bytes) ? bytes : STR("");
}

void cache_write(const char *folder, Str name, Str bytes, Arena *a)
{
    ProductVec files = {0};
    Diags ignored = {.arena = a};
    *vec_push(&files, a) = (Product){.name = name, .bytes = bytes};
    const char *cache = cache_folder(folder, a);
    if (cache)
        publish(cache, &files, &ignored);
}
