/*
 * package.c -- a book becomes an Anki package: a zip archive of a collection, the
 * pictures under numbers, and the list of their names.  No `meta` member: such a
 * package is read by every version of Anki.
 *
 * Ids of notes and cards are times in milliseconds to Anki, which shows them as dates
 * and repairs those of the future.  They identify nothing across packages (the guid
 * does).  The first card of a note has the note's id; others count up from the last.
 */
#include "base/json.h"
#include "emit/apkg/collection.h"
#include "emit/apkg/decks.h"
#include "emit/apkg/field.h"
#include "emit/apkg/models.h"
#include "emit/apkg/note.h"
#include "emit/apkg/tags.h"
#include "emit/backend.h"
#include "emit/bundle.h"

enum { TRIM_EVERY = 512, LAST_POSITION = 999999 };

/* Anki's preset 1; importers of old versions copy it as it stands here. */
static const char presets[] =
    "{\"1\":{\"id\":1,\"mod\":0,\"name\":\"Default\",\"usn\":0,\"maxTaken\":60,\"autoplay\":true,"
    "\"timer\":0,\"replayq\":true,\"new\":{\"bury\":false,\"delays\":[1.0,10.0],"
    "\"initialFactor\":2500,\"ints\":[1,4,0],\"order\":1,\"perDay\":20,\"separate\":true},"
    "\"rev\":{\"bury\":false,\"ease4\":1.3,\"ivlFct\":1.0,\"maxIvl\":36500,\"perDay\":200,"
    "\"hardFactor\":1.2,\"fuzz\":0.05,\"minSpace\":1},\"lapse\":{\"delays\":[10.0],"
    "\"leechAction\":1,\"leechFails\":8,\"minInt\":1,\"mult\":0.0},\"dyn\":false}}";

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
} Writer;

static void put_conf(Buf *b, size_t notes)
{
    json_put(b, "{s:[i], s:i, s:i, s:i, s:i, s:b, s:b, s:I, s:I, s:s, s:b, s:b, s:b, s:i, s:n, s:b}",
             "activeDecks", 1, "curDeck", 1, "newSpread", 0, "collapseTime", 1200, "timeLim", 0,
             "estTimes", 1, "dueCounts", 1, "curModel", (long long)note_type_question.id, "nextPos",
             (long long)notes + 1, "sortType", "noteFld", "sortBackwards", 0, "addToCur", 1,
             "dayLearnFirst", 0, "schedVer", 2, "creationOffset", "sched2021", 1);
}

static void write_about(Writer *w, Book *book, size_t notes)
{
    Arena scratch = {0};
    Buf conf = {.arena = &scratch}, models = {.arena = &scratch}, decks = {.arena = &scratch};
    put_conf(&conf, notes);
    models_put(&models, book->style.card, &book->lock, book->time);
    decks_put(&decks, w->decks, book->time);
    collection_about(&w->collection, &(About){
        .time = book->time, .conf = buf_str(&conf), .models = buf_str(&models),
        .decks = buf_str(&decks), .presets = str_of(presets)});
    arena_free(&scratch);
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

/* The collection, packed, in `a`; its pages are gone when this returns. */
static bool make_collection(Book *book, const Decks *decks, size_t notes, Arena *a, Packed *packed)
{
    Writer w = {.book = book, .decks = decks};
    w.fields.arena = w.sort.arena = &w.scratch;
    w.more = last_id(book);
    collection_open(&w.collection);
    write_about(&w, book, notes);
    for (size_t i = 0; i < book->source_count; i++) {
        write_source(&w, &book->sources[i]);
        if (i % TRIM_EVERY == TRIM_EVERY - 1)
            arena_trim();
    }
    Str bytes;
    bool ok = collection_finish(&w.collection, &bytes, &book->diags);
    if (ok)
        *packed = pack(bytes, PACK_DEFLATE, book->threads, a);
    collection_close(&w.collection);
    arena_free(&w.scratch);
    arena_free(&w.tag_arena);
    return ok;
}

/* Pictures are compressed already. */
static void add_media(Bundle *bundle, const Book *book, Arena *a)
{
    Buf names = {.arena = a};
    buf_puts(&names, "{");
    for (size_t i = 0; i < book->media.n; i++) {
        const Media *m = &book->media.at[i];
        Buf number = {.arena = a};
        buf_printf(&number, "%zu", i);
        bundle_add(bundle, buf_str(&number).at, pack(m->bytes, PACK_STORE, 1, a));
        buf_printf(&names, "%s\"%zu\":", i ? "," : "", i);
        json_put(&names, "s%", JSON_STR(m->name));
    }
    buf_puts(&names, "}");
    bundle_add(bundle, "media", pack(buf_str(&names), PACK_DEFLATE, 1, a));
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
    Packed collection;
    bool ok = make_collection(book, &decks, notes, &work, &collection);
    if (ok) {
        Bundle bundle = {.arena = &book->arena};
        bundle_add(&bundle, "collection.anki2", collection);
        add_media(&bundle, book, &work);
        ok = bundle_zip(&bundle, bytes, &book->diags);
    }
    arena_free(&work);
    return ok;
}

const Backend backend_apkg = {.name = "apkg", .suffix = ".apkg", .page = NULL, .make = make};
