/*
 * package.c -- a book becomes an Anki package.
 */
#include "base/pool.h"
#include "emit/apkg/adopted.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/foreign.h"
#include "emit/apkg/models.h"
#include "emit/apkg/note.h"
#include "emit/apkg/tags.h"
#include "emit/apkg/writer.h"
#include "emit/backend.h"

enum { AT_ONCE = 64 }; /* sources whose notes are made before any of them is written */
enum { TRIMS = 8 }; /* times that freed memory is given back while notes are written */

/* A note and its cards: templates, from 0; of a cloze numbers less one. */
typedef struct Row {
    NoteRow note;
    Vec(uint32_t) cards;
} Row;

/* The notes of a source; made on any thread, and gone when they are written. */
typedef struct Rows {
    Arena arena;
    Vec(Row) list;
} Rows;

/* The book while it is written. */
typedef struct BookWriter {
    Book *book;
    const DatedType *adopted; /* as the lock has them */
    size_t from;              /* the first of the sources at hand … */
    Rows *rows;               /* … of each of which these are */
    Writer package;
} BookWriter;

static void add_card(Row *row, size_t template, Arena *a)
{
    *vec_push(&row->cards, a) = (uint32_t)template;
}

static void add_clozes(Row *row, size_t field, Arena *a)
{
    Clozes c = field_clozes(note_field(row->note.fields, field));
    for (size_t number = 1; number <= CLOZE_CARDS; number++)
        if (clozes_has(&c, number))
            add_card(row, number - 1, a);
}

static void add_cards(Row *row, const Entry *e, const NoteType *type, Arena *a)
{
    for (size_t i = 0; i < type->template_count; i++)
        if (note_has_card(e, type, i))
            add_card(row, i, a);
    if (type->cloze)
        add_clozes(row, CLOZE_TEXT, a);
}

/* A note of another tool has the cards that it had. */
static void add_adopted_cards(Row *row, const AdoptedType *type, const Locked *kept, Arena *a)
{
    for (size_t i = 0; i < kept->cards.n; i++)
        add_card(row, kept->cards.at[i], a);
    if (type->type.cloze)
        add_clozes(row, type->question, a);
}

/* Its fields, in scratch that every note uses again. */
static Str fields_of(const Book *b, const Source *s, const Entry *e, const AdoptedType *adopted,
                     const Locked *kept, Buf *fields)
{
    fields->n = 0;
    if (adopted)
        note_adopted_fields(fields, e, adopted, kept, b->config.language);
    else
        note_fields(fields, s, e, note_type(e), &b->config);
    return buf_str(fields);
}

/* `tags` are those of its section. */
static void make_row(const BookWriter *w, const Source *s, const Entry *e, Str tags, Buf *scratch, Row *row,
                     Arena *a)
{
    const Lock *lock = &w->book->lock;
    const Locked *kept = e->locked ? &lock->entries.at[e->locked - 1] : NULL;
    const AdoptedType *adopted = kept && kept->adopted ? &lock->adopted.at[kept->adopted - 1] : NULL;
    const NoteType *type = adopted ? w->adopted[kept->adopted - 1].type : note_type(e);
    row->note = (NoteRow){
        .id = e->note_id, .type = type->id, .time = e->time, .guid = e->guid, .sort_field = type->sort,
        .tags = adopted ? tags_add(tags, kept->tags, a) : tags,
        .fields = str_copy(a, fields_of(w->book, s, e, adopted, kept, scratch))};
    writer_derive(&row->note, a);
    if (adopted)
        add_adopted_cards(row, adopted, kept, a);
    else
        add_cards(row, e, type, a);
}

/* The fields of its entries have done their work then, and a large book has no room for them twice. */
static void make_rows(void *context, size_t i, unsigned thread)
{
    (void)thread;
    const BookWriter *w = context;
    Source *s = &w->book->sources[w->from + i];
    Rows *rows = &w->rows[i];
    Arena scratch = {0};
    Buf fields = {.arena = &scratch};
    Str tags = {0};
    vec_reserve(&rows->list, &rows->arena, s->failed ? 0 : s->entries.n);
    const Entry *tagged = NULL; /* entries of one section follow each other, so their tags are made once */
    for (size_t k = 0; k < s->entries.n && !s->failed; k++) {
        const Entry *e = &s->entries.at[k];
        if (!book_wants(w->book, e))
            continue;
        if (!tagged || !str_eq(tagged->section, e->section) || !str_eq(tagged->tags, e->tags))
            tags = tags_make(&s->tags, e->tags, e->section, &rows->arena);
        tagged = e;
        make_row(w, s, e, tags, &fields, vec_push(&rows->list, &rows->arena), &rows->arena);
    }
    arena_free(&scratch);
    arena_free(&s->fields);
    spool_was_read(w->book->spool, s->text.n); /* about as much as its fields */
}

static void write_rows(Writer *w, const Source *s, Rows *rows)
{
    int64_t deck = rows->list.n ? decks_id(w->decks, s->deck) : 0;
    for (size_t i = 0; i < rows->list.n; i++) {
        const Row *row = &rows->list.at[i];
        writer_note(w, &row->note, deck);
        for (size_t k = 0; k < row->cards.n; k++)
            writer_card(w, row->cards.at[k]);
    }
    arena_free(&rows->arena);
    *rows = (Rows){0};
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
        .format = book->format, .packing = book->packing, .earlier = book->earlier, .spool = book->spool,
        .threads = book->threads, .time = book->time, .decks = decks, .types = types,
        .type_count = NOTE_TYPES + book->lock.adopted.n, .notes = notes, .last_id = last_id(book)}};
    w.rows = arena_new(work, Rows, AT_ONCE);
    writer_open(&w.package);
    for (; w.from < book->source_count; w.from += AT_ONCE) {
        size_t left = book->source_count - w.from, n = left < AT_ONCE ? left : AT_ONCE;
        pool_each(n, book->threads, make_rows, &w);
        for (size_t i = 0; i < n; i++)
            write_rows(&w.package, &book->sources[w.from + i], &w.rows[i]);
        if (w.from % (book->source_count / TRIMS + 1) < AT_ONCE)
            arena_trim();
    }
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
