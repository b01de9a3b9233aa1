/*
 * likeness.c -- who might be whom: found by what two entries share, weighed by a table,
 * chosen for all at once.
 *
 * To compare all with all would be quadratic.  So each entry of the lock is entered in
 * one index under everything that a later self could have kept: pairs of characters of
 * its question, its answer, parts of the answer's sketch.  A key that many share says
 * little and is passed over.
 */
#include "book/likeness.h"

#include "base/utf8.h"
#include "book/fingerprint.h"

#include <stdlib.h>

/*
 * What speaks for a pair, and how much.  Only what the two say makes them one; their
 * places tell two that say the same apart.
 */
static const struct {
    double question, same_question, answer; /* the first and the last times their likeness */
    double neighbours;        /* both; one is half of it */
    double file, number, retired;
    double enough;            /* of what they say, where both have an answer */
    double enough_unanswered; /* of all, where one has none to compare */
    double both_changed;      /* of the two likenesses, where neither stayed as it was */
    double doubt;             /* another that comes so near leaves it open */
} weights = {1.0, 2.0, 1.6, 0.25, 0.1, 0.1, -0.1, 0.9, 0.9, 1.5, 0.2};

/*
 * With answers that share less than this they are two, as epoll and poll are, unless the
 * question is the very same; and what is retired comes back by no answer alone.
 */
static const double LEAST_ANSWER = 0.4, LEAST_RETIRED = 0.3;

/* An answer counts for its whole weight from so many bytes on; "yes" is that of many questions. */
static const double OWN_BYTES = 80, OWN_LEAST = 0.4;

enum { BAND_BYTES = 2, MOST_PARTNERS = 8 };

typedef enum { KEY_ANSWER, KEY_PAIR, KEY_BAND, KEY_KINDS } KeyKind;
static const size_t shared_by[KEY_KINDS] = {16, 32, 16}; /* more, and a key is passed over */

typedef struct Key {
    uint64_t key;
    uint32_t right;
} Key;

typedef Vec(uint32_t) Runs; /* pairs of characters, sorted */

/* One that looks for its other half. */
typedef struct Member {
    uint32_t index;    /* in `fresh`, or in the lock */
    bool cloze, retired;
    double own;        /* how much its answer counts */
    uint32_t file;
    uint64_t print, answer; /* of the question, and of the answer */
    const Sketch *sketch;
    Str number;
    Runs question;
    uint32_t before, after; /* entries of the lock beside it, or that its neighbours are; NO_PAIR */
} Member;

typedef Vec(Member) MemberVec;

typedef struct Finder {
    const Lock *lock;
    const FreshVec *fresh;
    const uint32_t *pair;
    MemberVec lefts, rights;
    uint32_t *right_of; /* of each entry of the lock: its place in `rights`; NO_PAIR */
    uint32_t *before, *after; /* of each entry of the lock: the live one beside it in its file */
    Vec(Key) index;
    uint32_t *seen;     /* of each right member: 1 + the left one that met it last */
    EdgeVec edges;
    Arena arena;
} Finder;

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Pairs of neighbouring characters; a single one stands for itself. */
static Runs runs_of(Str text, Arena *a)
{
    Runs runs = {0};
    Arena scratch = {0};
    Str normal = fingerprint_normal(text, &scratch);
    uint32_t last = 0;
    for (size_t i = 0, n; i < normal.n; i += n) {
        uint32_t code = utf8_at(normal, i, &n);
        if (i || n == normal.n)
            *vec_push(&runs, a) = (last * 0x9E3779B1u) ^ code;
        last = code;
    }
    arena_free(&scratch);
    if (runs.n)
        qsort(runs.at, runs.n, sizeof *runs.at, by_number);
    return runs;
}

/* The share of pairs that two questions have in common. */
static double runs_alike(const Runs *x, const Runs *y)
{
    size_t common = 0, all = x->n + y->n;
    for (size_t i = 0, k = 0; i < x->n && k < y->n;) {
        common += x->at[i] == y->at[k];
        bool left = x->at[i] <= y->at[k];
        k += x->at[i] >= y->at[k];
        i += left;
    }
    return all ? 2 * (double)common / (double)all : 0;
}

static uint64_t key_of(KeyKind kind, uint64_t value)
{
    return (uint64_t)kind << 62 | (value & ~(3ull << 62));
}

