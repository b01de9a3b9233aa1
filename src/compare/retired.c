/*
 * retired.c -- a list, and a search by the Id field, which every note of deckbind has.
 */
#include "compare/retired.h"

#include "base/print.h"
#include "book/identity.h"

#include <stdio.h>

enum { MOST_LISTED = 20, MOST_SEARCHED = 500 /* at once: Anki fails with a thousand */ };

static void print_entry(const Lock *l, const Locked *e)
{
    printf("  ");
    print_safe(l->files.at[e->file], stdout);
    printf(": ");
    print_safe(e->text, stdout);
    putchar('\n');
}

static void print_list(const Lock *l, size_t n)
{
    size_t listed = 0;
    for (size_t i = 0; i < l->entries.n && listed < MOST_LISTED; i++)
        if (l->entries.at[i].state == LOCKED_RETIRED && ++listed)
            print_entry(l, &l->entries.at[i]);
    if (n > listed)
        printf("  and %zu more\n", n - listed);
}

static const char *part_before(size_t terms)
{
    return !terms ? "" : terms % MOST_SEARCHED ? " OR " : "\n  ";
}

/*
 * Adopted notes have no Id; their ids are those that the reader's own Anki gave them.  What is
 * too much for one search is several, one below the other.
 */
static Str search_of(const Lock *l, Arena *a)
{
    Buf search = {.arena = a}, ids = {.arena = a};
    size_t terms = 0;
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (e->state == LOCKED_RETIRED && e->adopted)
            buf_printf(&ids, "%s%lld", ids.n ? "," : "nid:", (long long)e->id);
        else if (e->state == LOCKED_RETIRED)
            buf_printf(&search, "%sId:%s", part_before(terms++), identity_anchor(e->guid, a).at);
    }
    if (ids.n)
        buf_printf(&search, "%s%s", search.n ? " OR " : "", buf_str(&ids).at);
    return buf_str(&search);
}

void retired_print(const Book *b)
{
    const Lock *l = &b->lock;
    size_t n = 0;
    for (size_t i = 0; i < l->entries.n; i++)
        n += l->entries.at[i].state == LOCKED_RETIRED;
    if (!n)
        return;
    Arena scratch = {0};
    printf("\n%zu question%s no longer in the notes, or go%s on as another card, but may still be in Anki:\n", n,
           n == 1 ? " is" : "s are", n == 1 ? "es" : "");
    print_list(l, n);
    printf("To delete or suspend %s there, search for\n  %s\n", n == 1 ? "it" : "them",
           search_of(l, &scratch).at);
    arena_free(&scratch);
}
