/*
 * package.c -- a book becomes an Anki package.
 */
#include "emit/apkg/adopted.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/foreign.h"
#include "emit/apkg/models.h"
#include "emit/apkg/note.h"
#include "emit/apkg/tags.h"
#include "emit/apkg/writer.h"
#include "emit/backend.h"

enum { TRIMS = 8 }; /* times that freed memory is given back while notes are written */

/* The book while it is written, and what its notes share. */
typedef struct BookWriter {
    const Book *book;
    const DatedType *adopted; /* as the lock has them */
    Writer package;
    Arena scratch;      /* of `fields`, which every note uses again */
    Buf fields;
    Arena tag_arena;    /* of the tags of the latest section */
    Str tags, own, section;
    const Source *tagged;
} BookWriter;

static void write_clozes(BookWriter *w, Str field)
{
    Clozes c = field_clozes(field);
    for (size_t number = 1; number <= CLOZE_CARDS; number++)
        if (clozes_has(&c, number))
            writer_card(&w->package, number - 1);
}

static void write_cards(BookWriter *w, const Entry *e, const NoteType *type)
{
    for (size_t i = 0; i < type->template_count; i++)
        if (note_has_card(e, type, i))
            writer_card(&w->package, i);
    if (type->cloze)
        write_clozes(w, note_field(buf_str(&w->fields), CLOZE_TEXT));
}

/* A note of another tool has the cards that it had. */
static void write_adopted_cards(BookWriter *w, const AdoptedType *type, const Locked *kept)
{
    for (size_t i = 0; i < kept->cards.n; i++)
        writer_card(&w->package, kept->cards.at[i]);
    if (type->type.cloze)
        write_clozes(w, note_field(buf_str(&w->fields), type->question));
}

/* Entries of one section follow each other, so their tags are made once. */
static Str tags_of(BookWriter *w, const Source *s, const Entry *e)
{
    if (w->tagged != s || !str_eq(w->section, e->section) || !str_eq(w->own, e->tags)) {
        arena_free(&w->tag_arena);
        w->tags = tags_make(&s->tags, e->tags, e->section, &w->tag_arena);
        w->own = e->tags;
        w->section = e->section;
        w->tagged = s;
    }
    return w->tags;
}

static void write_note(BookWriter *w, const Source *s, const Entry *e, int64_t deck)
{
    const Lock *lock = &w->book->lock;
    const Locked *kept = e->locked ? &lock->entries.at[e->locked - 1] : NULL;
    const AdoptedType *adopted = kept && kept->adopted ? &lock->adopted.at[kept->adopted - 1] : NULL;
    const NoteType *type = adopted ? w->adopted[kept->adopted - 1].type : note_type(e);
    w->fields.n = 0;
    if (adopted)
        note_adopted_fields(&w->fields, e, adopted, kept, w->book->config.language);
    else
        note_fields(&w->fields, s, e, type, &w->book->config);
    Str tags = tags_of(w, s, e);
    if (adopted)
        tags = tags_add(tags, kept->tags, &w->scratch);
    writer_note(&w->package, &(NoteRow){.id = e->note_id, .type = type->id, .time = e->time, .guid = e->guid,
                                        .tags = tags, .fields = buf_str(&w->fields), .sort_field = type->sort}, deck);
    if (adopted)
        write_adopted_cards(w, adopted, kept);
    else
        write_cards(w, e, type);
}

/* The fields have done their work then, and a large book has no room for them twice. */
static void write_source(BookWriter *w, Source *s)
{
    if (s->failed)
        return;
    int64_t deck = decks_id(w->package.decks, s->deck);
    for (size_t i = 0; i < s->entries.n; i++)
        if (book_wants(w->book, &s->entries.at[i]))
            write_note(w, s, &s->entries.at[i], deck);
    arena_free(&s->fields);
}

static size_t count_notes(const Book *book, const Source *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->entries.n && !s->failed; i++)
        n += book_wants(book, &s->entries.at[i]);
    return n;
}

/* The decks that notes lie in; their number. */
static size_t gather_decks(const Book *book, Decks *decks)
{
    size_t notes = 0;
    for (size_t i = 0; i < book->source_count; i++) {
        size_t n = count_notes(book, &book->sources[i]);
        if (n)
            decks_add(decks, book->sources[i].deck);
        notes += n;
    }
    decks_settle(decks);
    return notes;
}

static int64_t last_id(const Book *book)
{
    int64_t last = 0;
    for (size_t i = 0; i < book->source_count; i++)
        for (size_t k = 0; k < book->sources[i].entries.n; k++)
            if (book->sources[i].entries.at[k].note_id > last)
                last = book->sources[i].entries.at[k].note_id;
    return last;
}

/* Ours, and behind them those that were adopted. */
static DatedType *date_types(Book *book, Arena *a)
{
    size_t adopted = book->lock.adopted.n;
    DatedType *types = arena_new(a, DatedType, NOTE_TYPES + adopted);
    models_date(types, book->style.card, &book->lock, book->time);
    if (adopted)
        memcpy(types + NOTE_TYPES, adopted_types(&book->lock, book->style.card, book->time, a),
               adopted * sizeof *types);
    foreign_part_names(types, NOTE_TYPES + adopted, a);
    return types;
}

static bool write_book(Book *book, const Decks *decks, size_t notes, Arena *work, Str *bytes)
{
    const DatedType *types = date_types(book, work);
    BookWriter w = {.book = book, .adopted = types + NOTE_TYPES, .package = {
        .format = book->format, .packing = book->packing, .threads = book->threads, .time = book->time,
        .decks = decks, .types = types, .type_count = NOTE_TYPES + book->lock.adopted.n, .notes = notes,
        .last_id = last_id(book)}};
    w.fields.arena = &w.scratch;
    writer_open(&w.package);
    for (size_t i = 0; i < book->source_count; i++) {
        write_source(&w, &book->sources[i]);
        if (i % (book->source_count / TRIMS + 1) == 0)
            arena_trim();
    }
    arena_free(&w.scratch);
    arena_free(&w.tag_arena);
    return writer_close(&w.package, book->media.at, book->media.n, &book->diags, &book->arena, bytes);
}

static bool make(Book *book, Str *bytes)
{
    Arena work = {0};
    Decks decks = {.arena = &work};
    size_t notes = gather_decks(book, &decks);
    bool ok = true;
    *bytes = (Str){0};
    if (notes)
        ok = write_book(book, &decks, notes, &work, bytes);
    else
        diag(&book->diags, D_EMPTY_DECK, (Place){0}, NULL);
    arena_free(&work);
    return ok;
}

const Backend backend_apkg = {.name = "apkg", .suffix = ".apkg", .page = NULL, .make = make};
