/*
 * package.c -- a book becomes an Anki package: a zip archive of a collection, the
 * pictures under numbers, and the list of their names.  Its three formats hold the same;
 * the first, which has no `meta` member, is read by every version of Anki.
 *
 * Ids of notes and cards are times in milliseconds to Anki, which shows them as dates
 * and repairs those of the future.  They identify nothing across packages (the guid
 * does).  The first card of a note has the note's id; others count up from the last.
 */
#include "base/zstd.h"
#include "emit/apkg/collection.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/latest.h"
#include "emit/apkg/media.h"
#include "emit/apkg/models.h"
#include "emit/apkg/note.h"
#include "emit/apkg/notice.h"
#include "emit/apkg/settings.h"
#include "emit/apkg/tags.h"
#include "emit/backend.h"
#include "emit/bundle.h"

enum { TRIM_EVERY = 512, LAST_POSITION = 999999 };

/* What a format is made of: see https://github.com/ankitects/anki, package/meta.rs. */
static const struct {
    const char *collection;
    Schema schema;
    Str meta;    /* the message { version = 1 }; empty: there is no such member */
    bool notice; /* beside the collection lies one for clients that cannot read it */
} formats[FORMATS] = {
    [FORMAT_LEGACY1] = {"collection.anki2", SCHEMA_11, STR_INIT(""), false},
    [FORMAT_LEGACY2] = {"collection.anki21", SCHEMA_11, STR_INIT("\x08\x02"), true},
    [FORMAT_LATEST] = {"collection.anki21b", SCHEMA_18, STR_INIT("\x08\x03"), true},
};

/* The collection while it is written, and what every note shares. */
typedef struct Writer {
    const Book *book;
    const Decks *decks;
    Collection collection;
    Arena scratch;      /* of the two below, which every note uses again */
    Buf fields, sort;
    Arena tag_arena;    /* of the tags of the latest section */
    Str tags, own, section;
    const Source *tagged;
    int64_t deck, note, card, more; /* ids; `card` is that of the next, or 0 for the next of `more` */
    int64_t position, time;
    DatedType types[NOTE_TYPES];
} Writer;

static void write_about(Writer *w, size_t notes)
{
    Arena scratch = {0};
    Buf conf = {.arena = &scratch}, models = {.arena = &scratch}, decks = {.arena = &scratch};
    int64_t time = w->book->time;
    settings_put(&conf, notes);
    models_put(&models, w->types, NOTE_TYPES);
    decks_put(&decks, w->decks, time);
    collection_about(&w->collection, &(About){
        .time = time, .conf = buf_str(&conf), .models = buf_str(&models),
        .decks = buf_str(&decks), .presets = str_of(preset_json)});
    arena_free(&scratch);
}

/* In schema 18 the texts of `col` are empty, and tables stand for them. */
static void write_tables(Writer *w, size_t notes)
{
    collection_about(&w->collection, &(About){.time = w->book->time});
    latest_put(&w->collection, w->decks, w->types, NOTE_TYPES, notes, w->book->time);
}

static void write_card(Writer *w, size_t template)
{
    int64_t id = w->card ? w->card : ++w->more;
    w->card = 0;
    collection_card(&w->collection, &(CardRow){
        .id = id, .note = w->note, .deck = w->deck, .time = w->time,
        .template = (int64_t)template,
        .position = w->position < LAST_POSITION ? w->position : LAST_POSITION});
}

static void write_cards(Writer *w, const Entry *e, const NoteType *type)
{
    for (size_t i = 0; i < type->template_count; i++)
        if (note_has_card(e, type, i))
            write_card(w, i);
    if (!type->cloze)
        return;
    Clozes c = field_clozes(note_first_field(buf_str(&w->fields)));
    for (size_t number = 1; number <= CLOZE_CARDS; number++)
        if (clozes_has(&c, number))
            write_card(w, number - 1);
}

/* Entries of one section follow each other, so their tags are made once. */
static Str tags_of(Writer *w, const Source *s, const Entry *e)
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

