/*
 * lock_follow.c -- the lock after this build.
 *
 * What is retired stays where it was: behind the entry that it stood behind, as long as
 * that is in the same file, and so up to the top of the file.  Its line is then the only
 * one that changes.
 */
#include "book/lock.h"

#include "book/settle.h"

#include <stdlib.h>

#define NONE UINT32_MAX

/* A file of the lock before, or of the notes, or of both. */
typedef struct File {
    Str name;
    uint32_t earlier; /* its number in the lock; NONE */
    const Source *source; /* NULL: not in the notes */
} File;

typedef Vec(File) FileVec;

/* Entries that stay though no question goes on with them, in lists. */
typedef struct Followers {
    uint32_t *next;     /* of each entry of the lock */
    uint32_t *first, *last; /* behind each entry */
    uint32_t *top;      /* of each file: before its first question */
} Followers;

typedef struct Writer {
    Book *book;
    Lock next;
    Followers followers;
    Arena scratch;
} Writer;

static uint32_t *none(Arena *a, size_t n)
{
    uint32_t *list = arena_new(a, uint32_t, n + 1);
    memset(list, 0xFF, n * sizeof *list);
    return list;
}

/* Nobody has a card of what was never in a deck. */
static bool stays(const Locked *e)
{
    return e->apart || (!e->matched && e->time);
}

/* For each entry of the lock, whether its question is still in that file. */
static bool *find_still_there(const Writer *w, Arena *a)
{
    const Lock *l = &w->book->lock;
    bool *there = arena_new(a, bool, l->entries.n + 1);
    for (size_t i = 0; i < w->book->source_count; i++) {
        const Source *s = &w->book->sources[i];
        for (size_t k = 0; k < s->entries.n; k++) {
            uint32_t locked = s->entries.at[k].locked;
            if (locked)
                there[locked - 1] = str_eq(l->files.at[l->entries.at[locked - 1].file], s->name);
        }
    }
    return there;
}

static void find_followers(Writer *w)
{
    const Lock *l = &w->book->lock;
    Followers *f = &w->followers;
    *f = (Followers){none(&w->scratch, l->entries.n), none(&w->scratch, l->entries.n),
                     none(&w->scratch, l->entries.n), none(&w->scratch, l->files.n)};
    const bool *there = find_still_there(w, &w->scratch);
    uint32_t leader = NONE, last = NONE, file = NONE;
    for (uint32_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (e->file != file)
            leader = last = NONE;
        file = e->file;
        if (there[i]) {
            leader = i;
            last = NONE;
        } else if (stays(e)) {
            uint32_t *at = last != NONE ? &f->next[last] : leader != NONE ? &f->first[leader] : &f->top[file];
            *at = last = i;
        }
    }
}

static void add(Writer *w, Locked e)
{
    e.file = (uint32_t)w->next.files.n - 1;
    *vec_push(&w->next.entries, w->next.arena) = e;
}

static void add_followers(Writer *w, uint32_t i)
{
    for (; i != NONE; i = w->followers.next[i])
        add(w, w->book->lock.entries.at[i]);
}

static void add_question(Writer *w, const Entry *e)
{
    Locked row = e->locked ? w->book->lock.entries.at[e->locked - 1] : (Locked){.guid = e->guid};
    row.id = e->note_id;
    row.time = e->time;
    row.state = e->answered ? LOCKED_LIVE : LOCKED_UNANSWERED;
    row.tagged = false;
    row.cloze = e->cloze != GAPS_NONE;
    row.question = e->prints.question;
    row.answer = e->prints.answer;
    row.source = e->prints.source;
    row.shown = e->prints.shown;
    row.sketch = e->prints.sketch;
    row.gaps = e->gap_numbers;
    row.number = e->number;
    row.text = e->text;
    add(w, row);
    if (e->locked)
        add_followers(w, w->followers.first[e->locked - 1]);
}

/* The file that is filled now; a name may come twice, from the lock and from the notes. */
static void open_file(Writer *w, const File *f)
{
    Lock *next = &w->next;
    if (!next->files.n || !str_eq(next->files.at[next->files.n - 1], f->name)) {
        *vec_push(&next->files, next->arena) = f->name;
        *vec_push(&next->decks, next->arena) = STR("");
    }
    Str deck = f->source ? f->source->adopted_deck : w->book->lock.decks.at[f->earlier];
    if (deck.n)
        next->decks.at[next->files.n - 1] = deck;
}

static void add_file(Writer *w, const File *f)
{
    open_file(w, f);
    if (f->earlier != NONE)
        add_followers(w, w->followers.top[f->earlier]);
    for (size_t k = 0; f->source && k < f->source->entries.n; k++)
        if (f->source->entries.at[k].guid.n)
            add_question(w, &f->source->entries.at[k]);
}

static int by_name(const void *a, const void *b)
{
    const File *x = a, *y = b;
    int order = str_cmp(x->name, y->name);
    return order ? order : (x->earlier > y->earlier) - (x->earlier < y->earlier);
}

static void add_files(Writer *w)
{
    const Lock *l = &w->book->lock;
    FileVec files = {0};
    for (uint32_t i = 0; i < l->files.n; i++)
        *vec_push(&files, &w->scratch) = (File){l->files.at[i], i, NULL};
    for (size_t i = 0; i < w->book->source_count; i++)
        if (!w->book->sources[i].failed)
            *vec_push(&files, &w->scratch) =
                (File){w->book->sources[i].name, NONE, &w->book->sources[i]};
    if (files.n)
        qsort(files.at, files.n, sizeof *files.at, by_name);
    for (size_t i = 0; i < files.n; i++)
        add_file(w, &files.at[i]);
}

void lock_follow(Book *b)
{
    Writer w = {.book = b, .next = b->lock};
    w.next.entries.at = NULL;
    w.next.entries.n = w.next.entries.cap = 0;
    w.next.files = w.next.decks = (StrVec){0};
    find_followers(&w);
    add_files(&w);
    w.next.revision = RENDER_REVISION;
    b->lock = w.next;
    arena_free(&w.scratch);
}
