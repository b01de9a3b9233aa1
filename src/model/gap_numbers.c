/*
 * gap_numbers.c -- which number each counted gap has.
 *
 * Equal texts keep their number.  The rest is taken for reworded where as many are
 * missing as are there without one; otherwise each is new, and its number was never used.
 */
#include "base/hash.h"
#include "model/gap.h"

#include <stdlib.h>

enum { MOST_NUMBERS = 500, PRINT_DIGITS = 8 }; /* cards of a note; what lies beyond is counted on */

typedef struct Known {
    uint32_t number, print;
    bool live; /* its text was there at the last build */
    bool kept; /* its text is there now */
} Known;

typedef struct Numbers {
    Known known[MOST_NUMBERS];
    size_t n;
    uint32_t highest;
} Numbers;

/* What is damaged ends the list. */
static void read_known(Numbers *all, Str text)
{
    while (text.n && all->n < MOST_NUMBERS) {
        char *end, *last;
        Str one = str_cut(&text, ',');
        unsigned long number = strtoul(one.at, &end, 10);
        unsigned long print = *end == ':' || *end == '-' ? strtoul(end + 1, &last, 16) : 0;
        bool whole = *end && last == one.at + one.n && last == end + 1 + PRINT_DIGITS;
        if (!whole || number <= all->highest || number > MOST_NUMBERS)
            return;
        all->highest = (uint32_t)number;
        all->known[all->n++] = (Known){all->highest, (uint32_t)print, *end == ':', false};
    }
}

static void keep_equal(Numbers *all, const uint32_t *prints, uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all->n && !numbers[i]; k++)
            if (all->known[k].print == prints[i] && !all->known[k].kept) {
                all->known[k].kept = true;
                numbers[i] = all->known[k].number;
            }
}

static void keep_reworded(Numbers *all, uint32_t *numbers, size_t n)
{
    size_t missing = 0, without = 0;
    for (size_t k = 0; k < all->n; k++)
        missing += all->known[k].live && !all->known[k].kept;
    for (size_t i = 0; i < n; i++)
        without += !numbers[i];
    for (size_t i = 0, k = 0; i < n && missing == without; i++) {
        if (numbers[i])
            continue;
        while (!all->known[k].live || all->known[k].kept)
            k++;
        all->known[k].kept = true;
        numbers[i] = all->known[k].number;
    }
}

static int by_number(const void *a, const void *b)
{
    const Known *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static Str write_known(Numbers *all, const uint32_t *prints, const uint32_t *numbers, size_t n, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all->n; k++)
            if (all->known[k].number == numbers[i])
                all->known[k].print = prints[i];
    qsort(all->known, all->n, sizeof *all->known, by_number);
    for (size_t k = 0; k < all->n; k++)
        buf_printf(&b, "%s%u%c%08x", k ? "," : "", all->known[k].number, all->known[k].kept ? ':' : '-',
                   all->known[k].print);
    return b.n ? buf_str(&b) : STR("");
}

static uint32_t print_of(Str text)
{
    return (uint32_t)(hash64(text) >> 32);
}

/* Gaps of one number are one card, which goes on with the first of them. */
Str gaps_known(Str text, Arena *a)
{
    Numbers all = {.n = 0};
    Gap gap;
    for (size_t at = 0; all.n < MOST_NUMBERS && gap_find(text, GAPS_CLOZE, at, &gap); at = gap.end) {
        uint32_t number = (uint32_t)strtoul(gap.text.at + strlen("{{c"), NULL, 10);
        size_t k = 0;
        while (k < all.n && all.known[k].number != number)
            k++;
        if (k == all.n && number <= MOST_NUMBERS)
            all.known[all.n++] = (Known){number, print_of(gap_shown(gap.text)), true, true};
    }
    return write_known(&all, NULL, NULL, 0, a);
}

GapNumbers gaps_number(const StrVec *texts, Str *known, Arena *a)
{
    Numbers all = {.n = 0};
    uint32_t *prints = arena_new(a, uint32_t, texts->n + 1);
    uint32_t *numbers = arena_new(a, uint32_t, texts->n + 1);
    for (size_t i = 0; i < texts->n; i++)
        prints[i] = print_of(texts->at[i]);
    read_known(&all, *known);
    keep_equal(&all, prints, numbers, texts->n);
    keep_reworded(&all, numbers, texts->n);
    for (size_t i = 0; i < texts->n; i++) {
        if (numbers[i])
            continue;
        numbers[i] = ++all.highest;
        if (all.n < MOST_NUMBERS)
            all.known[all.n++] = (Known){numbers[i], prints[i], true, true};
    }
    *known = write_known(&all, prints, numbers, texts->n, a);
    return (GapNumbers){numbers, texts->n, 0};
}
