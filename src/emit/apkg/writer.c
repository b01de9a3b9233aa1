/*
 * writer.c -- a zip archive of a collection, the pictures under numbers, and the list of
 * their names.  Its three formats hold the same; the first, which has no `meta` member, is
 * read by every version of Anki.
 *
 * Ids of notes and cards are times in milliseconds to Anki, which shows them as dates
 * and repairs those of the future.  They identify nothing across packages (the guid
 * does).  The first card of a note has the note's id; others count up from the last.
 */
#include "emit/apkg/writer.h"

#include "base/pool.h"
#include "base/zstd.h"
#include "emit/apkg/field.h"
#include "emit/apkg/latest.h"
#include "emit/apkg/media.h"
#include "emit/apkg/note.h"
#include "emit/apkg/notice.h"
#include "emit/apkg/settings.h"
#include "emit/bundle.h"

enum { LAST_POSITION = 999999 };

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

static void write_about(Writer *w)
{
    Arena scratch = {0};
    Buf conf = {.arena = &scratch}, models = {.arena = &scratch}, decks = {.arena = &scratch};
    settings_put(&conf, w->notes);
    models_put(&models, w->types, w->type_count);
    decks_put(&decks, w->decks, w->time);
    collection_about(&w->collection, &(About){
        .time = w->time, .conf = buf_str(&conf), .models = buf_str(&models),
        .decks = buf_str(&decks), .presets = str_of(preset_json)});
    arena_free(&scratch);
}

/* In schema 18 the texts of `col` are empty, and tables stand for them. */
static void write_tables(Writer *w)
{
    collection_about(&w->collection, &(About){.time = w->time});
    latest_put(&w->collection, w->decks, w->types, w->type_count, w->notes, w->time);
}

void writer_open(Writer *w)
{
    Schema schema = formats[w->format].schema;
    w->more = w->last_id;
    collection_open(&w->collection, schema, w->spool);
    (schema == SCHEMA_18 ? write_tables : write_about)(w);
}

static Str strip(Str field, Arena *a)
{
    Buf text = {.arena = a};
    field_strip(&text, field);
    return buf_str(&text);
}

void writer_derive(NoteRow *row, Arena *a)
{
    Str first = strip(note_first_field(row->fields), a);
    row->checksum = field_checksum(first);
    row->sort = row->sort_field ? strip(note_field(row->fields, row->sort_field), a) : first;
}

void writer_note(Writer *w, const NoteRow *row, int64_t deck)
{
    collection_note(&w->collection, row);
    w->note = w->card = row->id;
    w->changed = row->time;
    w->deck = deck;
    w->position++;
}

void writer_card(Writer *w, size_t template)
{
    int64_t id = w->card ? w->card : ++w->more;
    w->card = 0;
    collection_card(&w->collection, &(CardRow){
        .id = id, .note = w->note, .deck = w->deck, .time = w->changed,
        .template = (int64_t)template,
        .position = w->position < LAST_POSITION ? w->position : LAST_POSITION});
}

/* A finished collection on its way into the archive. */
typedef struct Passage {
    const Writer *writer;
    Collection *collection;
    bool zstd;
    Str bytes;
    bool sound;   /* as `diags` says */
    Diags *diags;
    Packed *packed;
    Arena *arena; /* of what is packed */
} Passage;

/* SQLite reads all of it again while it is packed. */
static void check_or_pack(void *context, size_t i, unsigned thread)
{
    (void)thread;
    Passage *p = context;
    if (i)
        p->sound = collection_check(p->collection, p->diags);
    else if (p->zstd)
        *p->packed = pack(zstd_pack(p->bytes, p->arena), PACK_STORE, 1, p->arena);
    else
        *p->packed = pack_again(p->bytes, p->writer->packing, p->writer->earlier, p->writer->spool, p->writer->threads,
                                p->arena);
}

/* The finished collection as a member, in `a`; its pages are gone when this returns. */
static bool pack_collection(const Writer *w, Collection *c, bool zstd, Diags *d, Arena *a, Packed *packed)
{
    Passage p = {.writer = w, .collection = c, .zstd = zstd, .diags = d, .packed = packed, .arena = a};
    if (collection_finish(c, &p.bytes, d))
        pool_each(2, w->threads, check_or_pack, &p);
    collection_close(c);
    return p.sound;
}

static bool pack_notice(const Writer *w, Diags *d, Arena *a, Packed *packed)
{
    Collection c;
    notice_write(&c, w->time);
    return pack_collection(w, &c, false, d, a, packed);
}

/* The members, in the order in which Anki has them. */
static bool fill(Writer *w, Bundle *bundle, Diags *d, Arena *a)
{
    Packed collection, notice;
    bool with_notice = formats[w->format].notice;
    bool zstd = formats[w->format].schema == SCHEMA_18;
    if (!pack_collection(w, &w->collection, zstd, d, a, &collection)
        || (with_notice && !pack_notice(w, d, a, &notice)))
        return false;
    if (formats[w->format].meta.n)
        bundle_add(bundle, "meta", pack(formats[w->format].meta, PACK_STORE, 1, a));
    bundle_add(bundle, formats[w->format].collection, collection);
    if (with_notice)
        bundle_add(bundle, "collection.anki2", notice);
    return true;
}

bool writer_close(Writer *w, const Media *media, size_t media_count, Diags *d, Arena *a, Str *bytes)
{
    Arena work = {0};
    Bundle bundle = {.arena = a, .threads = w->threads, .earlier = w->earlier, .spool = w->spool};
    arena_trim();
    bool ok = fill(w, &bundle, d, &work);
    if (ok) {
        media_add(&bundle, media, media_count, w->format == FORMAT_LATEST, w->packing, &work);
        ok = bundle_zip(&bundle, bytes, d);
    }
    arena_free(&work);
    return ok;
}
