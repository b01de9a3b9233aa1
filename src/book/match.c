/*
 * match.c -- the sure matches, by sorting; then the likely ones.
 */
#include "book/match.h"

#include "base/file.h"
#include "base/utf8.h"
#include "book/likeness.h"
#include "book/rules.h"

#include <stdio.h>
#include <stdlib.h>

/* A question of the notes or of the lock, for sorting; `order` is its place in its list. */
typedef struct Item {
    uint64_t question, answer;
    uint32_t file, order;
    bool cloze, retired;
    bool own; /* not adopted: what was adopted in its place has the longer history */
} Item;

typedef Vec(Item) ItemVec;

typedef struct Matcher {
    Book *book;
    FreshVec fresh;        /* questions of the notes, in order of the book */
    uint32_t *pair;        /* of each: 1 + index in the lock; 0: none */
    Arena arena;
} Matcher;

static int compare(uint64_t x, uint64_t y)
{
    return (x > y) - (x < y);
}

static int by_question(const Item *x, const Item *y)
{
    int order = compare(x->question, y->question);
    return order ? order : compare(x->cloze, y->cloze);
}

static int by_both(const Item *x, const Item *y)
{
    int order = by_question(x, y);
    return order ? order : compare(x->answer, y->answer);
}

static int by_both_and_file(const Item *x, const Item *y)
{
    int order = by_both(x, y);
    return order ? order : compare(x->file, y->file);
}

static int by_all(const void *a, const void *b)
{
    const Item *x = a, *y = b;
    int order = by_both_and_file(x, y);
    order = order ? order : compare(x->retired, y->retired);
    order = order ? order : compare(x->own, y->own);
    return order ? order : compare(x->order, y->order);
}

/* Whether the entries of that file may be matched or retired. */
static bool is_open(const Book *b, Str name)
{
    for (size_t low = 0, high = b->source_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(name, b->sources[middle].name);
        if (order == 0)
            return !b->sources[middle].failed;
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    Arena scratch = {0};
    const char *path = file_path(&scratch, b->folder, name);
    bool there = file_exists(path) && !file_is_folder(path);
    bool open = !there || book_ignores(b, str_copy(&scratch, name));
    arena_free(&scratch);
    return open;
}

static void open_files(Matcher *m, bool *open)
{
    const Lock *l = &m->book->lock;
    for (size_t i = 0; i < l->files.n; i++)
        open[i] = is_open(m->book, l->files.at[i]);
    for (size_t i = 0; i < l->entries.n; i++)
        m->book->lock.entries.at[i].apart = !open[l->entries.at[i].file];
}

typedef struct Named {
    Str name;
    uint32_t file;
} Named;

static int by_name(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = str_cmp(x->name, y->name);
    return order ? order : compare(x->file, y->file);
}

/* The lock's number for each source; past all of them for one that it does not know. */
static void number_files(const Book *b, uint32_t *numbers, Arena *a)
{
    const Lock *l = &b->lock;
    Named *names = arena_new(a, Named, l->files.n + 1);
    for (size_t i = 0; i < l->files.n; i++)
        names[i] = (Named){l->files.at[i], (uint32_t)i};
    if (l->files.n)
        qsort(names, l->files.n, sizeof *names, by_name);
    for (size_t i = 0, k = 0; i < b->source_count; i++) {
        while (k < l->files.n && str_cmp(names[k].name, b->sources[i].name) < 0)
            k++;
        bool known = k < l->files.n && str_eq(names[k].name, b->sources[i].name);
        numbers[i] = known ? names[k].file : (uint32_t)(l->files.n + i);
    }
}

static void collect_fresh(Matcher *m)
{
    Book *b = m->book;
    uint32_t *files = arena_new(&m->arena, uint32_t, b->source_count + 1);
    number_files(b, files, &m->arena);
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++)
            if (b->sources[i].entries.at[k].kind == ENTRY_QUESTION)
                *vec_push(&m->fresh, &m->arena) =
                    (Fresh){&b->sources[i], &b->sources[i].entries.at[k], files[i]};
}

