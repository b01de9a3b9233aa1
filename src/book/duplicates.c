/*
 * duplicates.c -- questions are sorted by the sum of their words, so equals stand together.
 */
#include "book/duplicates.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "book/fingerprint.h"

#include <stdlib.h>

/* Words that say that something is asked, not what; longer ones first. */
static const Str asking[] = {
#define WORD(text) STR_INIT(text)
    WORD("是什么"), WORD("有什么"), WORD("什么是"), WORD("为什么"), WORD("有哪些"), WORD("说一下"), WORD("讲一下"),
    WORD("什么"), WORD("如何"), WORD("怎么"), WORD("怎样"), WORD("哪些"), WORD("区别"), WORD("差别"), WORD("不同"),
    WORD("异同"), WORD("简述"), WORD("描述"), WORD("介绍"), WORD("说说"), WORD("谈谈"), WORD("讲讲"), WORD("解释"),
    WORD("请问"), WORD("the"), WORD("what"), WORD("how"), WORD("is"), WORD("are"), WORD("of"), WORD("and"),
    WORD("between"), WORD("difference"), WORD("a"), WORD("an"), WORD("in"), WORD("does"), WORD("do"), WORD("的"),
    WORD("了"), WORD("和"), WORD("与"), WORD("跟"), WORD("及"), WORD("是"), WORD("吗"), WORD("呢"), WORD("请"),
    WORD("有"), WORD("在"), WORD("中"), WORD("里"), WORD("对"), WORD("你"),
#undef WORD
};

enum { FEWEST_WORDS = 2 };

/* Those that ask the same have one root in common, which is its own. */
typedef struct Ring {
    struct Ring *root;
} Ring;

typedef struct Question {
    uint64_t key; /* what equal ones have in common */
    uint32_t source, entry;
    Ring *ring;
} Question;

typedef Vec(Question) QuestionVec;

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool is_asking(Str word)
{
    for (size_t i = 0; i < COUNT(asking); i++)
        if (str_eq(word, asking[i]))
            return true;
    return false;
}

/* Bytes of the word at the front of `s`: a run of other letters, or one Chinese character. */
static size_t word_length(Str s)
{
    size_t n, at = 0;
    if (utf8_is_cjk(utf8_at(s, 0, &n)))
        return n;
    for (; at < s.n; at += n) {
        uint32_t code = utf8_at(s, at, &n);
        if (utf8_is_cjk(code) || utf8_is_space(code) || (utf8_is_punct(code) && code != '+' && code != '#'))
            break;
    }
    return at ? at : n;
}

static bool eat_asking(Str *s)
{
    if ((unsigned char)s->at[0] < 0x80) /* those are whole words: see is_asking */
        return false;
    for (size_t i = 0; i < COUNT(asking); i++)
        if (s->at[s->n > 1] == asking[i].at[1] && str_eat(s, asking[i]))
            return true;
    return false;
}

static Str words_of(Str question, Arena *a)
{
    StrVec words = {0};
    for (Str rest = utf8_fold(question, a); rest.n;) {
        if (eat_asking(&rest))
            continue;
        Str word = str_take(rest, word_length(rest));
        rest = str_drop(rest, word.n);
        uint32_t code = utf8_at(word, 0, NULL);
        if (!utf8_is_space(code) && !utf8_is_punct(code) && !is_asking(word))
            *vec_push(&words, a) = word;
    }
    if (words.n < FEWEST_WORDS)
        return STR("");
    qsort(words.at, words.n, sizeof *words.at, by_bytes);
    Buf b = {.arena = a};
    for (size_t i = 0; i < words.n; i++) {
        buf_put(&b, words.at[i]);
        buf_put_char(&b, ' ');
    }
    return buf_str(&b);
}

void source_wordings(Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        if (e->kind != ENTRY_QUESTION)
            continue;
        Arena scratch = {0};
        Str text = fingerprint_question(s, e, &scratch), words = words_of(text, &scratch);
        e->same = e->id.n ? fingerprint_of(fingerprint_normal(text, &scratch)) : e->prints.question;
        e->near = words.n ? hash_quick(words) : 0;
        arena_free(&scratch);
    }
}

