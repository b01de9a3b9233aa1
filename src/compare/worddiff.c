/*
 * worddiff.c -- first lines are compared, then the words of those that differ.
 *
 * Words alone would do, but a line that is equal holds the rest in its place, and most
 * lines are.  Where little stands equal between two changes it is more noise than help,
 * so the changes swallow it.
 */
#include "compare/worddiff.h"

#include "base/utf8.h"
#include "compare/myers.h"

#include <stdlib.h>

/* Steps that the comparison of two texts may take: enough for all that a person wrote. */
enum { STEPS_AT_LEAST = 1 << 16, STEPS_PER_WORD = 64 };

/* What is the same, and then what took the place of what. */
typedef struct Hunk {
    size_t same, gone, fresh; /* in words */
} Hunk;

typedef Vec(Hunk) HunkVec;

/* Both texts, cut into words or lines. */
typedef struct Side {
    StrVec words;
    uint32_t *ids;
    bool *changed;
} Side;

typedef struct Word {
    Str text;
    uint32_t *id;
} Word;

static bool is_word(uint32_t code)
{
    return utf8_joins(code)
        || (!utf8_is_space(code) && !utf8_is_punct(code) && !utf8_is_cjk(code) && utf8_is_shown(code));
}

/* Take characters that satisfy `belongs` off the front. */
static size_t run_length(Str s, bool (*belongs)(uint32_t))
{
    size_t at = 0, n;
    while (at < s.n && belongs(utf8_at(s, at, &n)))
        at += n;
    return at;
}

static bool is_blank_code(uint32_t code) { return code == ' ' || code == '\t'; }

static Str cut_word(Str *s)
{
    size_t first;
    uint32_t code = utf8_at(*s, 0, &first);
    size_t n = is_word(code) ? run_length(*s, is_word)
             : is_blank_code(code) ? run_length(*s, is_blank_code)
             : first + run_length(str_drop(*s, first), utf8_joins);
    Str word = str_take(*s, n);
    *s = str_drop(*s, n);
    return word;
}

static Str cut_line(Str *s)
{
    size_t end = str_find_char(*s, '\n');
    Str line = end == STR_NONE ? *s : str_take(*s, end + 1);
    *s = str_drop(*s, line.n);
    return line;
}

static Side cut(Str text, Str (*next)(Str *), Arena *a)
{
    Side side = {0};
    while (text.n)
        *vec_push(&side.words, a) = next(&text);
    side.ids = arena_new(a, uint32_t, side.words.n);
    side.changed = arena_new(a, bool, side.words.n);
    return side;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(((const Word *)a)->text, ((const Word *)b)->text);
}

/* Equal words have equal numbers.  Sorted, not hashed: nobody can make it slow. */
static void number(Side *a, Side *b, Arena *scratch)
{
    size_t n = a->words.n + b->words.n;
    Word *all = arena_new(scratch, Word, n);
    for (size_t i = 0; i < n; i++) {
        Side *s = i < a->words.n ? a : b;
        size_t k = i < a->words.n ? i : i - a->words.n;
        all[i] = (Word){s->words.at[k], &s->ids[k]};
    }
    if (n)
        qsort(all, n, sizeof *all, by_text);
    uint32_t id = 0;
    for (size_t i = 0; i < n; i++) {
        id += i && !str_eq(all[i].text, all[i - 1].text);
        *all[i].id = id;
    }
}

static size_t count_changed(const Side *s, size_t at)
{
    size_t n = 0;
    while (at + n < s->words.n && s->changed[at + n])
        n++;
    return n;
}

/* Whether what stands between two changes is less than either. */
static bool is_noise(const Hunk *before, const Hunk *after)
{
    size_t left = before->gone > before->fresh ? before->gone : before->fresh;
    size_t right = after->gone > after->fresh ? after->gone : after->fresh;
    return after->same <= left && after->same <= right;
}

