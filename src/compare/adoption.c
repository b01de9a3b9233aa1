/*
 * adoption.c -- fields are told by what stands in them.
 */
#include "compare/adoption.h"

#include "book/fingerprint.h"
#include "compare/plain.h"
#include "emit/apkg/models.h"
#include "model/gap.h"
#include "recognise/label.h"
#include "recognise/number.h"

#include <stdlib.h>

enum { MOST_FIELDS = 64 };

/* A question of the notes, for finding it by its print. */
typedef struct Asked {
    uint64_t question;
    const Entry *entry;
} Asked;

typedef Vec(Asked) AskedVec;

typedef struct Adoption {
    Lock *lock;
    const ReadPackage *package;
    AskedVec asked;      /* sorted */
    uint32_t *adopted;   /* of each type: as in Locked; for one of ours 0 */
    AdoptedType *fields; /* of each type: where question and answer are */
    bool *left_out;
    const ReadNote **notes; /* by type */
    size_t *first;       /* of each type: where its notes begin there; one more ends the last */
    Arena scratch;
} Adoption;

static int by_question(const void *a, const void *b)
{
    const Asked *x = a, *y = b;
    return (x->question > y->question) - (x->question < y->question);
}

static void collect_asked(Adoption *d, const Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].entries.n; k++) {
            const Entry *e = &b->sources[i].entries.at[k];
            if (e->kind == ENTRY_QUESTION)
                *vec_push(&d->asked, &d->scratch) = (Asked){e->prints.question, e};
        }
    if (d->asked.n)
        qsort(d->asked.at, d->asked.n, sizeof *d->asked.at, by_question);
}

static const Entry *find_asked(const Adoption *d, uint64_t question)
{
    Asked key = {question, NULL};
    const Asked *found = d->asked.n
        ? bsearch(&key, d->asked.at, d->asked.n, sizeof key, by_question) : NULL;
    return found ? found->entry : NULL;
}

static uint64_t print_of(Str text)
{
    Arena scratch = {0};
    uint64_t print = fingerprint_of(fingerprint_normal(text, &scratch));
    arena_free(&scratch);
    return print;
}

static Str without_front(Str text, Arena *a)
{
    Label label = {0};
    (void)a;
    number_eat(&text);
    bool asks = label_read(text, false, &label) && label.part == PART_QUESTION;
    return asks ? label.rest : text;
}

/* The text of gaps in its place: the notes may mark them in another way. */
static Str without_gaps(Str text, Arena *a)
{
    Buf b = {.arena = a};
    Gap gap;
    for (; gap_find(text, GAPS_CLOZE, 0, &gap); text = str_drop(text, gap.end)) {
        buf_put(&b, str_take(text, gap.at));
        buf_put(&b, gap_shown(gap.text));
    }
    buf_put(&b, text);
    return buf_str(&b);
}

/* What tools add to a question, taken off until the notes ask it so. */
static Str (*const less[])(Str, Arena *) = {without_front, without_gaps};

/* A question as the notes have it, in `a`; without all that if they do not have it. */
static Str question_in(const Adoption *d, Str field, const Entry **asked, Arena *a)
{
    Str text = plain_text(field, a);
    *asked = find_asked(d, print_of(text));
    for (size_t i = 0; i < COUNT(less) && !*asked; i++) {
        text = less[i](text, a);
        *asked = find_asked(d, print_of(text));
    }
    return text;
}

static const Entry *entry_of(const Adoption *d, Str field)
{
    Arena scratch = {0};
    const Entry *asked;
    question_in(d, field, &asked, &scratch);
    arena_free(&scratch);
    return asked;
}

static Said said_in(Str field)
{
    Arena scratch = {0};
    Said said = fingerprint_said(plain_text(field, &scratch));
    arena_free(&scratch);
    return said;
}

/* What the fields of one type hold, all its notes together. */
typedef struct Tally {
    size_t questions[MOST_FIELDS]; /* that the notes ask too */
    double answers[MOST_FIELDS];   /* likeness to the answers of these questions */
    size_t bytes[MOST_FIELDS];
} Tally;

