/*
 * check.c -- a book without an entry is a mistake, and a picture is stored once.
 */
#include "book/check.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const Media *)a)->name, ((const Media *)b)->name);
}

static void collect_media(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].media.n; k++)
            *vec_push(&b->media, &b->arena) = b->sources[i].media.at[k];
    if (!b->media.n)
        return;
    qsort(b->media.at, b->media.n, sizeof *b->media.at, by_name);
    size_t kept = 1;
    for (size_t i = 1; i < b->media.n; i++)
        if (!str_eq(b->media.at[i].name, b->media.at[kept - 1].name))
            b->media.at[kept++] = b->media.at[i];
    b->media.n = kept;
}

/* Whether a note was left out with an error, which is then why the book is empty. */
static bool is_told(const Book *b)
{
    bool told = diag_any(&b->diags, DIAG_ERROR);
    for (size_t i = 0; i < b->source_count; i++)
        told = told || (b->sources[i].failed && diag_any(&b->sources[i].diags, DIAG_ERROR));
    return told;
}

static void count_questions(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++) {
            const Entry *e = &b->sources[i].entries.at[k];
            b->questions += e->kind == ENTRY_QUESTION;
            b->answered += e->kind == ENTRY_QUESTION && e->answered;
        }
}

/* Once, however many there are. */
static void check_math(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        if (b->sources[i].plain_math) {
            diag(&b->diags, D_MATH_PLAIN, (Place){.file = b->sources[i].path}, NULL);
            return;
        }
}

void book_check(Book *b)
{
    collect_media(b);
    count_questions(b);
    check_math(b);
    if (!b->questions && !is_told(b))
        diag(&b->diags, D_EMPTY_BOOK, (Place){.file = b->folder}, NULL);
}