static void swallow(HunkVec *hunks)
{
    while (hunks->n > 1 && is_noise(&hunks->at[hunks->n - 2], &hunks->at[hunks->n - 1])) {
        const Hunk *last = &hunks->at[--hunks->n];
        hunks->at[hunks->n - 1].gone += last->same + last->gone;
        hunks->at[hunks->n - 1].fresh += last->same + last->fresh;
    }
}

/* Both sides as hunks; the last one may hold no change.  Where `join`, noise is swallowed. */
static HunkVec hunks_of(const Side *a, const Side *b, bool join, Arena *scratch)
{
    HunkVec hunks = {0};
    for (size_t i = 0, k = 0; i < a->words.n || k < b->words.n;) {
        Hunk *h = vec_push(&hunks, scratch);
        *h = (Hunk){0}; /* its place may have been that of a swallowed one */
        while (i < a->words.n && k < b->words.n && !a->changed[i] && !b->changed[k])
            i++, k++, h->same++;
        i += h->gone = count_changed(a, i);
        k += h->fresh = count_changed(b, k);
        if (join && (h->gone || h->fresh))
            swallow(&hunks);
    }
    return hunks;
}

/* Runs of one kind that follow each other are one. */
static void put_run(RunVec *runs, RunKind kind, Str text, Arena *a)
{
    if (!text.n)
        return;
    Run *last = runs->n ? &runs->at[runs->n - 1] : NULL;
    if (last && last->kind == kind && last->text.at + last->text.n == text.at)
        last->text.n += text.n;
    else
        *vec_push(runs, a) = (Run){kind, text};
}

/* The text of the first `n` words from `at` on: they follow each other. */
static Str text_of(const Side *s, size_t at, size_t n)
{
    if (!n)
        return (Str){0};
    Str first = s->words.at[at], last = s->words.at[at + n - 1];
    return (Str){first.at, (size_t)(last.at + last.n - first.at)};
}

static void compare(Side *a, Side *b, size_t *budget, Arena *scratch)
{
    number(a, b, scratch);
    myers((Sequence){a->ids, a->words.n, a->changed}, (Sequence){b->ids, b->words.n, b->changed},
          budget);
}

static void put_words(RunVec *runs, Str before, Str after, size_t *budget, Arena *a)
{
    Arena scratch = {0};
    Side old = cut(before, cut_word, &scratch), new = cut(after, cut_word, &scratch);
    compare(&old, &new, budget, &scratch);
    HunkVec hunks = hunks_of(&old, &new, true, &scratch);
    for (size_t h = 0, i = 0, k = 0; h < hunks.n; h++) {
        const Hunk *one = &hunks.at[h];
        put_run(runs, RUN_SAME, text_of(&new, k, one->same), a);
        put_run(runs, RUN_OLD, text_of(&old, i + one->same, one->gone), a);
        put_run(runs, RUN_NEW, text_of(&new, k + one->same, one->fresh), a);
        i += one->same + one->gone;
        k += one->same + one->fresh;
    }
    arena_free(&scratch);
}

RunVec word_diff(Str before, Str after, Arena *a)
{
    Arena scratch = {0};
    RunVec runs = {0};
    size_t budget = STEPS_AT_LEAST + STEPS_PER_WORD * (before.n / 3 + after.n / 3);
    Side old = cut(before, cut_line, &scratch), new = cut(after, cut_line, &scratch);
    compare(&old, &new, &budget, &scratch);
    HunkVec hunks = hunks_of(&old, &new, false, &scratch);
    for (size_t h = 0, i = 0, k = 0; h < hunks.n; h++) {
        const Hunk *one = &hunks.at[h];
        put_run(&runs, RUN_SAME, text_of(&new, k, one->same), a);
        put_words(&runs, text_of(&old, i + one->same, one->gone),
                  text_of(&new, k + one->same, one->fresh), &budget, a);
        i += one->same + one->gone;
        k += one->same + one->fresh;
    }
    arena_free(&scratch);
    return runs;
}
