/*
 * plan.c -- the notes are read and settled as for a build, and that is told instead.
 *
 * Settling has found what happened to each question; here it is put into the words of
 * `diff`.  The lock keeps the text of a question, but of an answer only what tells that it
 * changed.  What was never in a deck, and will not be, is no change of it.
 */
#include "cmd/plan.h"

#include "book/open.h"
#include "book/settle.h"
#include "compare/changes.h"
#include "compare/plain.h"
#include "deckbind.h"
#include "emit/apkg/note.h"

static const char no_lock[] =
    "There is no lock yet, so nothing is known of an earlier build: to this one all is new.";

typedef struct Planner {
    Book *book;
    Changes *changes;
} Planner;

/* A question that its id identifies may be reworded and still be the same to Anki. */
static bool is_reworded(const Entry *e, const Locked *earlier)
{
    return e->changes[CHANGED_QUESTION] || !str_eq(e->text, earlier->text);
}

static unsigned kinds_of(const Book *b, const Entry *e, const Locked *earlier)
{
    if (!book_wants(b, e))
        return e->changes[CHANGED_OUT] ? LEFT_OUT : earlier ? 0 : UNANSWERED;
    if (!earlier || !earlier->time)
        return ADDED;
    unsigned kinds = (e->changes[CHANGED_REVIVED] ? REVIVED : 0) | (is_reworded(e, earlier) ? REWORDED : 0)
                   | (e->changes[CHANGED_ANSWER] ? ANSWER : 0) | (e->changes[CHANGED_FILE] ? MOVED : 0);
    return kinds ? kinds : e->changes[CHANGED_SHOWN] ? LOOK : 0;
}

/* As `diff` has it: all that answers, as its reader sees it. */
static Str answer_of(const Entry *e, Arena *a)
{
    Buf b = {.arena = a};
    for (int part = 0; part < PARTS; part++) {
        Str text = part_answers[part] ? plain_text(e->card_part[part], a) : STR("");
        buf_puts(&b, b.n && text.n ? "\n" : "");
        buf_put(&b, text);
    }
    return b.n ? buf_str(&b) : STR("");
}

static Str source_of(const Source *s, const Entry *e, Arena *a)
{
    Buf b = {.arena = a};
    buf_printf(&b, "%.*s:%u", STR_ARG(s->name), e->line);
    return buf_str(&b);
}

static void put_entry(Planner *p, const Source *s, const Entry *e)
{
    Arena *a = p->changes->arena;
    const Lock *l = &p->book->lock;
    const Locked *earlier = e->locked ? &l->entries.at[e->locked - 1] : NULL;
    unsigned kinds = kinds_of(p->book, e, earlier);
    if (!kinds)
        return;
    Change *c = vec_push(&p->changes->list, a);
    *c = (Change){.kinds = kinds, .id = e->guid, .source = source_of(s, e, a), .question_after = e->text,
                  .answer_after = answer_of(e, a), .place_after = s->name};
    if (!earlier)
        return;
    /* Of a long question the lock has no end, and that may be all that changed. */
    if (!(kinds & REWORDED) || !str_eq(earlier->text, e->text))
        c->question_before = earlier->text;
    c->place_before = l->files.at[earlier->file];
}

static void put_retiring(Planner *p)
{
    const Lock *l = &p->book->lock;
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        if (e->retiring)
            *vec_push(&p->changes->list, p->changes->arena) = (Change){
                .kinds = REMOVED, .id = e->guid, .question_before = e->text,
                .place_before = l->files.at[e->file]};
    }
}

static void count_cards(Planner *p, const Source *s, const Entry *e)
{
    Outcome *o = &p->changes->outcome;
    const Locked *earlier = e->locked ? &p->book->lock.entries.at[e->locked - 1] : NULL;
    bool added = !earlier || !earlier->time;
    size_t *of = added ? &o->added : e->changes[CHANGED_SHOWN] ? &o->changed : &o->same;
    *of += note_cards(s, e, &p->book->config);
    p->changes->notes_after++;
}

static void put_sources(Planner *p)
{
    for (size_t i = 0; i < p->book->source_count; i++) {
        const Source *s = &p->book->sources[i];
        for (size_t k = 0; k < s->entries.n; k++) {
            if (s->entries.at[k].kind != ENTRY_QUESTION)
                continue;
            put_entry(p, s, &s->entries.at[k]);
            if (book_wants(p->book, &s->entries.at[k]))
                count_cards(p, s, &s->entries.at[k]);
        }
    }
}

static size_t count_earlier(const Lock *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        n += !e->apart && e->time && (e->retiring || e->state != LOCKED_RETIRED);
    }
    return n;
}

/* Note types that the lock knows by another look. */
static void put_types(Planner *p)
{
    static const char *const why = "its templates or its style sheet";
    Lock *l = &p->book->lock;
    uint64_t earlier[NOTE_TYPES];
    bool known[NOTE_TYPES];
    DatedType types[NOTE_TYPES];
    for (size_t i = 0; i < NOTE_TYPES; i++) {
        const LockedType *t = lock_find_type(l, str_of(note_types[i]->name));
        known[i] = t != NULL;
        earlier[i] = t ? t->shown : 0;
    }
    models_date(types, p->book->style.card, l, p->book->time);
    for (size_t i = 0; i < NOTE_TYPES; i++) {
        Str name = str_of(note_types[i]->name);
        if (known[i] && lock_find_type(l, name)->shown != earlier[i])
            *vec_push(&p->changes->parts, p->changes->arena) = (PartChange){0, "note type", name, str_of(why)};
    }
}

/* Why the build would stop; empty: it would not. */
static Str stop_of(const Book *b, const Options *o, Arena *a)
{
    Diags guard = {.arena = a};
    Buf why = {.arena = a};
    if (deckbind_exit_code(b, o))
        return STR("there are errors in the notes");
    if (o->allow_changes || settle_guard(b, &guard))
        return (Str){0};
    buf_put(&why, guard.list.at[0].detail);
    buf_puts(&why, "; if that is meant, give it --allow-changes");
    return buf_str(&why);
}

static void print_plan(Book *b, const Options *o)
{
    Changes c = {.arena = &b->arena, .before = o->lock ? str_of(o->lock) : STR(LOCK_FILE),
                 .after = b->folder_name, .by_file = true, .counted = !b->lock.found};
    Planner p = {b, &c};
    c.remark = b->lock.found ? NULL : no_lock;
    c.notes_before = count_earlier(&b->lock);
    put_sources(&p);
    put_retiring(&p);
    put_types(&p);
    c.outcome.known = b->lock.found;
    c.outcome.stop = stop_of(b, o, c.arena);
    changes_print(&c, o);
}

/* Of the warnings, which are for the build, only that which says what it would change. */
static void report(const Book *b, const Options *o)
{
    Options quieter = *o;
    if (o->least == DIAG_WARNING) {
        quieter.least = DIAG_ERROR;
        for (size_t i = 0; i < b->source_count; i++)
            diag_print_code(&b->sources[i].diags, D_MATCH_DOUBT, stderr);
    }
    deckbind_report(b, &quieter);
}

int plan_run(const Options *o)
{
    Book b = {0};
    bool told = deckbind_read(&b, o) && deckbind_exit_code(&b, o) != 2;
    if (told)
        print_plan(&b, o);
    report(&b, o);
    int code = told ? 0 : deckbind_exit_code(&b, o);
    book_close(&b);
    return code;
}
