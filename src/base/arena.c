/*
 * arena.c -- blocks in a list, newest first; only the newest is filled.
 *
 * Blocks double in size from 1 KiB to 1 MiB, so thousands of small arenas stay
 * small.  Under the address sanitizer every allocation is followed by poisoned
 * bytes, so running over the end of one is caught as it would be on the heap.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define POISONED 1
#endif

#ifdef POISONED
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(at, n) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)0)
enum { GAP = 0 };
#endif

enum { ALIGN = alignof(max_align_t), SMALLEST = 1024, LARGEST = 1024 * 1024 };

struct ArenaBlock {
    ArenaBlock *older;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

void out_of_memory(void)
{
    fputs("deckbind: out of memory\n", stderr);
    exit(2);
}

static size_t round_up(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

static size_t next_size(const ArenaBlock *newest)
{
    if (!newest)
        return SMALLEST;
    return newest->size < LARGEST ? 2 * newest->size : LARGEST;
}

static ArenaBlock *block_with_room(Arena *a, size_t n)
{
    if (a->newest && a->newest->size - a->newest->used >= n)
        return a->newest;

    size_t size = next_size(a->newest);
    if (size < n)
        size = n;
    ArenaBlock *b = calloc(1, sizeof *b + size);
    if (!b)
        out_of_memory();
    b->size = size;
    b->older = a->newest;
    a->newest = b;
    ASAN_POISON_MEMORY_REGION(b->bytes, size);
    return b;
}

void *arena_alloc(Arena *a, size_t n, size_t size)
{
    if (size && n > (SIZE_MAX / 2 - GAP - ALIGN) / size)
        out_of_memory();

    size_t need = round_up(n * size + GAP);
    ArenaBlock *b = block_with_room(a, need);
    void *p = b->bytes + b->used;
    b->used += need;
    ASAN_UNPOISON_MEMORY_REGION(p, n * size);
    return p;
}

void *arena_grow(Arena *a, void *p, size_t had, size_t want)
{
    assert(had <= want && (p || !had));
    size_t held = round_up(had + GAP), need = round_up(want + GAP);
    ArenaBlock *b = a->newest;
    bool last = p && b && (unsigned char *)p + held == b->bytes + b->used;

    if (last && b->used - held + need <= b->size) {
        b->used += need - held;
        ASAN_UNPOISON_MEMORY_REGION(p, want);
        return p;
    }
    void *moved = arena_alloc(a, want, 1);
    if (had)
        memcpy(moved, p, had);
    return moved;
}

void arena_free(Arena *a)
{
    while (a->newest) {
        ArenaBlock *b = a->newest;
        a->newest = b->older;
        ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->size);
        free(b);
    }
}