static void fresh_items(const Matcher *m, ItemVec *items, Arena *a)
{
    for (uint32_t i = 0; i < m->fresh.n; i++) {
        const Fresh *f = &m->fresh.at[i];
        if (!m->pair[i])
            *vec_push(items, a) = (Item){f->entry->prints.question, f->entry->prints.answer, f->file, i,
                                         f->entry->cloze != GAPS_NONE, false, false};
    }
    if (items->n)
        qsort(items->at, items->n, sizeof *items->at, by_all);
}

static void locked_items(const Matcher *m, ItemVec *items, Arena *a)
{
    const Lock *l = &m->book->lock;
    for (uint32_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (!e->matched && !e->apart)
            *vec_push(items, a) = (Item){e->question, e->answer, e->file, i, e->cloze,
                                         e->state == LOCKED_RETIRED, !e->adopted};
    }
    if (items->n)
        qsort(items->at, items->n, sizeof *items->at, by_all);
}

static void pair(Matcher *m, uint32_t fresh, uint32_t locked)
{
    Locked *earlier = &m->book->lock.entries.at[locked];
    m->pair[fresh] = locked + 1;
    earlier->matched = true;
    earlier->apart = false; /* it is taken out of a file that was not read, if somebody says so */
}

/* Whether these two may be one: each once, and of one note type. */
static bool may_pair(const Matcher *m, size_t fresh, size_t locked)
{
    const Lock *l = &m->book->lock;
    return fresh < m->fresh.n && locked < l->entries.n && !m->pair[fresh] && !l->entries.at[locked].matched
        && l->entries.at[locked].cloze == (m->fresh.at[fresh].entry->cloze != GAPS_NONE);
}

/* The question that stands at FILE:LINE; m->fresh.n for none. */
static size_t find_fresh(const Matcher *m, Str file, Str line)
{
    size_t i = 0;
    for (; i < m->fresh.n; i++) {
        const Fresh *f = &m->fresh.at[i];
        char number[16];
        snprintf(number, sizeof number, "%u", f->entry->line);
        if (str_eq(line, str_of(number)) && (str_eq(file, f->source->path) || str_eq(file, f->source->name)))
            break;
    }
    return i;
}

static size_t find_locked(const Lock *l, Str guid)
{
    size_t i = 0;
    while (i < l->entries.n && !str_eq(l->entries.at[i].guid, guid))
        i++;
    return i;
}

/* FILE:LINE=GUID; both names may hold any of these marks, so the number between them is looked for. */
static bool pair_said(Matcher *m, Str said)
{
    for (size_t colon = 0; colon < said.n; colon++) {
        size_t end = colon + 1;
        while (said.at[colon] == ':' && end < said.n && is_digit(said.at[end]))
            end++;
        if (end == colon + 1 || end >= said.n || said.at[end] != '=')
            continue;
        size_t fresh = find_fresh(m, str_take(said, colon), str_take(str_drop(said, colon + 1), end - colon - 1));
        size_t locked = find_locked(&m->book->lock, str_drop(said, end + 1));
        if (!may_pair(m, fresh, locked))
            continue;
        pair(m, (uint32_t)fresh, (uint32_t)locked);
        return true;
    }
    return false;
}

static size_t run_length(const ItemVec *items, size_t from, int (*order)(const Item *, const Item *))
{
    size_t n = 1;
    while (from + n < items->n && order(&items->at[from], &items->at[from + n]) == 0)
        n++;
    return n;
}

static int by_answer(const void *a, const void *b)
{
    return compare(((const Item *)a)->answer, ((const Item *)b)->answer);
}

/* Whether none of `fresh`, by answer, has the answer that this one of the lock had. */
static bool is_answer_gone(const ItemVec *fresh, const Item *locked)
{
    return !locked->answer || !bsearch(locked, fresh->at, fresh->n, sizeof *fresh->at, by_answer);
}

/*
 * Pair equals in their order; with `only_one`, where one stands on each side and no more,
 * and no other question has the answer now.
 */
