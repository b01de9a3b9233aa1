/*
 * lock_settle.c -- entries that two sides of a merge have are made one; what is left has to
 * fit together.
 */
#include "book/lock_parts.h"

#include <stdlib.h>

static int by_guid(const void *a, const void *b)
{
    const Locked *x = *(Locked *const *)a, *y = *(Locked *const *)b;
    int order = str_cmp(x->guid, y->guid);
    if (order == 0)
        order = (x->time < y->time) - (x->time > y->time);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_id(const void *a, const void *b)
{
    const Locked *x = *(Locked *const *)a, *y = *(Locked *const *)b;
    int order = (x->id > y->id) - (x->id < y->id);
    return order ? order : str_cmp(x->guid, y->guid);
}

static int is_state_of(const void *guid, const void *state)
{
    return str_cmp(*(const Str *)guid, (*(Locked *const *)state)->guid);
}

static void check_stateless(LockReader *r, Locked **sorted)
{
    if (r->entry.guid.n)
        *vec_push(&r->stateless, r->lock->arena) = r->entry;
    for (size_t i = 0; i < r->stateless.n; i++) {
        const Stateless *e = &r->stateless.at[i];
        if (bsearch(&e->guid, sorted, r->lock->entries.n, sizeof *sorted, is_state_of))
            continue;
        r->place = e->place;
        lock_refuse(r, "an entry without its state");
    }
}

/* What an adopted note keeps follows only one of its states where neither side changed it. */
static void drop(Locked *earlier, Locked *later)
{
    if (!later->fields.n)
        later->fields = earlier->fields;
    if (!later->tags.n)
        later->tags = earlier->tags;
    if (!later->cards.n)
        later->cards = earlier->cards;
    if (earlier->time == later->time && earlier->shown != later->shown)
        later->shown = later->source = 0;
    earlier->guid = STR("");
}

/*
 * Both sides of a merge may have changed or moved an entry: the later of equal guids stays,
 * since Anki may have that one.  Where none is later, Anki may have either, and whatever
 * the notes make of it is new to somebody: then nothing is known of what it shows.
 */
static void drop_doubles(Lock *l, Locked **sorted)
{
    for (size_t i = 1; i < l->entries.n; i++)
        if (str_eq(sorted[i]->guid, sorted[i - 1]->guid)) {
            drop(sorted[i], sorted[i - 1]);
            sorted[i] = sorted[i - 1];
        }
    size_t kept = 0;
    for (size_t i = 0; i < l->entries.n; i++)
        if (l->entries.at[i].guid.n)
            l->entries.at[kept++] = l->entries.at[i];
    l->entries.n = kept;
}

/* Two writers may have given one id at the same time; it only has to be nobody else's. */
static void part_ids(LockReader *r, Locked **sorted)
{
    const Lock *l = r->lock;
    qsort(sorted, l->entries.n, sizeof *sorted, by_id);
    for (size_t i = 1; i < l->entries.n; i++)
        if (sorted[i]->id <= sorted[i - 1]->id)
            sorted[i]->id = sorted[i - 1]->id + 1;
    const Locked *last = l->entries.n ? sorted[l->entries.n - 1] : NULL;
    if (!last || last->id <= LATEST_ID)
        return;
    r->place = (Place){.file = r->place.file, .line = last->line};
    lock_refuse(r, "an id that others have, and no later one is left");
}

/* Of one name the latest first, and of one time as they stand. */
static int by_name(const void *a, const void *b)
{
    const LockedType *x = *(LockedType *const *)a, *y = *(LockedType *const *)b;
    int order = str_cmp(x->name, y->name);
    if (order == 0)
        order = (x->time < y->time) - (x->time > y->time);
    return order ? order : (x > y) - (x < y);
}

/* A type that both sides of a merge dated is as an entry that both changed. */
static void settle_types(Lock *l)
{
    Arena scratch = {0};
    size_t n = l->types.n, kept = 0;
    LockedType **sorted = arena_new(&scratch, LockedType *, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &l->types.at[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n; i++) {
        LockedType *first = sorted[i - 1], *again = sorted[i];
        if (!str_eq(first->name, again->name))
            continue;
        if (first->time == again->time && first->shown != again->shown)
            first->shown = 0;
        sorted[i] = first;
        *again = (LockedType){.name = STR("")};
    }
    for (size_t i = 0; i < n; i++)
        if (l->types.at[i].name.n)
            l->types.at[kept++] = l->types.at[i];
    l->types.n = kept;
    arena_free(&scratch);
}

static void settle_entries(LockReader *r)
{
    Lock *l = r->lock;
    Arena scratch = {0};
    Locked **sorted = arena_new(&scratch, Locked *, l->entries.n + 1);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    qsort(sorted, l->entries.n, sizeof *sorted, by_guid);
    check_stateless(r, sorted);
    drop_doubles(l, sorted);
    for (size_t i = 0; i < l->entries.n; i++)
        sorted[i] = &l->entries.at[i];
    part_ids(r, sorted);
    arena_free(&scratch);
}

static bool is_good_type(const AdoptedType *t)
{
    bool own = t->type.id == OWN_QUESTION_TYPE || t->type.id == OWN_CLOZE_TYPE;
    return t->question < t->type.fields.n && t->type.sort < t->type.fields.n && t->answer < t->type.fields.n && t->question != t->answer && !own
        && read_type_good(&t->type);
}

/* Each of them once, in their order; those of a cloze are told by its gaps. */
static bool are_good_cards(const Locked *e, const AdoptedType *t)
{
    bool good = (e->cards.n > 0) == (t && !t->type.cloze);
    for (size_t i = 0; i < e->cards.n && good; i++)
        good = e->cards.at[i] < t->type.templates.n && (!i || e->cards.at[i - 1] < e->cards.at[i]);
    return good;
}

/* Whether what is adopted fits the note type that it is of. */
static void check_adopted(LockReader *r)
{
    const Lock *l = r->lock;
    for (size_t i = 0; i < l->adopted.n; i++) {
        r->place.line = l->adopted.at[i].line;
        if (!is_good_type(&l->adopted.at[i]))
            lock_refuse(r, "an adopted note type that Anki could not have made");
    }
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        const AdoptedType *t = e->adopted ? &l->adopted.at[e->adopted - 1] : NULL;
        r->place.line = e->line;
        if (e->fields.n != (t ? t->type.fields.n : 0) || !are_good_cards(e, t))
            lock_refuse(r, "an entry that has not the fields or the cards of its note type");
    }
}

void lock_settle(LockReader *r)
{
    settle_types(r->lock);
    settle_entries(r);
    r->place = (Place){.file = str_of(r->lock->path)};
    if (!r->failed)
        check_adopted(r);
}