static void write_note(Writer *w, const Source *s, const Entry *e)
{
    const NoteType *type = note_type(e);
    w->note = w->card = e->note_id;
    w->time = e->time;
    w->position++;
    w->fields.n = w->sort.n = 0;
    note_fields(&w->fields, s, e, type, &w->book->config);
    field_strip(&w->sort, note_first_field(buf_str(&w->fields)));
    collection_note(&w->collection, &(NoteRow){
        .id = w->note, .type = type->id, .time = e->time, .guid = e->guid,
        .tags = tags_of(w, s, e), .fields = buf_str(&w->fields), .sort = buf_str(&w->sort),
        .checksum = field_checksum(buf_str(&w->sort))});
    write_cards(w, e, type);
}

/* The fields have done their work then, and a large book has no room for them twice. */
static void write_source(Writer *w, Source *s)
{
    if (s->failed)
        return;
    w->deck = decks_id(w->decks, s->deck);
    for (size_t i = 0; i < s->entries.n; i++)
        if (book_wants(w->book, &s->entries.at[i]))
            write_note(w, s, &s->entries.at[i]);
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

/* The finished collection as a member, in `a`; its pages are gone when this returns. */
static bool close_collection(Collection *c, bool zstd, Book *book, Arena *a, Packed *packed)
{
    Str bytes;
    bool ok = collection_finish(c, &bytes, &book->diags);
    if (ok)
        *packed = zstd ? pack(zstd_pack(bytes, a), PACK_STORE, 1, a)
                       : pack(bytes, PACK_DEFLATE, book->threads, a);
    collection_close(c);
    return ok;
}

static bool make_collection(Book *book, const Decks *decks, size_t notes, Arena *a, Packed *packed)
{
    Schema schema = formats[book->format].schema;
    Writer w = {.book = book, .decks = decks};
    w.fields.arena = w.sort.arena = &w.scratch;
    w.more = last_id(book);
    models_date(w.types, book->style.card, &book->lock, book->time);
    collection_open(&w.collection, schema);
    (schema == SCHEMA_18 ? write_tables : write_about)(&w, notes);
    for (size_t i = 0; i < book->source_count; i++) {
        write_source(&w, &book->sources[i]);
        if (i % TRIM_EVERY == TRIM_EVERY - 1)
            arena_trim();
    }
    bool ok = close_collection(&w.collection, schema == SCHEMA_18, book, a, packed);
    arena_free(&w.scratch);
    arena_free(&w.tag_arena);
    return ok;
}

static bool make_notice(Book *book, Arena *a, Packed *packed)
{
    Collection c;
    notice_write(&c, book->time);
    return close_collection(&c, false, book, a, packed);
}

/* The members, in the order in which Anki has them. */
static bool fill(Bundle *bundle, Book *book, const Decks *decks, size_t notes, Arena *a)
{
    Packed collection, notice;
    bool with_notice = formats[book->format].notice;
    if (!make_collection(book, decks, notes, a, &collection)
        || (with_notice && !make_notice(book, a, &notice)))
        return false;
    if (formats[book->format].meta.n)
        bundle_add(bundle, "meta", pack(formats[book->format].meta, PACK_STORE, 1, a));
    bundle_add(bundle, formats[book->format].collection, collection);
    if (with_notice)
        bundle_add(bundle, "collection.anki2", notice);
    media_add(bundle, book, a);
    return true;
}

static bool make(Book *book, Str *bytes)
{
    Arena work = {0};
    Decks decks = {.arena = &work};
    size_t notes = gather_decks(book, &decks);
    *bytes = (Str){0};
    if (!notes) {
        diag(&book->diags, D_EMPTY_DECK, (Place){0}, NULL);
        arena_free(&work);
        return true;
    }
    Bundle bundle = {.arena = &book->arena};
    bool ok = fill(&bundle, book, &decks, notes, &work) && bundle_zip(&bundle, bytes, &book->diags);
    arena_free(&work);
    return ok;
}

const Backend backend_apkg = {.name = "apkg", .suffix = ".apkg", .page = NULL, .make = make};
