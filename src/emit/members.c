/*
 * members.c -- a member of several parts is unpacked on as many threads.
 */
#include "emit/members.h"

#include "base/pool.h"

/* Of a member, what is unpacked at once. */
typedef struct Part {
    const BundleFile *file;
    size_t part;
    bool whole;
} Part;

typedef struct Parts {
    Spool *spool;
    Vec(Part) list;
} Parts;

static void check_part(void *parts, size_t i, unsigned thread)
{
    (void)thread;
    const Parts *all = parts;
    Part *p = &all->list.at[i];
    p->whole = pack_part_is_whole(&p->file->packed, p->part);
    spool_was_read(all->spool, p->file->packed.packed / pack_parts(&p->file->packed));
}

const BundleFile *members_broken(const Bundle *b)
{
    Arena scratch = {0};
    Parts parts = {.spool = b->spool};
    const BundleFile *broken = NULL;
    for (size_t i = 0; i < b->files.n; i++) {
        const BundleFile *f = &b->files.at[i];
        for (size_t k = 0; k < pack_parts(&f->packed); k++)
            *vec_push(&parts.list, &scratch) = (Part){.file = f, .part = k};
    }
    pool_each(parts.list.n, b->threads, check_part, &parts);
    for (size_t i = parts.list.n; i > 0; i--)
        if (!parts.list.at[i - 1].whole)
            broken = parts.list.at[i - 1].file;
    arena_free(&scratch);
    return broken;
}