static uint64_t band_of(const Sketch *s, size_t band)
{
    return band << 16 | (uint64_t)s->of[BAND_BYTES * band] << 8 | s->of[BAND_BYTES * band + 1];
}

typedef Vec(uint64_t) KeyVec;

static void keys_of(const Member *m, KeyVec *keys, Arena *a)
{
    keys->n = 0;
    if (m->answer) {
        *vec_push(keys, a) = key_of(KEY_ANSWER, m->answer);
        for (size_t i = 0; i < SKETCH_BYTES / BAND_BYTES; i++)
            *vec_push(keys, a) = key_of(KEY_BAND, band_of(m->sketch, i));
    }
    for (size_t i = 0; i < m->question.n; i++)
        if (!i || m->question.at[i] != m->question.at[i - 1])
            *vec_push(keys, a) = key_of(KEY_PAIR, m->question.at[i]);
}

static void find_neighbours(Finder *f)
{
    size_t n = f->lock->entries.n;
    f->before = arena_new(&f->arena, uint32_t, n + 1);
    f->after = arena_new(&f->arena, uint32_t, n + 1);
    uint32_t live = NO_PAIR, file = NO_PAIR;
    for (uint32_t i = 0; i < n; i++) {
        const Locked *e = &f->lock->entries.at[i];
        f->before[i] = e->file == file ? live : NO_PAIR;
        if (e->state == LOCKED_RETIRED && e->file == file)
            continue;
        live = e->state == LOCKED_RETIRED ? NO_PAIR : i;
        file = e->file;
    }
    live = file = NO_PAIR;
    for (uint32_t i = (uint32_t)n; i-- > 0;) {
        const Locked *e = &f->lock->entries.at[i];
        f->after[i] = e->file == file ? live : NO_PAIR;
        if (e->state == LOCKED_RETIRED && e->file == file)
            continue;
        live = e->state == LOCKED_RETIRED ? NO_PAIR : i;
        file = e->file;
    }
}

static void collect_rights(Finder *f)
{
    f->right_of = arena_new(&f->arena, uint32_t, f->lock->entries.n + 1);
    for (uint32_t i = 0; i < f->lock->entries.n; i++) {
        const Locked *e = &f->lock->entries.at[i];
        f->right_of[i] = NO_PAIR;
        if (e->matched || e->apart)
            continue;
        f->right_of[i] = (uint32_t)f->rights.n;
        *vec_push(&f->rights, &f->arena) = (Member){
            .index = i, .cloze = e->cloze, .retired = e->state == LOCKED_RETIRED, .file = e->file,
            .print = e->question, .answer = e->answer, .sketch = &e->sketch, .number = e->number,
            .question = runs_of(e->text, &f->arena), .before = f->before[i], .after = f->after[i]};
    }
}

/* What the question beside number `i`, in the same file, is in the lock. */
static uint32_t beside(const Finder *f, uint32_t i, bool next)
{
    uint32_t k = next ? i + 1 : i - 1;
    bool there = next ? k < f->fresh->n : i > 0;
    if (!there || f->fresh->at[k].source != f->fresh->at[i].source || !f->pair[k])
        return NO_PAIR;
    return f->pair[k] - 1;
}

static double own_weight(size_t bytes)
{
    double weight = OWN_LEAST + (double)bytes / OWN_BYTES;
    return weight < 1 ? weight : 1;
}

static void collect_lefts(Finder *f)
{
    for (uint32_t i = 0; i < f->fresh->n; i++) {
        const Fresh *q = &f->fresh->at[i];
        const Entry *e = q->entry;
        if (!f->pair[i])
            *vec_push(&f->lefts, &f->arena) = (Member){
                .index = i, .cloze = e->cloze != GAPS_NONE, .file = q->file,
                .own = own_weight(e->prints.said), .print = e->prints.question,
                .answer = e->prints.answer,
                .sketch = &e->prints.sketch, .number = e->number,
                .question = runs_of(e->text, &f->arena),
                .before = beside(f, i, false), .after = beside(f, i, true)};
    }
}

static int by_key(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->right > y->right) - (x->right < y->right);
}

static void make_index(Finder *f)
{
    KeyVec keys = {0};
    for (uint32_t i = 0; i < f->rights.n; i++) {
        keys_of(&f->rights.at[i], &keys, &f->arena);
        for (size_t k = 0; k < keys.n; k++)
            *vec_push(&f->index, &f->arena) = (Key){keys.at[k], i};
    }
    if (f->index.n)
        qsort(f->index.at, f->index.n, sizeof *f->index.at, by_key);
    f->seen = arena_new(&f->arena, uint32_t, f->rights.n + 1);
}

