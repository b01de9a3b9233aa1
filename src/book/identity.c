/*
 * identity.c -- equal questions are found by sorting, then numbered in book order.
 */
#include "book/identity.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>

static const char digits[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "!#$%&()*+,-./:;<=>?@[]^_`{|}~";

typedef struct Claim {
    Str normal;
    Source *source;
    Entry *entry;
} Claim;

typedef Vec(Claim) ClaimVec;

Str identity_normal(Str text, Arena *a)
{
    Str folded = utf8_fold(text, a);
    Buf b = {.arena = a};
    for (size_t i = 0, n; i < folded.n; i += n) {
        uint32_t code = utf8_at(folded, i, &n);
        bool matters = !utf8_is_space(code) && (!utf8_is_punct(code) || code == '+' || code == '#');
        if (matters)
            buf_put(&b, (Str){folded.at + i, n});
    }
    return b.n ? buf_str(&b) : folded; /* a question may be all marks */
}

Str identity_question(const Source *s, const Entry *e, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, e->title);
    for (size_t i = 0; i < e->slices.n; i++) {
        const Slice *slice = &e->slices.at[i];
        for (uint32_t line = slice->from; slice->part == PART_QUESTION && line <= slice->to; line++) {
            buf_put_char(&b, '\n');
            buf_put(&b, str_drop(source_line(s, line), line == slice->from ? slice->skip : 0));
        }
    }
    return buf_str(&b);
}

/* By kind and question; equal ones in the order of the book. */
static int by_question(const void *a, const void *b)
{
    const Claim *x = a, *y = b;
    int kind = (x->entry->kind > y->entry->kind) - (x->entry->kind < y->entry->kind);
    int order = kind ? kind : str_cmp(x->normal, y->normal);
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

static void identify(const Book *b, const Claim *c, unsigned place, Arena *scratch)
{
    Entry *e = c->entry;
    Arena *kept = &c->source->kept;
    Buf key = {.arena = kept};
    buf_put(&key, c->normal);
    if (place > 1)
        buf_printf(&key, "\x1F%u", place); /* reading leaves no such character in a note */
    e->key = buf_str(&key);
    const char *kind = e->kind == ENTRY_SECTION ? "section" : e->cloze ? "cloze" : "question";
    uint64_t value = digest(b->config.identifier, kind, e->key, scratch);
    Buf anchor = {.arena = kept};
    buf_printf(&anchor, "%c-%016" PRIx64, e->kind == ENTRY_SECTION ? 's' : 'q', value);
    e->anchor = buf_str(&anchor);
    if (e->kind == ENTRY_QUESTION)
        e->guid = base91(value ? value : 1, kept);
}

/* An id that another tool gave outlives every change of the question. */
static Str claimed(const Source *s, const Entry *e, Arena *a)
{
    if (!e->id.n)
        return identity_normal(identity_question(s, e, a), a);
    Buf b = {.arena = a};
    buf_printf(&b, "id:%.*s", STR_ARG(e->id));
    return buf_str(&b);
}

static void collect(Book *b, ClaimVec *claims, Arena *scratch)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++) {
            Entry *e = &b->sources[i].entries.at[k];
            if (e->kind == ENTRY_OTHER)
                continue;
            *vec_push(claims, scratch) =
                (Claim){claimed(&b->sources[i], e, scratch), &b->sources[i], e};
        }
}

void book_identify(Book *b)
{
    Arena scratch = {0};
    ClaimVec claims = {0};
    collect(b, &claims, &scratch);
    if (claims.n)
        qsort(claims.at, claims.n, sizeof *claims.at, by_question);
    unsigned place = 0;
    for (size_t i = 0; i < claims.n; i++) {
        const Claim *c = &claims.at[i];
        bool repeats = i && c->entry->kind == c[-1].entry->kind && str_eq(c->normal, c[-1].normal);
        place = repeats ? place + 1 : 1;
        identify(b, c, place, &scratch);
    }
    arena_free(&scratch);
}
