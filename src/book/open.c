/*
 * open.c -- the notes folder is the folder given, or the deepest that holds all
 * the files given.
 */
#include "book/open.h"

#include "base/file.h"
#include "base/utf8.h"
#include "model/filename.h"

#include <stdlib.h>

/* Its notes go to `notes`, what notes may show to `shown`. */
static bool add_folder(Book *b, const char *folder, const char *except, StrVec *notes, StrVec *shown)
{
    StrVec names = {0};
    Arena *a = &b->arena;
    if (!file_list(folder, except, a, &names, &b->diags))
        return false;
    Str real = file_absolute(folder, a);
    for (size_t i = 0; i < names.n; i++) {
        FileKind kind = filename_kind(names.at[i]);
        if (kind == FILE_NOTE)
            *vec_push(notes, a) = str_of(file_path(a, str_of(folder), names.at[i]));
        else if (kind == FILE_PICTURE || kind == FILE_SOUND)
            *vec_push(shown, a) = str_of(file_path(a, real, names.at[i]));
    }
    return true;
}

/* The part of `path` up to its last slash, without it. */
static Str folder_of(Str path)
{
    while (path.n && path.at[path.n - 1] != '/')
        path.n--;
    if (!path.n)
        return STR(".");
    return path.n > 1 ? str_take(path, path.n - 1) : path;
}

static bool holds(Str folder, Str path)
{
    bool top = str_eq(folder, STR("/"));
    return str_starts(path, folder) && (top || (path.n > folder.n && path.at[folder.n] == '/'));
}

static Str common_folder(const StrVec *paths)
{
    Str folder = folder_of(paths->at[0]);
    for (size_t i = 1; i < paths->n; i++)
        while (!holds(folder, paths->at[i]) && folder.n > 1)
            folder = folder_of(folder);
    return folder;
}

static Str name_below(Str folder, Str path)
{
    if (!holds(folder, path))
        return path;
    path = str_drop(path, folder.n);
    str_eat(&path, STR("/"));
    return path;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const Source *)a)->name, ((const Source *)b)->name);
}

/* Names stand in the products, which are UTF-8; a file of another name is left out. */
static size_t name_sources(Book *b, Str top, const StrVec *paths, const StrVec *real)
{
    size_t n = 0;
    for (size_t i = 0; i < paths->n; i++) {
        Str name = name_below(top, real->at[i]);
        if (utf8_valid(name) == name.n)
            b->sources[n++] = (Source){.path = paths->at[i], .name = str_copy(&b->arena, name)};
        else
            diag(&b->diags, D_NAME_NOT_UTF8, (Place){.file = paths->at[i]}, NULL);
    }
    return n;
}

/*
 * `paths` as they were given; `real`, in the same order, where they are, below `top`.
 * False where none can be used.
 */
static bool make_sources(Book *b, Str top, const StrVec *paths, const StrVec *real)
{
    b->sources = arena_new(&b->arena, Source, paths->n);
    size_t n = name_sources(b, top, paths, real);
    qsort(b->sources, n, sizeof *b->sources, by_name);
    for (size_t i = 0; i < n; i++) {
        Source *s = &b->sources[i];
        if (b->source_count && str_eq(s->name, b->sources[b->source_count - 1].name))
            continue; /* given twice */
        b->sources[b->source_count] = *s;
        b->sources[b->source_count].diags.arena = &b->sources[b->source_count].kept;
        b->source_count++;
    }
    return n > 0;
}

bool book_open(Book *b, const char *const *paths, size_t n, const char *except)
{
    StrVec files = {0}, real = {0}, shown = {0};
    for (size_t i = 0; i < n; i++) {
        if (!file_exists(paths[i])) {
            diag(&b->diags, D_PATH_MISSING, (Place){.file = str_of(paths[i])}, NULL);
            return false;
        }
        if (!file_is_folder(paths[i]))
            *vec_push(&files, &b->arena) = str_copy(&b->arena, str_of(paths[i]));
        else if (!add_folder(b, paths[i], except, &files, &shown))
            return false;
    }
    if (!files.n) {
        diag(&b->diags, D_NO_NOTES, (Place){.file = str_of(paths[0])}, NULL);
        return false;
    }
    for (size_t i = 0; i < files.n; i++)
        *vec_push(&real, &b->arena) = file_absolute(files.at[i].at, &b->arena);
    bool one_folder = n == 1 && file_is_folder(paths[0]);
    b->one_file = n == 1 && !one_folder;
    Str top = one_folder ? file_absolute(paths[0], &b->arena) : common_folder(&real);
    b->folder = str_copy(&b->arena, one_folder ? str_of(paths[0]) : top);
    b->folder_name = utf8_clean(filename_last(top), &b->arena);
    for (size_t i = 0; i < shown.n; i++)
        *vec_push(&b->attachments, &b->arena) = name_below(top, shown.at[i]);
    return make_sources(b, top, &files, &real);
}

void source_close(Source *s)
{
    for (size_t i = 0; i < s->pages.n; i++) {
        arena_free(&s->pages.at[i].document.kept);
        arena_free(&s->pages.at[i].asked.kept);
        arena_free(&s->pages.at[i].answers.kept);
    }
    arena_free(&s->arena);
    arena_free(&s->fields);
    arena_free(&s->kept);
}

void book_close(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        source_close(&b->sources[i]);
    arena_free(&b->arena);
}