static void tally_questions(const Adoption *d, size_t type, Tally *t)
{
    for (size_t i = d->first[type]; i < d->first[type + 1]; i++) {
        const ReadNote *n = d->notes[i];
        for (size_t f = 0; f < n->fields.n; f++) {
            t->questions[f] += entry_of(d, n->fields.at[f]) != NULL;
            t->bytes[f] += n->fields.at[f].n;
        }
    }
}

static void tally_answers(const Adoption *d, size_t type, uint32_t question, Tally *t)
{
    for (size_t i = d->first[type]; i < d->first[type + 1]; i++) {
        const ReadNote *n = d->notes[i];
        const Entry *e = entry_of(d, n->fields.at[question]);
        for (size_t f = 0; e && f < n->fields.n; f++) {
            Said said = said_in(n->fields.at[f]);
            t->answers[f] += said.print && f != question ? sketch_alike(&said.sketch, &e->prints.sketch) : 0;
        }
    }
}

/* The field that most notes have as a question; the first where no note has. */
static uint32_t question_field(const Tally *t, size_t n)
{
    uint32_t best = 0;
    for (uint32_t f = 1; f < n; f++)
        best = t->questions[f] > t->questions[best] ? f : best;
    return best;
}

/* The one most like the answers; else the longest. */
static uint32_t answer_field(const Tally *t, size_t n, uint32_t question)
{
    uint32_t best = question ? 0 : 1;
    for (uint32_t f = 0; f < n; f++) {
        bool more = t->answers[f] > t->answers[best]
                 || (t->answers[f] >= t->answers[best] && t->bytes[f] > t->bytes[best]);
        best = f != question && more ? f : best;
    }
    return best;
}

static const NoteType *own_type(int64_t id)
{
    for (size_t i = 0; i < NOTE_TYPES; i++)
        if (note_types[i]->id == id)
            return note_types[i];
    return NULL;
}

/* A package of deckbind's own is known; it is adopted where the lock was lost. */
static void tell_own(AdoptedType *fields, const NoteType *own)
{
    fields->question = own->cloze ? (uint32_t)CLOZE_TEXT : (uint32_t)QUESTION_QUESTION;
    fields->answer = own->cloze ? (uint32_t)CLOZE_EXPLANATION : (uint32_t)QUESTION_ANSWER;
}

static bool can_adopt(const ReadType *t)
{
    return t->fields.n >= 2 && t->fields.n <= MOST_FIELDS && t->id <= LATEST_ID && read_type_good(t);
}

/* Anki takes our style sheet only from a type that is dated later; what it shows now is not known. */
static void remember_date(Lock *l, const ReadType *read, const NoteType *own)
{
    Buf name = {.arena = l->arena};
    if (own)
        buf_puts(&name, own->name);
    else
        buf_printf(&name, "%lld", (long long)read->id);
    bool usable = read->time >= 0 && read->time < LATEST_TIME;
    *vec_push(&l->types, l->arena) = (LockedType){.name = buf_str(&name), .time = usable ? read->time : 0};
}

static void tell_fields(Adoption *d, size_t type)
{
    const ReadType *read = &d->package->types.at[type];
    AdoptedType *fields = &d->fields[type];
    const NoteType *own = own_type(read->id);
    Tally tally = {.bytes = {0}};
    *fields = (AdoptedType){.type = *read};
    d->left_out[type] = d->first[type] == d->first[type + 1] || !can_adopt(read)
                     || (own && own->field_count != read->fields.n) || d->lock->types.n == MOST_TYPES;
    if (d->left_out[type])
        return;
    remember_date(d->lock, read, own);
    if (own) {
        tell_own(fields, own);
        return;
    }
    tally_questions(d, type, &tally);
    fields->question = question_field(&tally, read->fields.n);
    tally_answers(d, type, fields->question, &tally);
    fields->answer = answer_field(&tally, read->fields.n, fields->question);
    *vec_push(&d->lock->adopted, d->lock->arena) = *fields;
    d->adopted[type] = (uint32_t)d->lock->adopted.n;
}

