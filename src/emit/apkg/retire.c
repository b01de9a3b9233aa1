/*
 * retire.c -- notes of earlier packages, as they stand there, with one more tag.
 *
 * No import deletes a card, and an update replaces all fields and tags of a note.  So what
 * is retired goes out once more as its readers have it, tagged for them to find.  Pictures
 * stay behind: Anki keeps those that are there, and these notes are for nobody else.
 *
 * Anki takes a note that is dated later than its own; the lock remembers the date, so that
 * the same package comes of the next build, and a later date of an entry that comes back.
 */
#include "emit/apkg/field.h"
#include "emit/apkg/foreign.h"
#include "emit/apkg/reader.h"
#include "emit/apkg/writer.h"
#include "emit/backend.h"

#include <stdlib.h>

static const Str tag = STR_INIT("deckbind::retired");

/* An entry that is retired, and the note that it was. */
typedef struct Retired {
    Locked *entry;
    const ReadNote *note;     /* NULL: in none of the packages */
    const ReadType *has;      /* the type that it has there */
    const DatedType *written; /* and in the new package */
} Retired;

typedef struct Retiring {
    Book *book;
    Arena arena;
    ReadPackage *packages;
    size_t all, missing; /* entries; those that no package has and that no earlier one tagged */
    Vec(Retired) list;
    Vec(DatedType) types;
    Decks decks;
} Retiring;

static int by_guid(const void *a, const void *b)
{
    return str_cmp(((const Retired *)a)->entry->guid, ((const Retired *)b)->entry->guid);
}

static int by_id(const void *a, const void *b)
{
    const Locked *x = ((const Retired *)a)->entry, *y = ((const Retired *)b)->entry;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_type(const void *a, const void *b)
{
    const ReadType *x = ((const Retired *)a)->has, *y = ((const Retired *)b)->has;
    return x->id != y->id ? (x->id > y->id ? 1 : -1) : by_id(a, b);
}

static void sort(Retiring *r, int (*order)(const void *, const void *))
{
    if (r->list.n)
        qsort(r->list.at, r->list.n, sizeof *r->list.at, order);
}

static void gather(Retiring *r)
{
    Lock *l = &r->book->lock;
    for (size_t i = 0; i < l->entries.n; i++) {
        Locked *e = &l->entries.at[i];
        if (e->state == LOCKED_RETIRED && e->time && e->time < LATEST_TIME && !e->matched && !e->apart)
            *vec_push(&r->list, &r->arena) = (Retired){.entry = e};
    }
    r->all = r->list.n;
    sort(r, by_guid);
}

/* Of two packages that have a note the one that dates it later holds. */
static void offer(Retired *to, const ReadPackage *p, const ReadNote *n)
{
    const ReadType *t = &p->types.at[n->type];
    size_t cards = t->cloze ? CLOZE_CARDS : t->templates.n;
    bool usable = n->cards.n && n->cards.at[n->cards.n - 1] < cards && n->time < LATEST_TIME;
    if (!usable || (to->note && to->note->time >= n->time))
        return;
    to->note = n;
    to->has = t;
}

/* Both lists are in order of guid. */
static void look_up(Retiring *r, const ReadPackage *p)
{
    bool *good = arena_new(&r->arena, bool, p->types.n + 1);
    size_t k = 0;
    for (size_t i = 0; i < p->types.n; i++)
        good[i] = read_type_good(&p->types.at[i]);
    for (size_t i = 0; i < r->list.n; i++) {
        Str guid = r->list.at[i].entry->guid;
        while (k < p->notes.n && str_cmp(p->notes.at[k].guid, guid) < 0)
            k++;
        if (k < p->notes.n && str_eq(p->notes.at[k].guid, guid) && good[p->notes.at[k].type])
            offer(&r->list.at[i], p, &p->notes.at[k]);
    }
}

static bool read_packages(Retiring *r)
{
    const StrVec *paths = &r->book->retire;
    r->packages = arena_new(&r->arena, ReadPackage, paths->n + 1);
    for (size_t i = 0; i < paths->n; i++) {
        if (!package_read(&r->packages[i], paths->at[i].at, &r->book->diags))
            return false;
        look_up(r, &r->packages[i]);
    }
    return true;
}

static void drop_missing(Retiring *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->list.n; i++) {
        if (r->list.at[i].note)
            r->list.at[kept++] = r->list.at[i];
        else
            r->missing += !r->list.at[i].entry->tagged;
    }
    r->list.n = kept;
}

/* Whether the type that was written has what the note has. */
static bool is_of(const Retired *it)
{
    const NoteType *t = it->written->type;
    return t->cloze == it->has->cloze && t->field_count == it->note->fields.n
        && (t->cloze || it->note->cards.at[it->note->cards.n - 1] < t->template_count);
}

