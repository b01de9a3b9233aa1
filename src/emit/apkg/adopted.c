/*
 * adopted.c -- the style sheet is all that is ours.
 */
#include "emit/apkg/adopted.h"

#include "base/hash.h"
#include "emit/apkg/foreign.h"

DatedType *adopted_types(Lock *lock, Str style, int64_t time, Arena *a)
{
    DatedType *types = arena_new(a, DatedType, lock->adopted.n + 1);
    for (size_t i = 0; i < lock->adopted.n; i++) {
        const ReadType *read = &lock->adopted.at[i].type;
        Buf css = {.arena = a}, name = {.arena = lock->arena};
        buf_put(&css, read->style);
        buf_put_char(&css, '\n');
        buf_put(&css, style);
        buf_printf(&name, "%lld", (long long)read->id);
        types[i] = (DatedType){foreign_type(read, a), buf_str(&css),
                               lock_type(lock, buf_str(&name), hash_quick(buf_str(&css)), time)};
    }
    return types;
}