static void collect(const Book *b, QuestionVec *questions, Arena *a)
{
    for (uint32_t i = 0; i < b->source_count; i++) {
        const Source *s = &b->sources[i];
        for (uint32_t k = 0; k < s->entries.n; k++) {
            if (s->entries.at[k].kind != ENTRY_QUESTION)
                continue;
            Ring *ring = arena_new(a, Ring, 1);
            ring->root = ring;
            *vec_push(questions, a) = (Question){0, i, k, ring};
        }
    }
}

/* Equal ones in the order of the book. */
static int by_key(const void *a, const void *b)
{
    const Question *x = a, *y = b;
    int order = (x->key > y->key) - (x->key < y->key);
    order = order ? order : (x->source > y->source) - (x->source < y->source);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static Entry *entry_of(Book *b, const Question *q)
{
    return &b->sources[q->source].entries.at[q->entry];
}

static void report(Book *b, DiagCode code, const Question *first, const Question *again)
{
    Source *s = &b->sources[again->source];
    diag(&s->diags, code, source_place(s, entry_of(b, again)->line, NULL), "%s:%u",
         b->sources[first->source].path.at, entry_of(b, first)->line);
}

static Ring *ring_of(const Question *q)
{
    Ring *r = q->ring;
    while (r->root != r)
        r = r->root = r->root->root;
    return r;
}

/* What it is called before its own pages are made, which fill the gaps of `plain_title`. */
static Str title_of(Book *b, const Question *q)
{
    const Entry *e = entry_of(b, q);
    return e->cloze ? gaps_write(e->plain_title, e->cloze, &(GapNumbers){0}, &b->sources[q->source].kept)
                    : e->plain_title;
}

/* The next of its ring; at first that is itself. */
static Like *like_of(Book *b, const Question *q)
{
    Entry *e = entry_of(b, q);
    if (!e->like.source)
        e->like = (Like){q->source + 1, q->entry + 1, title_of(b, q)};
    return &e->like;
}

/* One ring of `from` to `to` and all rings that they are in: two rings become one when two members swap. */
static void join(Book *b, const Question *from, const Question *to)
{
    for (const Question *q = from; q + 1 < to; q++) {
        Ring *ring = ring_of(q), *other = ring_of(q + 1);
        if (ring == other)
            continue;
        other->root = ring;
        Like *like = like_of(b, q), *next = like_of(b, q + 1), swapped = *like;
        *like = *next;
        *next = swapped;
    }
}

/* Questions `from` to `to` are one: each is reported, and those that lack an answer get a twin. */
static void settle(Book *b, DiagCode code, const Question *from, const Question *to)
{
    const Question *answered = NULL;
    join(b, from, to);
    for (const Question *q = from; q < to && !answered; q++)
        answered = entry_of(b, q)->answered ? q : NULL;
    for (const Question *q = from; q < to; q++) {
        Entry *e = entry_of(b, q);
        if (q > from && !(code == D_NEAR_QUESTION && e->same == entry_of(b, from)->same))
            report(b, code, from, q);
        if (e->answered || !answered || e->twin)
            continue;
        e->twin_source = answered->source + 1;
        e->twin = answered->entry + 1;
    }
}

static void settle_runs(Book *b, const QuestionVec *questions, DiagCode code)
{
    for (size_t i = 0; i < questions->n; i++) {
        const Entry *e = entry_of(b, &questions->at[i]);
        questions->at[i].key = code == D_NEAR_QUESTION ? e->near : e->same;
    }
    qsort(questions->at, questions->n, sizeof *questions->at, by_key);
    for (size_t i = 0, next; i < questions->n; i = next) {
        const Question *q = &questions->at[i];
        for (next = i + 1; next < questions->n && questions->at[next].key == q->key; next++)
            ;
        if (next > i + 1 && q->key)
            settle(b, code, q, q + (next - i));
    }
}

void book_duplicates(Book *b)
{
    Arena scratch = {0};
    QuestionVec questions = {0};
    collect(b, &questions, &scratch);
    if (questions.n) {
        settle_runs(b, &questions, D_SAME_QUESTION);
        settle_runs(b, &questions, D_NEAR_QUESTION);
    }
    arena_free(&scratch);
}