static int by_type(const void *a, const void *b)
{
    const ReadNote *x = *(const ReadNote *const *)a, *y = *(const ReadNote *const *)b;
    int order = (x->type > y->type) - (x->type < y->type);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* By deck, and then as they were made. */
static int by_place(const void *a, const void *b)
{
    const ReadNote *x = *(const ReadNote *const *)a, *y = *(const ReadNote *const *)b;
    int order = str_cmp(x->deck, y->deck);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void sort_notes(Adoption *d, int (*order)(const void *, const void *))
{
    if (d->package->notes.n)
        qsort(d->notes, d->package->notes.n, sizeof *d->notes, order);
}

static void collect_notes(Adoption *d)
{
    const ReadPackage *p = d->package;
    d->notes = arena_new(&d->scratch, const ReadNote *, p->notes.n + 1);
    d->first = arena_new(&d->scratch, size_t, p->types.n + 2);
    for (size_t i = 0; i < p->notes.n; i++) {
        d->notes[i] = &p->notes.at[i];
        d->first[p->notes.at[i].type + 1]++;
    }
    for (size_t i = 0; i < p->types.n; i++)
        d->first[i + 1] += d->first[i];
    sort_notes(d, by_type);
}

/* A deck is no file of the notes, though one, or a folder, may be called as it is. */
static Str file_of(Str deck, Arena *a)
{
    Buf b = {.arena = a};
    buf_put(&b, deck);
    buf_puts(&b, "::");
    return buf_str(&b);
}

static void open_deck(Lock *l, Str deck)
{
    if (l->decks.n && str_eq(l->decks.at[l->decks.n - 1], deck))
        return;
    *vec_push(&l->files, l->arena) = file_of(deck, l->arena);
    *vec_push(&l->decks, l->arena) = deck;
}

static void add_note(Adoption *d, const ReadNote *n)
{
    Lock *l = d->lock;
    const AdoptedType *t = &d->fields[n->type];
    const Entry *asked;
    Str question = question_in(d, n->fields.at[t->question], &asked, l->arena);
    Said said = said_in(n->fields.at[t->answer]);
    open_deck(l, n->deck.n ? n->deck : STR("Default"));
    Locked *e = vec_push(&l->entries, l->arena);
    *e = (Locked){
        .guid = n->guid, .id = n->id, .time = n->time > 0 ? n->time : 1, .cloze = t->type.cloze,
        .adopted = d->adopted[n->type], .question = print_of(question),
        .answer = said.print, .sketch = said.sketch, .text = fingerprint_text(question, l->arena),
        .file = (uint32_t)l->files.n - 1};
    if (e->cloze)
        e->gaps = gaps_known(plain_text(n->fields.at[t->question], l->arena), l->arena);
    if (!e->adopted)
        return;
    e->tags = n->tags;
    for (size_t f = 0; f < n->fields.n; f++)
        *vec_push(&e->fields, l->arena) = f == t->question || f == t->answer ? STR("") : n->fields.at[f];
    for (size_t i = 0; i < n->cards.n && !e->cloze && n->cards.at[i] < t->type.templates.n; i++)
        *vec_push(&e->cards, l->arena) = n->cards.at[i];
}

/* Whether the lock can hold it; and one that is dated later than any build is updated by none. */
static bool can_go_on(const ReadNote *n, const ReadType *type)
{
    return n->guid.n && n->guid.n <= LONGEST_GUID && n->id > 0 && n->id <= LATEST_ID && n->time < LATEST_TIME
        && n->cards.n && (type->cloze || n->cards.at[0] < type->templates.n);
}

size_t adoption_read(Lock *l, const ReadPackage *p, const Book *b)
{
    Adoption d = {.lock = l, .package = p};
    size_t left_out = 0;
    d.adopted = arena_new(&d.scratch, uint32_t, p->types.n + 1);
    d.fields = arena_new(&d.scratch, AdoptedType, p->types.n + 1);
    d.left_out = arena_new(&d.scratch, bool, p->types.n + 1);
    collect_asked(&d, b);
    collect_notes(&d);
    for (size_t i = 0; i < p->types.n; i++)
        tell_fields(&d, i);
    sort_notes(&d, by_place);
    for (size_t i = 0; i < p->notes.n; i++)
        if (d.left_out[d.notes[i]->type] || !can_go_on(d.notes[i], &p->types.at[d.notes[i]->type]))
            left_out++;
        else
            add_note(&d, d.notes[i]);
    arena_free(&d.scratch);
    return left_out;
}
