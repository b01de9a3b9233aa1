/*
 * repeats.c -- titles that stand more than once in a file.
 *
 * Who writes **题干** and **参考答案** again and again names the parts of entries, which
 * nobody wants to be asked for; who asks the same twice forgot that he did.
 */
#include "recognise/mark.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const Mark *m = *(Mark *const *)a, *n = *(Mark *const *)b;
    return m->class != n->class ? (m->class > n->class) - (m->class < n->class) : str_cmp(m->title, n->title);
}

void marks_find_repeats(MarkVec *marks, Arena *a)
{
    Mark **sorted = arena_new(a, Mark *, marks->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < marks->n; i++)
        if (!marks->at[i].asks)
            sorted[n++] = &marks->at[i];
    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t i = 1; i < n; i++)
        if (compare(&sorted[i - 1], &sorted[i]) == 0)
            sorted[i - 1]->repeated = sorted[i]->repeated = true;
}