/* One id is one type in the new package: of packages that differ in it, the first note decides. */
static void give_types(Retiring *r)
{
    sort(r, by_type);
    vec_reserve(&r->types, &r->arena, r->list.n);
    for (size_t i = 0; i < r->list.n; i++) {
        Retired *it = &r->list.at[i];
        if (!i || it->has->id != it[-1].has->id)
            *vec_push(&r->types, &r->arena) =
                (DatedType){foreign_type(it->has, &r->arena), it->has->style, 0};
        it->written = &r->types.at[r->types.n - 1];
        if (!is_of(it))
            it->note = NULL;
    }
    foreign_part_names(r->types.at, r->types.n, &r->arena);
}

static bool is_tagged(Str tags)
{
    while (tags.n)
        if (str_eq(str_cut(&tags, ' '), tag))
            return true;
    return false;
}

static int64_t date(Book *b, const Locked *e, const ReadNote *n)
{
    if (e->tagged && e->time > n->time)
        return e->time;
    if (is_tagged(n->tags) && n->time >= e->time)
        return n->time;
    int64_t last = e->time > n->time ? e->time : n->time, now = lock_now(&b->lock, b->time);
    return now > last ? now : last + 1;
}

static void date_all(Retiring *r)
{
    for (size_t i = 0; i < r->list.n; i++) {
        Locked *e = r->list.at[i].entry;
        int64_t time = date(r->book, e, r->list.at[i].note);
        r->book->lock.stale |= !e->tagged || time != e->time;
        e->time = time;
        e->tagged = true;
    }
}

static Str join_fields(const StrVec *fields, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < fields->n; i++) {
        buf_puts(&b, i ? "\x1F" : "");
        buf_put(&b, fields->at[i]);
    }
    return buf_str(&b);
}

static Str add_tag(Str tags, Arena *a)
{
    Buf b = {.arena = a};
    buf_puts(&b, " ");
    buf_put(&b, tags);
    buf_puts(&b, tags.n ? " " : "");
    if (!is_tagged(tags))
        buf_printf(&b, "%s ", tag.at);
    return buf_str(&b);
}

/* The lock has an id for each entry, which no other has; packages may not agree. */
static void write_note(Retiring *r, Writer *w, const Retired *it)
{
    Arena scratch = {0};
    NoteRow row = {
        .id = it->entry->id, .type = it->written->type->id, .time = it->entry->time, .guid = it->entry->guid,
        .tags = add_tag(it->note->tags, &scratch), .fields = join_fields(&it->note->fields, &scratch),
        .sort_field = it->written->type->sort};
    writer_derive(&row, &scratch);
    writer_note(w, &row, decks_id(&r->decks, it->note->deck));
    for (size_t i = 0; i < it->note->cards.n; i++)
        writer_card(w, it->note->cards.at[i]);
    arena_free(&scratch);
}

static bool write(Retiring *r, Str *bytes)
{
    Book *b = r->book;
    sort(r, by_id);
    for (size_t i = 0; i < r->list.n; i++)
        decks_add(&r->decks, r->list.at[i].note->deck);
    decks_settle(&r->decks);
    Writer w = {.format = b->format, .packing = b->packing, .threads = b->threads, .time = b->time,
                .decks = &r->decks, .types = r->types.at, .type_count = r->types.n, .notes = r->list.n,
                .last_id = r->list.at[r->list.n - 1].entry->id};
    writer_open(&w);
    for (size_t i = 0; i < r->list.n; i++)
        write_note(r, &w, &r->list.at[i]);
    return writer_close(&w, NULL, 0, &b->diags, &b->arena, bytes);
}

static bool retire(Retiring *r, Str *bytes)
{
    Diags *d = &r->book->diags;
    gather(r);
    if (!read_packages(r))
        return false;
    drop_missing(r);
    give_types(r);
    drop_missing(r); /* what the types left out */
    date_all(r);
    if (r->missing)
        diag(d, D_RETIRED_MISSING, (Place){0}, "%zu of %zu", r->missing, r->all);
    if (r->list.n)
        return write(r, bytes);
    diag(d, D_RETIRED_NONE, (Place){0}, NULL);
    return true;
}

static bool make(Book *b, Str *bytes)
{
    Retiring r = {.book = b};
    r.decks.arena = &r.arena;
    *bytes = (Str){0};
    bool ok = retire(&r, bytes);
    for (size_t i = 0; i < b->retire.n; i++)
        package_close(&r.packages[i]);
    arena_free(&r.arena);
    return ok;
}

const Backend backend_retired = {.name = "retired", .suffix = "-retired.apkg", .page = NULL, .make = make};
