/*
 * adoption_join.c -- what package and notes share goes into the lock.
 *
 * The rest of the package does not: it may be what somebody else wrote there, which no
 * build is to count among what is gone from the notes.  Whoever writes it into the notes
 * later adopts again.
 */
#include "compare/adoption.h"

#include <stdlib.h>

typedef struct Joiner {
    Book *book;
    const Lock *old;      /* of the package */
    uint32_t *place;      /* of each entry of `old`: 1 + index in the book's lock; 0: it did not go there */
    uint32_t *types;      /* of each type of `old`: 1 + index there */
    Arena scratch;
} Joiner;

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static void join_types(Joiner *j)
{
    Lock *l = &j->book->lock;
    for (size_t i = 0; i < j->old->types.n; i++)
        if (!lock_find_type(l, j->old->types.at[i].name))
            *vec_push(&l->types, l->arena) = j->old->types.at[i];
    for (size_t i = 0; i < j->old->adopted.n; i++) {
        uint32_t k = 0;
        while (k < l->adopted.n && l->adopted.at[k].type.id != j->old->adopted.at[i].type.id)
            k++;
        if (k == l->adopted.n && k < MOST_TYPES)
            *vec_push(&l->adopted, l->arena) = j->old->adopted.at[i];
        j->types[i] = k < l->adopted.n ? k + 1 : 0;
    }
}

/* Of the same note type as before; somebody may have changed its fields or cards since. */
static bool fits(const Lock *l, const Locked *e)
{
    const ReadType *type = e->adopted ? &l->adopted.at[e->adopted - 1].type : NULL;
    if (!type)
        return !e->fields.n; /* there was no room for its type */
    return e->cloze == type->cloze && e->fields.n == type->fields.n
        && (e->cloze || e->cards.at[e->cards.n - 1] < type->templates.n);
}

/* Those that the notes ask, and that the book's lock has not. */
static void join_entries(Joiner *j)
{
    Lock *l = &j->book->lock;
    size_t known = l->entries.n, files = l->files.n;
    Str *guids = arena_new(&j->scratch, Str, known + 1);
    for (size_t i = 0; i < known; i++)
        guids[i] = l->entries.at[i].guid;
    if (known)
        qsort(guids, known, sizeof *guids, by_bytes);
    for (size_t i = 0; i < j->old->files.n; i++) {
        *vec_push(&l->files, l->arena) = j->old->files.at[i];
        *vec_push(&l->decks, l->arena) = j->old->decks.at[i];
    }
    for (size_t i = 0; i < j->old->entries.n; i++) {
        Locked e = j->old->entries.at[i];
        e.file += (uint32_t)files;
        e.adopted = e.adopted ? j->types[e.adopted - 1] : 0;
        if (!e.matched || !fits(l, &e) || (known && bsearch(&e.guid, guids, known, sizeof *guids, by_bytes)))
            continue;
        *vec_push(&l->entries, l->arena) = e;
        j->place[i] = (uint32_t)l->entries.n;
    }
}

/* What it had before is retired, or forgotten where it was in no deck. */
static void go_on(Joiner *j, Entry *e, uint32_t earlier)
{
    Lock *l = &j->book->lock;
    uint32_t place = e->locked ? j->place[e->locked - 1] : 0;
    e->locked = place ? place : earlier;
    if (!e->locked)
        e->time = 0; /* the next build makes its first card */
    if (!place)
        return;
    if (earlier) {
        l->entries.at[earlier - 1].matched = false;
        l->entries.at[earlier - 1].state = LOCKED_RETIRED;
    }
    const Locked *row = &l->entries.at[place - 1];
    e->guid = row->guid;
    e->gap_numbers = row->gaps;
    e->note_id = row->id;
    e->time = row->time;
    e->prints.shown = e->prints.source = 0; /* the next build shows it our way, and dates it so */
}

void adoption_join(Book *b, const Lock *old, const uint32_t *earlier)
{
    Joiner j = {.book = b, .old = old};
    j.place = arena_new(&j.scratch, uint32_t, old->entries.n + 1);
    j.types = arena_new(&j.scratch, uint32_t, old->adopted.n + 1);
    join_types(&j);
    join_entries(&j);
    size_t n = 0;
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++)
            go_on(&j, &b->sources[i].entries.at[k], earlier[n++]);
    arena_free(&j.scratch);
}
