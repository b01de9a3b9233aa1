/*
 * diff.c -- notes are the same where their guids are, for so Anki takes them.
 *
 * Some tools give out new guids for each build, or for each change of a note.  So what
 * is left is matched by its question, and then by its answer; where that is the rule and
 * not the exception it is said once, and not of every note.
 */
#include "cmd/diff.h"

#include "compare/diff_parts.h"
#include "compare/match.h"
#include "compare/note_view.h"
#include "compare/plain.h"

#include <stdlib.h>

typedef struct Pair {
    const ReadNote *before, *after; /* NULL: it is added, or removed */
} Pair;

typedef Vec(Pair) PairVec;

enum { TELLING_BYTES = 24 }; /* of an answer that tells its question: eight ideographs */

typedef struct Differ {
    Changes *changes;
    const ReadPackage *before, *after;
    Matching matching;
    PairVec pairs;
} Differ;

static const char no_guids[] =
    "The packages have no note id (guid) in common, so notes are compared by what they say.\n"
    "Anki would take all notes of the second package for new ones.";
static const char few_guids[] =
    "Most notes have another id (guid) in the second package; they are compared by what they say.\n"
    "Anki would take them for new notes.";

/* What the notes are matched by, one after the other. */
static Str guid_key(const ReadPackage *p, const ReadNote *note, Arena *a)
{
    (void)p, (void)a;
    return note->guid;
}

static Str question_key(const ReadPackage *p, const ReadNote *note, Arena *a)
{
    (void)p;
    return note->fields.n ? plain_text(note->fields.at[0], a) : STR("");
}

/* A short answer, "true", may be that of any question. */
static Str answer_key(const ReadPackage *p, const ReadNote *note, Arena *a)
{
    Str answer = note_view(p, note, a).answer;
    return answer.n >= TELLING_BYTES ? answer : STR("");
}

static Str (*const passes[])(const ReadPackage *, const ReadNote *, Arena *) = {
    guid_key, question_key, answer_key,
};

/* Keys of the notes that have no partner. */
static StrVec keys_of(const ReadPackage *p, const size_t *partners, size_t pass, Arena *a)
{
    StrVec keys = {0};
    for (size_t i = 0; i < p->notes.n; i++)
        *vec_push(&keys, a) = partners[i] == STR_NONE ? passes[pass](p, &p->notes.at[i], a) : STR("");
    return keys;
}

static void put_pairs(Differ *d)
{
    const Matching *m = &d->matching;
    for (size_t i = 0; i < m->before_count; i++) {
        Pair *p = vec_push(&d->pairs, d->changes->arena);
        p->before = &d->before->notes.at[i];
        if (m->before[i] != STR_NONE)
            p->after = &d->after->notes.at[m->before[i]];
    }
    for (size_t i = 0; i < m->after_count; i++)
        if (m->after[i] == STR_NONE)
            vec_push(&d->pairs, d->changes->arena)->after = &d->after->notes.at[i];
}

static void match_notes(Differ *d)
{
    size_t n = d->before->notes.n, m = d->after->notes.n, least = n < m ? n : m, common = 0;
    d->matching = match_none(n, m, d->changes->arena);
    for (size_t pass = 0; pass < COUNT(passes); pass++) {
        Arena scratch = {0};
        StrVec old = keys_of(d->before, d->matching.before, pass, &scratch);
        StrVec new = keys_of(d->after, d->matching.after, pass, &scratch);
        size_t pairs = match_keys(&d->matching, &old, &new);
        common += pass == 0 ? pairs : 0;
        arena_free(&scratch);
    }
    if (common < least - least / 2)
        d->changes->remark = common ? few_guids : no_guids;
    put_pairs(d);
}

static const ReadNote *shown(const Pair *p)
{
    return p->after ? p->after : p->before;
}

/* Deck by deck, and in a deck by their ids: most tools count these up. */
static int by_order(const void *a, const void *b)
{
    const ReadNote *x = shown(a), *y = shown(b);
    int order = str_cmp(x->deck, y->deck);
    if (order == 0)
        order = (x->id > y->id) - (x->id < y->id);
    return order ? order : str_cmp(x->guid, y->guid);
}

static bool same_strings(const StrVec *a, const StrVec *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = str_eq(a->at[i], b->at[i]);
    return same;
}

static unsigned if_differs(unsigned bit, Str before, Str after)
{
    return str_eq(before, after) ? 0 : bit;
}

