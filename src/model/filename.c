/*
 * filename.c -- suffixes, in any case.
 */
#include "model/filename.h"

static const struct {
    Str suffix;
    FileKind kind;
} suffixes[] = {
    {STR_INIT(".md"), FILE_NOTE},      {STR_INIT(".markdown"), FILE_NOTE}, {STR_INIT(".txt"), FILE_NOTE},
    {STR_INIT(".png"), FILE_PICTURE},  {STR_INIT(".jpg"), FILE_PICTURE},   {STR_INIT(".jpeg"), FILE_PICTURE},
    {STR_INIT(".gif"), FILE_PICTURE},  {STR_INIT(".webp"), FILE_PICTURE},  {STR_INIT(".svg"), FILE_PICTURE},
    {STR_INIT(".bmp"), FILE_PICTURE},  {STR_INIT(".avif"), FILE_PICTURE},  {STR_INIT(".mp3"), FILE_SOUND},
    {STR_INIT(".m4a"), FILE_SOUND},    {STR_INIT(".ogg"), FILE_SOUND},     {STR_INIT(".oga"), FILE_SOUND},
    {STR_INIT(".opus"), FILE_SOUND},   {STR_INIT(".wav"), FILE_SOUND},     {STR_INIT(".flac"), FILE_SOUND},
};

/* The row whose suffix `path` has, with something before it; COUNT(suffixes) for none. */
static size_t row_of(Str path)
{
    size_t i = 0;
    for (; i < COUNT(suffixes); i++) {
        Str suffix = suffixes[i].suffix;
        if (path.n > suffix.n && str_starts_nocase(str_drop(path, path.n - suffix.n), suffix))
            break;
    }
    return i;
}

FileKind filename_kind(Str path)
{
    size_t i = row_of(path);
    return i < COUNT(suffixes) ? suffixes[i].kind : FILE_OTHER;
}

Str filename_last(Str path)
{
    Str part = path;
    while (path.n)
        part = str_cut(&path, '/');
    return part;
}

Str filename_bare(Str path)
{
    size_t i = row_of(path);
    bool note = i < COUNT(suffixes) && suffixes[i].kind == FILE_NOTE;
    return note ? str_take(path, path.n - suffixes[i].suffix.n) : path;
}