static double answer_alike(const Member *x, const Member *y)
{
    return x->answer == y->answer ? 1 : sketch_alike(x->sketch, y->sketch);
}

/* Two that have the same beside them; an end of the same file is something too. */
static double share_side(uint32_t x, uint32_t y, bool same_file)
{
    return x == y && (x != NO_PAIR || same_file) ? 0.5 : 0;
}

/* What speaks for the pair besides what they say. */
static double worth_of_place(const Member *x, const Member *y)
{
    bool same_file = x->file == y->file;
    return weights.neighbours * (share_side(x->before, y->before, same_file)
                                 + share_side(x->after, y->after, same_file))
         + weights.file * same_file + weights.number * (x->number.n && str_eq(x->number, y->number))
         + weights.retired * y->retired;
}

/* What the pair is worth; 0 where it is none. */
static double worth(const Member *x, const Member *y)
{
    bool answered = x->answer && y->answer, same = x->print == y->print;
    double question = runs_alike(&x->question, &y->question), place = worth_of_place(x, y);
    double answer = answered ? answer_alike(x, y) : 0;
    bool apart = x->cloze != y->cloze || (y->retired && question < LEAST_RETIRED)
              || (answered && answer < LEAST_ANSWER && !same);
    double said = (same ? weights.same_question : weights.question * question)
                + weights.answer * answer * x->own;
    bool enough = answered ? said >= weights.enough : said + place >= weights.enough_unanswered;
    return apart || !enough ? 0 : said + place;
}

/*
 * Question and answer both changed, and much: an entry that was edited looks so, and also
 * another that was put in its place.
 */
static bool may_be_another(const Member *x, const Member *y)
{
    return x->print != y->print && x->answer && y->answer && x->answer != y->answer
        && runs_alike(&x->question, &y->question) + answer_alike(x, y) < weights.both_changed;
}

typedef struct Partners {
    Edge of[MOST_PARTNERS];
    size_t n;
} Partners;

/* Keep the best ones. */
static void meet(Finder *f, Partners *best, uint32_t left, uint32_t right)
{
    if (right == NO_PAIR || f->seen[right] == left + 1)
        return;
    f->seen[right] = left + 1;
    Edge edge = {left, right, (float)worth(&f->lefts.at[left], &f->rights.at[right])};
    if (edge.worth <= 0)
        return;
    size_t at = best->n < MOST_PARTNERS ? best->n++ : MOST_PARTNERS - 1;
    if (at == MOST_PARTNERS - 1 && best->of[at].worth >= edge.worth && best->of[at].worth > 0)
        return;
    for (; at && best->of[at - 1].worth < edge.worth; at--)
        best->of[at] = best->of[at - 1];
    best->of[at] = edge;
}

