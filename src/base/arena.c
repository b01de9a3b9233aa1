/*
 * arena.c -- blocks in a list, newest first; only the newest is filled.
 *
 * Blocks double in size from about 1 KiB to 16 KiB, so thousands of small arenas stay
 * small; what needs more has a block of its own, behind the newest.  Under the address
 * sanitizer every allocation is followed by poisoned bytes, so running over the end of one
 * is caught as it would be on the heap; and what grows always moves, so that a pointer to
 * where it was is caught, too.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define POISONED 1
#endif

#ifdef POISONED
#include <sanitizer/asan_interface.h>
enum { GAP = 16, STAYS = false };
#else
#define ASAN_POISON_MEMORY_REGION(at, n) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)0)
enum { GAP = 0, STAYS = true };
#endif

enum { ALIGN = alignof(max_align_t), SMALLEST = 992, LARGEST = 16 * 1024 };

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

static ArenaBlock *block_new(size_t size, ArenaBlock *older)
{
    /* glibc keeps freed blocks of up to 1032 bytes at hand for malloc, but not for calloc */
    bool small = size <= SMALLEST;
    ArenaBlock *b = small ? malloc(sizeof *b + size) : calloc(1, sizeof *b + size);
    if (!b)
        out_of_memory();
    if (small)
        memset(b->bytes, 0, size);
    b->used = 0;
    b->size = size;
    b->older = older;
    ASAN_POISON_MEMORY_REGION(b->bytes, size);
    return b;
}

static ArenaBlock *block_with_room(Arena *a, size_t n)
{
    ArenaBlock *newest = a->newest;
    if (newest && newest->size - newest->used >= n)
        return newest;

    bool grown = newest && newest->size <= LARGEST; /* a first block that was all for one thing tells nothing */
    size_t size = !grown ? SMALLEST : newest->size < LARGEST / 2 ? 2 * newest->size : LARGEST;
    if (n > size && newest)
        return newest->older = block_new(n, newest->older);
    return a->newest = block_new(n > size ? n : size, newest);
}

void arena_reserve(Arena *a, size_t n)
{
    if (!a->newest || a->newest->size - a->newest->used < n)
        a->newest = block_new(n, a->newest);
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

static void block_free(ArenaBlock *b)
{
    ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->size);
    free(b);
}

/* What has moved leaves a block of its own free, which is one of the newest while it grows often. */
static void leave_block(Arena *a, const void *p, size_t held)
{
    enum { NEWEST = 8 };
    ArenaBlock **at = &a->newest;
    for (int i = 0; *at && i < NEWEST; i++, at = &(*at)->older)
        if ((*at)->bytes == p && (*at)->used == held && *at != a->newest) {
            ArenaBlock *left = *at;
            *at = left->older;
            block_free(left);
            return;
        }
}

void *arena_grow(Arena *a, void *p, size_t had, size_t want)
{
    assert(had <= want && (p || !had));
    size_t held = round_up(had + GAP), need = round_up(want + GAP);
    ArenaBlock *b = a->newest;
    bool last = STAYS && p && b && (unsigned char *)p + held == b->bytes + b->used;

    if (last && b->used - held + need <= b->size) {
        b->used += need - held;
        ASAN_UNPOISON_MEMORY_REGION(p, want);
        return p;
    }
    void *moved = arena_alloc(a, want, 1);
    if (had)
        memcpy(moved, p, had);
    ASAN_POISON_MEMORY_REGION(p, had);
    if (held > LARGEST)
        leave_block(a, p, held);
    return moved;
}

void arena_take(Arena *a, Arena *from)
{
    ArenaBlock **end = &from->newest;
    while (*end)
        end = &(*end)->older;
    ArenaBlock **place = a->newest ? &a->newest->older : &a->newest; /* the newest is still filled */
    *end = *place;
    *place = from->newest;
    from->newest = NULL;
}

void arena_trim(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void arena_free(Arena *a)
{
    while (a->newest) {
        ArenaBlock *b = a->newest;
        a->newest = b->older;
        block_free(b);
    }
}
