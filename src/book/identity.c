/*
 * identity.c -- equal questions are found by sorting, then numbered in book order.
 */
#include "book/identity.h"

#include "base/hash.h"
#include "book/fingerprint.h"

#include <inttypes.h>
#include <stdlib.h>

static const char digits[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "!#$%&()*+,-./:;<=>?@[]^_`{|}~";

typedef struct Claim {
    uint64_t normal; /* of the entry, in a number: compared before it */
    Source *source;
    Entry *entry;
} Claim;

typedef Vec(Claim) ClaimVec;

/* By kind and question; equal ones in the order of the book. */
static int by_question(const void *a, const void *b)
{
    const Claim *x = a, *y = b;
    int kind = (x->entry->kind > y->entry->kind) - (x->entry->kind < y->entry->kind);
    int order = kind ? kind : (x->normal > y->normal) - (x->normal < y->normal);
    order = order ? order : str_cmp(x->entry->normal, y->entry->normal);
    if (order == 0 && x->source != y->source)
        order = x->source < y->source ? -1 : 1;
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static Str base91(uint64_t value, Arena *a)
{
    enum { BASE = sizeof digits - 1, LONGEST = 10 }; /* 91^10 > 2^64 */
    char text[LONGEST];
    size_t at = LONGEST;
    do {
        text[--at] = digits[value % BASE];
        value /= BASE;
    } while (value);
    return str_copy(a, (Str){text + at, LONGEST - at});
}

static uint64_t digest(Str space, const char *kind, Str key, Arena *a)
{
    Buf b = {.arena = a};
    buf_puts(&b, "deckbind");
    buf_put_char(&b, '\0');
    buf_put(&b, space);
    buf_put_char(&b, '\0');
    buf_puts(&b, kind);
    buf_put_char(&b, '\0');
    buf_put(&b, key);
    return hash64(buf_str(&b));
}

Str identity_anchor(Str guid, Arena *a)
{
    Buf anchor = {.arena = a};
    buf_printf(&anchor, "q-%016" PRIx64, hash64(guid));
    return buf_str(&anchor);
}

/* The digest of the question in `place` among equal ones. */
static uint64_t digest_of(const Book *b, const Entry *e, unsigned place, Arena *scratch)
{
    Buf key = {.arena = scratch};
    buf_put(&key, e->normal);
    if (place > 1)
        buf_printf(&key, "\x1F%u", place); /* reading leaves no such character in a note */
    const char *kind = e->kind == ENTRY_SECTION ? "section" : e->cloze ? "cloze" : "question";
    return digest(b->config.identifier, kind, buf_str(&key), scratch);
}

static Str new_guid(const Book *b, const Entry *e, unsigned place, Arena *scratch)
{
    uint64_t value = digest_of(b, e, place, scratch);
    return base91(value ? value : 1, scratch);
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

/* The guids that are given already, sorted. */
static Str *taken_guids(const Lock *l, Arena *a)
{
    Str *taken = arena_new(a, Str, l->entries.n + 1);
    for (size_t i = 0; i < l->entries.n; i++)
        taken[i] = l->entries.at[i].guid;
    if (l->entries.n)
        qsort(taken, l->entries.n, sizeof *taken, by_bytes);
    return taken;
}

static bool is_taken(const Lock *l, const Str *taken, Str guid)
{
    return l->entries.n && bsearch(&guid, taken, l->entries.n, sizeof *taken, by_bytes);
}

/* Its guid, and the place among equal ones that it has then; at least `place`. */
static unsigned identify_question(const Book *b, const Claim *c, unsigned place, const Str *taken)
{
    Entry *e = c->entry;
    Arena scratch = {0};
    if (e->locked) {
        const Locked *earlier = &b->lock.entries.at[e->locked - 1];
        e->guid = earlier->guid;
        e->gap_numbers = earlier->gaps;
        place--;
    } else {
        Str guid = new_guid(b, e, place, &scratch);
        while (is_taken(&b->lock, taken, guid))
            guid = new_guid(b, e, ++place, &scratch);
        e->guid = str_copy(&c->source->kept, guid);
    }
    e->anchor = identity_anchor(e->guid, &c->source->kept);
    arena_free(&scratch);
    return place;
}

static unsigned identify(const Book *b, const Claim *c, unsigned place, const Str *taken)
{
    if (c->entry->kind == ENTRY_QUESTION)
        return identify_question(b, c, place, taken);
    Arena scratch = {0};
    Buf anchor = {.arena = &c->source->kept};
    buf_printf(&anchor, "s-%016" PRIx64, digest_of(b, c->entry, place, &scratch));
    c->entry->anchor = buf_str(&anchor);
    arena_free(&scratch);
    return place;
}

static void collect(Book *b, ClaimVec *claims, Arena *scratch)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++)
            if (b->sources[i].entries.at[k].kind != ENTRY_OTHER)
                *vec_push(claims, scratch) = (Claim){fingerprint_of(b->sources[i].entries.at[k].normal), &b->sources[i],
                                                     &b->sources[i].entries.at[k]};
}

void book_identify(Book *b)
{
    Arena scratch = {0};
    ClaimVec claims = {0};
    collect(b, &claims, &scratch);
    const Str *taken = taken_guids(&b->lock, &scratch);
    if (claims.n)
        qsort(claims.at, claims.n, sizeof *claims.at, by_question);
    unsigned place = 0;
    for (size_t i = 0; i < claims.n; i++) {
        const Claim *c = &claims.at[i];
        bool repeats = i && c->entry->kind == c[-1].entry->kind
                    && str_eq(c->entry->normal, c[-1].entry->normal);
        place = identify(b, c, repeats ? place + 1 : 1, taken);
    }
    arena_free(&scratch);
}
