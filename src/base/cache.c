/*
 * cache.c -- written as products are, so that no build finds half a file.
 */
#include "base/cache.h"

#include "base/file.h"
#include "base/publish.h"

static const char *cache_folder(const char *folder, Arena *a)
{
    return file_path(a, str_of(folder), STR(".deckbind-cache"));
}

Str cache_read(const char *folder, Str name, Arena *a)
{
    Str bytes = STR("");
    const char *path = file_path(a, str_of(cache_folder(folder, a)), name);
    return file_read_silently(path, a, &bytes) ? bytes : STR("");
}

void cache_write(const char *folder, Str name, Str bytes, Arena *a)
{
    ProductVec files = {0};
    Diags ignored = {.arena = a};
    *vec_push(&files, a) = (Product){.name = name, .bytes = bytes};
    publish(cache_folder(folder, a), &files, &ignored);
}