static size_t first_of(const Finder *f, uint64_t key)
{
    size_t low = 0, high = f->index.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->index.at[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void meet_sharers(Finder *f, Partners *best, uint32_t left, uint64_t key)
{
    size_t most = shared_by[key >> 62], from = first_of(f, key), n = 0;
    while (n <= most && from + n < f->index.n && f->index.at[from + n].key == key)
        n++;
    for (size_t i = 0; i < n && n <= most; i++)
        meet(f, best, left, f->index.at[from + i].right);
}

/* What stood where it stands now. */
static void meet_neighbours(Finder *f, Partners *best, uint32_t left)
{
    const Member *m = &f->lefts.at[left];
    uint32_t after = m->before == NO_PAIR ? NO_PAIR : f->after[m->before];
    uint32_t before = m->after == NO_PAIR ? NO_PAIR : f->before[m->after];
    if (after != NO_PAIR)
        meet(f, best, left, f->right_of[after]);
    if (before != NO_PAIR)
        meet(f, best, left, f->right_of[before]);
}

static void find_edges(Finder *f)
{
    KeyVec keys = {0};
    for (uint32_t i = 0; i < f->lefts.n; i++) {
        Partners best = {.n = 0};
        meet_neighbours(f, &best, i);
        keys_of(&f->lefts.at[i], &keys, &f->arena);
        for (size_t k = 0; k < keys.n; k++)
            meet_sharers(f, &best, i, keys.at[k]);
        for (size_t k = 0; k < best.n; k++)
            *vec_push(&f->edges, &f->arena) = best.of[k];
    }
}

/* What was chosen, and what stands against it. */
typedef struct Choice {
    const Finder *f;
    uint32_t *pair;   /* of left members: their edge */
    uint32_t *holder; /* of right members: their edge */
    uint32_t *rival;  /* of edges that are chosen: SURE, NO_PAIR where others are as near, or
                         the one that is as near to the right one */
} Choice;

#define SURE (NO_PAIR - 1)

static float worth_of(const Finder *f, uint32_t edge)
{
    return edge == NO_PAIR ? 0 : f->edges.at[edge].worth;
}

/* The worth of a pair of these two, if it was thought of. */
static float worth_between(const Choice *c, uint32_t left, uint32_t right, const uint32_t *first)
{
    for (uint32_t e = first[left]; e < first[left + 1]; e++)
        if (c->f->edges.at[e].right == right)
            return c->f->edges.at[e].worth;
    return 0;
}

/* Edge `e` was not chosen.  What it would have put out of their places is in doubt if little is lost. */
static void weigh_other(const Choice *c, uint32_t e, const uint32_t *first)
{
    const Edge *other = &c->f->edges.at[e];
    uint32_t mine = c->pair[other->left], theirs = c->holder[other->right];
    float had = worth_of(c->f, mine) + worth_of(c->f, theirs), has = other->worth;
    if (mine != NO_PAIR && theirs != NO_PAIR)
        has += worth_between(c, c->f->edges.at[theirs].left, c->f->edges.at[mine].right, first);
    if ((double)has < (double)had - weights.doubt)
        return;
    if (mine != NO_PAIR)
        c->rival[mine] = NO_PAIR;
    if (theirs != NO_PAIR)
        c->rival[theirs] = mine == NO_PAIR ? c->f->lefts.at[other->left].index : NO_PAIR;
}

static void choose(Finder *f, Likely *likely, Arena *a)
{
    size_t n = f->edges.n;
    Choice c = {.f = f};
    uint32_t *first = arena_new(&f->arena, uint32_t, f->lefts.n + 1);
    c.pair = arena_new(&f->arena, uint32_t, f->lefts.n + 1);
    c.holder = arena_new(&f->arena, uint32_t, f->rights.n + 1);
    c.rival = arena_new(&f->arena, uint32_t, n + 1);
    assign(&f->edges, (uint32_t)f->lefts.n, (uint32_t)f->rights.n, c.pair);
    memset(c.holder, 0xFF, f->rights.n * sizeof *c.holder);
    for (uint32_t i = 0, e = 0; i <= f->lefts.n; i++) {
        while (e < n && f->edges.at[e].left < i)
            e++;
        first[i] = e;
        if (i < f->lefts.n && c.pair[i] != NO_PAIR)
            c.holder[f->edges.at[c.pair[i]].right] = c.pair[i];
    }
    for (uint32_t e = 0; e < n; e++)
        c.rival[e] = SURE;
    for (uint32_t e = 0; e < n; e++)
        if (c.pair[f->edges.at[e].left] != e)
            weigh_other(&c, e, first);
    for (uint32_t i = 0; i < f->lefts.n; i++) {
        uint32_t e = c.pair[i];
        if (e == NO_PAIR)
            continue;
        const Member *left = &f->lefts.at[i], *right = &f->rights.at[f->edges.at[e].right];
        uint32_t fresh = left->index, locked = right->index, rival = c.rival[e];
        if (rival == SURE && !may_be_another(left, right))
            *vec_push(&likely->pairs, a) = (Edge){fresh, locked, f->edges.at[e].worth};
        else
            *vec_push(&likely->doubts, a) = (Doubt){
                fresh, locked,
                rival == SURE ? DOUBT_CHANGED : rival == NO_PAIR ? DOUBT_OTHERS : DOUBT_RIVAL, rival};
    }
}

void likeness_find(Likely *likely, const Lock *lock, const FreshVec *fresh, const uint32_t *pair,
                   Arena *a)
{
    Finder f = {.lock = lock, .fresh = fresh, .pair = pair};
    find_neighbours(&f);
    collect_rights(&f);
    collect_lefts(&f);
    if (f.lefts.n && f.rights.n) {
        make_index(&f);
        find_edges(&f);
        choose(&f, likely, a);
    }
    arena_free(&f.arena);
}
