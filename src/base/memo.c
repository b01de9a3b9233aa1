/*
 * memo.c -- a table by hash for what is new, a sorted list for what was read.
 */
#include "base/memo.h"

#include "base/hash.h"

#include <stdlib.h>

static const Str head = STR_INIT("deckbind cache 1\n");

enum { DIGITS = 16, MOST_BYTES = 64 * 1024 * 1024 /* of the file */ };

static Str find_earlier(const AnswerVec *earlier, uint64_t question)
{
    size_t low = 0, high = earlier ? earlier->n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (earlier->at[middle].question < question)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = earlier && low < earlier->n && earlier->at[low].question == question;
    return found ? earlier->at[low].text : (Str){0};
}

/* The slot of `question`, or the free one where it belongs. */
static uint32_t *slot_of(const Memo *m, uint64_t question)
{
    size_t i = (size_t)hash_mix(question) & (m->slot_count - 1);
    while (m->slots[i] && m->learned.at[m->slots[i] - 1].question != question)
        i = (i + 1) & (m->slot_count - 1);
    return &m->slots[i];
}

static Str find_learned(const Memo *m, uint64_t question)
{
    uint32_t slot = m->slot_count ? *slot_of(m, question) : 0;
    return slot ? m->learned.at[slot - 1].text : (Str){0};
}

Str memo_find(const Memo *m, uint64_t question)
{
    Str learned = find_learned(m, question);
    return learned.at ? learned : find_earlier(m->earlier, question);
}

static void grow(Memo *m)
{
    m->slot_count = m->slot_count ? 2 * m->slot_count : 64;
    m->slots = arena_new(m->arena, uint32_t, m->slot_count);
    for (size_t i = 0; i < m->learned.n; i++)
        *slot_of(m, m->learned.at[i].question) = (uint32_t)i + 1;
}

void memo_add(Memo *m, uint64_t question, Str answer)
{
    *vec_push(&m->learned, m->arena) = (Answer){question, str_copy(m->arena, answer)};
    if (2 * m->learned.n > m->slot_count)
        grow(m);
    else
        *slot_of(m, question) = (uint32_t)m->learned.n;
}

static bool read_question(Str *line, uint64_t *question)
{
    *question = 0;
    for (int i = 0; i < DIGITS; i++) {
        char c = (size_t)i < line->n ? line->at[i] : '\0';
        bool letter = c >= 'a' && c <= 'f';
        if (!letter && !is_digit(c))
            return false;
        *question = *question << 4 | (uint64_t)(letter ? c - 'a' + 10 : c - '0');
    }
    *line = str_drop(*line, DIGITS);
    return str_eat(line, STR(" "));
}

void memo_read(Str text, AnswerVec *answers, Arena *a)
{
    answers->n = 0;
    bool good = text.n <= MOST_BYTES && str_eat(&text, head);
    while (good && text.n) {
        Answer answer = {0};
        answer.text = str_cut(&text, '\n');
        good = read_question(&answer.text, &answer.question)
            && (!answers->n || answers->at[answers->n - 1].question < answer.question);
        *vec_push(answers, a) = answer;
    }
    if (!good)
        answers->n = 0;
}

static int by_question(const void *a, const void *b)
{
    uint64_t x = ((const Answer *)a)->question, y = ((const Answer *)b)->question;
    return (x > y) - (x < y);
}

static bool is_learned(const Memo *const *memos, size_t n, uint64_t question)
{
    for (size_t i = 0; i < n; i++)
        if (find_learned(memos[i], question).at)
            return true;
    return false;
}

Str memo_write(const AnswerVec *earlier, const Memo *const *memos, size_t n, Arena *a)
{
    AnswerVec all = {0};
    Buf b = {.arena = a};
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < memos[i]->learned.n; k++)
            *vec_push(&all, a) = memos[i]->learned.at[k];
    for (size_t i = 0; i < earlier->n; i++)
        bytes += earlier->at[i].text.n + DIGITS + 2;
    for (size_t i = 0; i < earlier->n && bytes < MOST_BYTES / 2; i++)
        if (!is_learned(memos, n, earlier->at[i].question))
            *vec_push(&all, a) = earlier->at[i];
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_question);
    buf_put(&b, head);
    for (size_t i = 0; i < all.n; i++) {
        if (i && all.at[i].question == all.at[i - 1].question)
            continue; /* two threads learned it */
        buf_printf(&b, "%016llx %.*s\n", (unsigned long long)all.at[i].question, STR_ARG(all.at[i].text));
    }
    return buf_str(&b);
}