static void join(Matcher *m, int (*order)(const Item *, const Item *), bool only_one)
{
    Arena scratch = {0};
    ItemVec fresh = {0}, locked = {0}, answers = {0};
    fresh_items(m, &fresh, &scratch);
    locked_items(m, &locked, &scratch);
    if (only_one)
        fresh_items(m, &answers, &scratch);
    if (answers.n)
        qsort(answers.at, answers.n, sizeof *answers.at, by_answer);
    for (size_t i = 0, k = 0; i < fresh.n && k < locked.n;) {
        int difference = order(&fresh.at[i], &locked.at[k]);
        size_t here = difference > 0 ? 0 : run_length(&fresh, i, order);
        size_t there = difference < 0 ? 0 : run_length(&locked, k, order);
        bool pairs = difference == 0
                  && (!only_one || (here == 1 && there == 1 && is_answer_gone(&answers, &locked.at[k])));
        for (size_t n = 0; pairs && n < here && n < there; n++)
            pair(m, fresh.at[i + n].order, locked.at[k + n].order);
        i += here;
        k += there;
    }
    arena_free(&scratch);
}

/* Neither is chosen; the writer of the notes is told what they might be. */
static void report(Matcher *m, const Doubt *d)
{
    const Fresh *f = &m->fresh.at[d->fresh];
    const Locked *old = &m->book->lock.entries.at[d->locked];
    Str text = utf8_take(old->text, 40);
    Place place = source_place(f->source, f->entry->line, NULL);
    if (d->why == DOUBT_CHANGED)
        diag(&f->source->diags, D_MATCH_DOUBT, place,
             "“%.*s” (%.*s), but question and answer both differ from it", STR_ARG(text),
             STR_ARG(old->guid));
    else if (d->why == DOUBT_RIVAL)
        diag(&f->source->diags, D_MATCH_DOUBT, place, "“%.*s” (%.*s), which may also be %s:%u",
             STR_ARG(text), STR_ARG(old->guid), m->fresh.at[d->rival].source->path.at,
             m->fresh.at[d->rival].entry->line);
    else
        diag(&f->source->diags, D_MATCH_DOUBT, place, "“%.*s” (%.*s), or another that is as near",
             STR_ARG(text), STR_ARG(old->guid));
}

static void match_likely(Matcher *m)
{
    Likely likely = {0};
    likeness_find(&likely, &m->book->lock, &m->fresh, m->pair, &m->arena);
    for (size_t i = 0; i < likely.pairs.n; i++)
        pair(m, likely.pairs.at[i].left, likely.pairs.at[i].right);
    for (size_t i = 0; i < likely.doubts.n; i++)
        report(m, &likely.doubts.at[i]);
}

/*
 * The deck of more than half of these, where there is one, by a vote that takes one of
 * each kind away as long as there are two.
 */
static Str common_deck(const Matcher *m, size_t from, size_t to)
{
    const Lock *l = &m->book->lock;
    Str common = {0};
    size_t lead = 0;
    for (size_t i = from; i < to; i++) {
        if (!m->pair[i])
            continue;
        Str deck = l->decks.at[l->entries.at[m->pair[i] - 1].file];
        common = lead ? common : deck;
        lead = !lead || str_eq(deck, common) ? lead + 1 : lead - 1;
    }
    return common;
}

/* New cards of a file go into the deck that its others were adopted from, some of which may have been moved. */
static void take_decks(Matcher *m)
{
    for (size_t from = 0, to = 0; from < m->fresh.n; from = to) {
        Source *s = m->fresh.at[from].source;
        while (to < m->fresh.n && m->fresh.at[to].source == s)
            to++;
        if (!s->adopted_deck.n)
            s->adopted_deck = common_deck(m, from, to);
        if (s->adopted_deck.n && !s->meta.deck.n)
            s->deck = s->adopted_deck;
    }
}

void book_match(Book *b)
{
    if (!b->lock.entries.n && !b->same.n)
        return;
    Matcher m = {.book = b};
    open_files(&m, arena_new(&m.arena, bool, b->lock.files.n + 1));
    collect_fresh(&m);
    m.pair = arena_new(&m.arena, uint32_t, m.fresh.n + 1);
    for (size_t i = 0; i < b->same.n; i++)
        if (!pair_said(&m, b->same.at[i]))
            diag(&b->diags, D_SAME_UNKNOWN, (Place){0}, "%s", b->same.at[i].at);
    join(&m, by_both_and_file, false);
    join(&m, by_both, false);
    join(&m, by_question, true);
    match_likely(&m);
    for (size_t i = 0; i < m.fresh.n; i++)
        m.fresh.at[i].entry->locked = m.pair[i];
    take_decks(&m);
    arena_free(&m.arena);
}
