/*
 * adopt.c -- the package is taken for a lock that an earlier build left, and matched as any.
 */
#include "cmd/adopt.h"

#include "base/print.h"
#include "book/match.h"
#include "book/open.h"
#include "compare/adoption.h"
#include "compare/retired.h"
#include "deckbind.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_WORLD = 2 };

/* What each entry goes on with in the lock that is there, in the order of the book. */
static uint32_t *take_locked(Book *b)
{
    size_t count = 0, n = 0;
    for (size_t i = 0; i < b->source_count; i++)
        count += b->sources[i].entries.n;
    uint32_t *earlier = arena_new(&b->arena, uint32_t, count + 1);
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++) {
            earlier[n++] = b->sources[i].entries.at[k].locked;
            b->sources[i].entries.at[k].locked = 0;
        }
    return earlier;
}

static void match_package(Book *b, Lock *old, StrVec same)
{
    uint32_t *earlier = take_locked(b);
    Lock own = b->lock;
    b->lock = *old;
    b->same = same;
    book_match(b);
    *old = b->lock;
    b->lock = own;
    adoption_join(b, old, earlier);
}

static void print_types(const Lock *old)
{
    for (size_t i = 0; i < old->adopted.n; i++) {
        const AdoptedType *t = &old->adopted.at[i];
        printf("  note type ");
        print_safe(t->type.name, stdout);
        printf(": question in ");
        print_safe(t->type.fields.at[t->question], stdout);
        printf(", answer in ");
        print_safe(t->type.fields.at[t->answer], stdout);
        putchar('\n');
    }
}

static void print_rest(const Lock *old, size_t matched)
{
    enum { MOST = 20 };
    size_t listed = 0;
    if (matched == old->entries.n)
        return;
    printf("Not found in the notes; they stay in Anki as they are:\n");
    for (size_t i = 0; i < old->entries.n; i++) {
        if (old->entries.at[i].matched || ++listed > MOST)
            continue;
        printf("  ");
        print_safe(old->entries.at[i].text, stdout);
        printf("  (");
        print_safe(old->entries.at[i].guid, stdout);
        printf(")\n");
    }
    if (listed > MOST)
        printf("  and %zu more\n", listed - MOST);
    printf("If one is a question of the notes, adopt again and say so with --same FILE:LINE=GUID.\n");
}

static void print_report(const Book *b, const Lock *old, size_t left_out)
{
    size_t matched = 0;
    for (size_t i = 0; i < old->entries.n; i++)
        matched += old->entries.at[i].matched;
    printf("%zu of %zu notes go on with a question of the notes; %zu question%s %s not among them\n", matched,
           old->entries.n, b->questions - matched, b->questions - matched == 1 ? "" : "s",
           b->questions - matched == 1 ? "is" : "are");
    print_types(old);
    if (left_out)
        printf("%zu note%s cannot go on here, being of one field, without cards, or dated or named out of all"
               " bounds\n", left_out, left_out == 1 ? "" : "s");
    print_rest(old, matched);
    print_path(str_of(b->lock.path), stdout);
    printf("\nThe next build updates these notes in place; their history stays.\n");
    retired_print(b); /* with what was built as cards of our own before */
}

int adopt_run(const Options *o)
{
    Options notes = *o;
    ReadPackage package = {0};
    Book b = {0};
    const char *path = o->packages[0];
    notes.same = (StrVec){0}; /* they name notes of the package */
    bool ok = deckbind_read(&b, &notes) && deckbind_exit_code(&b, o) != EXIT_WORLD
           && package_read(&package, path, &b.diags);
    Lock old = {.arena = &b.arena, .path = path, .found = true};
    size_t left_out = 0;
    if (ok) {
        left_out = adoption_read(&old, &package, &b);
        match_package(&b, &old, o->same);
        ok = deckbind_exit_code(&b, o) != EXIT_WORLD && deckbind_publish_lock(&b);
    }
    deckbind_report(&b, o);
    if (ok)
        print_report(&b, &old, left_out);
    int code = deckbind_exit_code(&b, o);
    package_close(&package);
    book_close(&b);
    return ok ? code : EXIT_WORLD;
}