static unsigned type_kind(const Differ *d, const Pair *p)
{
    const ReadType *old = &d->before->types.at[p->before->type];
    const ReadType *new = &d->after->types.at[p->after->type];
    bool renamed_only = d->changes->remark && str_eq(old->name, new->name);
    return old->id == new->id || renamed_only ? 0 : TYPE;
}

/* Where most notes have another guid it is said once. */
static bool is_renewed(const Differ *d, const Pair *p)
{
    return !d->changes->remark && !str_eq(p->before->guid, p->after->guid);
}

static unsigned kinds_of(const Differ *d, const Pair *p, const NoteView *old, const NoteView *new)
{
    unsigned kinds = is_renewed(d, p) ? NEW_ID : 0;
    kinds |= if_differs(REWORDED, old->question, new->question)
           | if_differs(ANSWER, old->answer, new->answer)
           | if_differs(CARDS, old->cards, new->cards)
           | if_differs(MOVED, old->place, new->place)
           | if_differs(TAGS, p->before->tags, p->after->tags) | type_kind(d, p);
    if (!(kinds & (REWORDED | ANSWER)))
        kinds |= if_differs(MARKUP, old->markup, new->markup);
    return kinds ? kinds : if_differs(LINE, old->source, new->source);
}

static void fill_before(Change *c, const ReadNote *note, const NoteView *v)
{
    c->id = note->guid;
    c->source = v->source;
    c->question_before = v->question;
    c->answer_before = v->answer;
    c->place_before = v->place;
    c->tags_before = note->tags;
    c->type_before = v->type;
    c->cards_before = v->cards;
}

static void fill_after(Change *c, const ReadNote *note, const NoteView *v)
{
    c->id = note->guid;
    c->source = v->source;
    c->question_after = v->question;
    c->answer_after = v->answer;
    c->place_after = v->place;
    c->tags_after = note->tags;
    c->type_after = v->type;
    c->cards_after = v->cards;
}

/* Whether a look at the text is needed; in most pairs of most packages it is not. */
static bool is_same(const Differ *d, const Pair *p)
{
    const ReadNote *a = p->before, *b = p->after;
    bool cards = a->cards.n == b->cards.n
              && (!a->cards.n || memcmp(a->cards.at, b->cards.at, a->cards.n * sizeof *a->cards.at) == 0);
    return !is_renewed(d, p) && cards && !type_kind(d, p) && same_strings(&a->fields, &b->fields)
        && str_eq(a->tags, b->tags) && str_eq(a->deck, b->deck);
}

static void put_change(Differ *d, const Pair *p)
{
    Arena *a = d->changes->arena;
    Change c = {.kinds = p->before ? REMOVED : ADDED};
    NoteView old = {0}, new = {0};
    if (p->before && p->after && is_same(d, p))
        return;
    if (p->before)
        old = note_view(d->before, p->before, a);
    if (p->after)
        new = note_view(d->after, p->after, a);
    if (p->before && p->after)
        c.kinds = kinds_of(d, p, &old, &new);
    if (!c.kinds)
        return;
    if (p->before)
        fill_before(&c, p->before, &old);
    if (p->after)
        fill_after(&c, p->after, &new);
    *vec_push(&d->changes->list, a) = c;
}

void diff_packages(Changes *c, const ReadPackage *a, const ReadPackage *b)
{
    Differ d = {.changes = c, .before = a, .after = b};
    c->notes_before = a->notes.n;
    c->notes_after = b->notes.n;
    match_notes(&d);
    if (d.pairs.n)
        qsort(d.pairs.at, d.pairs.n, sizeof *d.pairs.at, by_order);
    for (size_t i = 0; i < d.pairs.n; i++)
        put_change(&d, &d.pairs.at[i]);
    diff_types(c, a, b);
    diff_media(c, a, b);
}

int diff_run(const Options *o)
{
    Arena arena = {0};
    Diags diags = {.arena = &arena};
    ReadPackage a = {0}, b = {0};
    bool ok = package_read(&a, o->packages[0], &diags) && package_read(&b, o->packages[1], &diags);
    if (ok) {
        Changes c = {.arena = &arena, .before = str_of(o->packages[0]), .after = str_of(o->packages[1])};
        diff_packages(&c, &a, &b);
        changes_print(&c, o);
    }
    diag_print(&diags, o->least, stderr);
    package_close(&a);
    package_close(&b);
    arena_free(&arena);
    return ok ? 0 : 2;
}
