/*
 * lock.c -- dates: the only file that knows the clock.
 */
#include "model/lock.h"

#include <time.h>

int64_t lock_now(Lock *l, int64_t otherwise)
{
    struct timespec now;
    if (!l->found || l->fixed)
        return otherwise;
    if (!l->now && clock_gettime(CLOCK_REALTIME, &now) == 0)
        l->now = now.tv_sec < LATEST_NOW ? now.tv_sec : LATEST_NOW;
    return l->now;
}

LockedType *lock_find_type(Lock *l, Str name)
{
    for (size_t i = 0; i < l->types.n; i++)
        if (str_eq(l->types.at[i].name, name))
            return &l->types.at[i];
    return NULL;
}

int64_t lock_type(Lock *l, Str name, uint64_t shown, int64_t otherwise)
{
    LockedType *t = lock_find_type(l, name);
    bool known = t != NULL;
    if (known && t->shown == shown)
        return t->time;
    l->stale = true;
    if (!known)
        t = vec_push(&l->types, l->arena);
    int64_t now = lock_now(l, otherwise);
    int64_t time = known && now <= t->time ? t->time + 1 : now;
    *t = (LockedType){name, time < LATEST_TIME ? time : LATEST_TIME, shown};
    return t->time;
}
