/*
 * pool.h -- a loop whose rounds run on several threads.
 *
 * Round i may write only what belongs to i.  The order in which rounds run is
 * unspecified, so it must not show in any result.
 */
#ifndef DECKBIND_BASE_POOL_H
#define DECKBIND_BASE_POOL_H

#include <stddef.h>

enum { MOST_THREADS = 64 };

/*
 * Call work(context, i, thread) for each i below `count`, on `threads` threads (0 is 1), at
 * most MOST_THREADS, which are numbered from 0.
 */
void pool_each(size_t count, unsigned threads,
               void (*work)(void *context, size_t i, unsigned thread), void *context);

/* Processors that this program may use; at least 1. */
unsigned pool_processors(void);

#endif
