/*
 * subjects.c -- titles are read for terms, and sorted.
 */
#include "book/subjects.h"

#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
    const Subject *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    order = order ? order : (x->source > y->source) - (x->source < y->source);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static void collect(Book *b, uint32_t source)
{
    const Source *s = &b->sources[source];
    for (uint32_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        bool tells = e->kind == ENTRY_SECTION || (e->kind == ENTRY_QUESTION && e->answered);
        Subjects subjects = tells ? term_subjects(e->plain_title) : (Subjects){0};
        if (!subjects.defines)
            continue;
        Arena scratch = {0};
        Str key = term_of(subjects.of[0], &scratch).key;
        if (key.n)
            *vec_push(&b->subjects, &b->arena) =
                (Subject){str_copy(&b->arena, key), subjects.of[0], source, i, e->kind == ENTRY_QUESTION};
        arena_free(&scratch);
    }
}

/* A term that several entries are about leads to none of them. */
static void drop_doubtful(Book *b)
{
    size_t kept = 0;
    for (size_t i = 0, next; i < b->subjects.n; i = next) {
        for (next = i + 1; next < b->subjects.n; next++)
            if (!str_eq(b->subjects.at[next].key, b->subjects.at[i].key))
                break;
        if (next == i + 1)
            b->subjects.at[kept++] = b->subjects.at[i];
    }
    b->subjects.n = kept;
}

void book_subjects(Book *b)
{
    for (uint32_t i = 0; i < b->source_count && !b->cards_only; i++)
        collect(b, i);
    if (b->subjects.n)
        qsort(b->subjects.at, b->subjects.n, sizeof *b->subjects.at, by_key);
    drop_doubtful(b);
}
