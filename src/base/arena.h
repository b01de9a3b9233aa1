/*
 * arena.h -- memory that is freed all at once.
 *
 * An arena hands out zeroed memory and takes none of it back: what a pass
 * makes lives exactly as long as the arena that it was made in.  Allocation
 * cannot fail.  When the machine has no memory left the program says so and
 * exits with 2, so no caller checks.
 *
 * An arena belongs to one thread at a time.  `(Arena){0}` is an empty one.
 */
#ifndef DECKBIND_BASE_ARENA_H
#define DECKBIND_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *newest;
} Arena;

/* `n` zeroed objects of type T. */
#define arena_new(arena, T, n) ((T *)arena_alloc((arena), (n), sizeof(T)))

/* Room for `n` zeroed things of `size` bytes, aligned for any type. */
void *arena_alloc(Arena *a, size_t n, size_t size);

/* The next `n` bytes come from one block, which is no larger than they need where it is a new one. */
void arena_reserve(Arena *a, size_t n);

/*
 * The bytes at `p`, `had` of them, with room for `want`; the new room is zeroed.
 * They may move, and where they were is nothing's then.
 */
void *arena_grow(Arena *a, void *p, size_t had, size_t want);

/* What `from` holds is `a`'s from now on; `from` is empty again. */
void arena_take(Arena *a, Arena *from);

/* Free all of it; `a` is empty again. */
void arena_free(Arena *a);

/* Give the memory of freed arenas back to the system, where the C library keeps it. */
void arena_trim(void);

/* Say that there is no memory left, and exit with 2. */
_Noreturn void out_of_memory(void);

#endif
