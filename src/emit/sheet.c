/*
 * sheet.c -- libzip writes a few bytes at a time, and goes back for some of them; they are gathered
 * before they go into a file.
 */
#include "emit/sheet.h"

#include <errno.h>
#include <string.h>

enum { GATHERED = 64 * 1024 };

void sheet_open(Sheet *s, size_t most)
{
    s->room = spool_room(s->spool, most);
    s->most = most;
    if (s->room)
        vec_reserve(&s->waiting, s->arena, GATHERED);
    else
        vec_reserve(&s->bytes, s->arena, most);
}

static bool flush(Sheet *s)
{
    Str waiting = {s->waiting.at, s->waiting.n};
    s->waiting.n = 0;
    return !waiting.n || spool_write(s->spool, s->room + s->from, waiting);
}

/* Put them beside those that wait, or over some of these; false: they do not fit there. */
static bool gather(Sheet *s, Str bytes)
{
    size_t at = s->at - s->from; /* a very large one before `from` */
    if (at > s->waiting.n || bytes.n > GATHERED - at)
        return false;
    memcpy(s->waiting.at + at, bytes.at, bytes.n);
    s->waiting.n = s->waiting.n < at + bytes.n ? at + bytes.n : s->waiting.n;
    return true;
}

static bool put_in_room(Sheet *s, Str bytes)
{
    if (bytes.n > s->most - s->at) {
        errno = ENOSPC;
        return false;
    }
    if (gather(s, bytes))
        return true;
    if (!flush(s))
        return false;
    s->from = s->at;
    return gather(s, bytes) || spool_write(s->spool, s->room + s->at, bytes);
}

static void put_in_memory(Sheet *s, Str bytes)
{
    while (s->bytes.cap - s->at < bytes.n)
        s->bytes.at = vec_room(s->arena, s->bytes.at, s->bytes.cap, &s->bytes.cap, 1);
    memcpy(s->bytes.at + s->at, bytes.at, bytes.n);
}

bool sheet_put(Sheet *s, Str bytes)
{
    if (s->room && !put_in_room(s, bytes))
        return false;
    if (!s->room)
        put_in_memory(s, bytes);
    s->at += bytes.n;
    s->n = s->n < s->at ? s->at : s->n;
    return true;
}

Str sheet_close(Sheet *s)
{
    return flush(s) ? (Str){s->room ? s->room : s->bytes.at, s->n} : (Str){0};
}
