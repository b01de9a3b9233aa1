/*
 * reader.c -- packages of three variants become one view.
 *
 * The member `meta` tells the variant, and where it is not there, collection.anki21
 * does: beside it, as beside .anki21b, lies a collection.anki2 that only tells old
 * clients to update.  What Anki could not import is refused; what it would pass over
 * (cards of no note, a second note of one guid) is passed over here.
 */
#include "emit/apkg/reading.h"

#include "base/protobuf.h"
#include "base/utf8.h"
#include "base/zstd.h"

#include <stdlib.h>

enum { LARGEST_META = 1024 };

typedef struct Variant {
    uint64_t version; /* in `meta` */
    const char *member;
    bool packed;      /* with Zstandard: the collection, the list of media, each of them */
} Variant;

static const Variant variants[] = {
    {1, "collection.anki2", false},
    {2, "collection.anki21", false},
    {3, "collection.anki21b", true},
};

bool reading_refuse(Reading *r, const char *member, const char *why, ...)
{
    Buf words = {.arena = r->diags->arena};
    va_list args;
    va_start(args, why);
    buf_vprintf(&words, why, args);
    va_end(args);
    diag(r->diags, D_PACKAGE_UNREADABLE, (Place){.file = r->archive.path}, "%s: %s", member,
         buf_str(&words).at);
    return false;
}

Str reading_keep(Reading *r, Str text)
{
    Str clean = utf8_clean(text, &r->package->arena);
    return clean.at == text.at ? str_copy(&r->package->arena, text) : clean;
}

Str reading_text(Reading *r, Statement *s, int column)
{
    return reading_keep(r, database_bytes(&r->db, s, column));
}

/* --- members of the archive */

/* All of one member, in `a`. */
bool reading_unpack(Reading *r, const char *member, bool packed, size_t most, Arena *a, Str *bytes)
{
    if (!archive_read(&r->archive, member, most, a, bytes, r->diags))
        return false;
    if (!packed)
        return true;
    if (most > r->archive.left)
        most = (size_t)r->archive.left;
    const char *wrong = zstd_unpack(*bytes, most, a, bytes);
    if (wrong)
        return reading_refuse(r, member, "%s", wrong);
    r->archive.left -= bytes->n;
    return true;
}

static bool find_version(Reading *r, uint64_t *version)
{
    *version = archive_has(&r->archive, variants[1].member) ? 2 : 1;
    if (!archive_has(&r->archive, "meta"))
        return true;
    Arena scratch = {0};
    Str meta;
    ProtobufField f;
    bool ok = reading_unpack(r, "meta", false, LARGEST_META, &scratch, &meta);
    *version = 0;
    while (ok && protobuf_next(&meta, &f))
        if (f.number == 1)
            *version = f.value;
    arena_free(&scratch);
    return ok;
}

static const Variant *find_variant(Reading *r)
{
    uint64_t version;
    if (!find_version(r, &version))
        return NULL;
    for (size_t i = 0; i < COUNT(variants); i++)
        if (variants[i].version == version)
            return &variants[i];
    reading_refuse(r, "meta", "a kind of package that is not known here");
    return NULL;
}

/* --- the collection */

static bool open_collection(Reading *r, const Variant *v)
{
    static const char *const wanted[] = {"col", "notes", "cards"};
    Arena scratch = {0};
    Str image;
    r->member = v->member;
    bool ok = reading_unpack(r, v->member, v->packed, LARGEST, &scratch, &image);
    if (ok)
        database_open(&r->db, image);
    arena_free(&scratch);
    for (size_t i = 0; i < COUNT(wanted) && ok; i++)
        if (!database_has(&r->db, wanted[i]) && !database_why(&r->db))
            ok = reading_refuse(r, v->member, "it has no table %s", wanted[i]);
    return ok;
}

static int by_id(const void *a, const void *b)
{
    const ReadType *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static bool read_types(Reading *r)
{
    int64_t schema = database_ask(&r->db, "SELECT ver FROM col");
    if (database_why(&r->db))
        return false;
    if (schema < 11 || schema > 18)
        return reading_refuse(r, r->member, "its schema is %lld; 11 to 18 are known", (long long)schema);
    if (!(schema < 15 ? schema11_read : schema18_read)(r))
        return false;
    const ReadPackage *p = r->package;
    if (p->types.n)
        qsort(p->types.at, p->types.n, sizeof *p->types.at, by_id);
    for (size_t i = 1; i < p->types.n; i++)
        if (p->types.at[i].id == p->types.at[i - 1].id)
            return reading_refuse(r, r->member, "two note types have one id");
    return true;
}

bool reading_type(const Reading *r, int64_t id, size_t *index)
{
    ReadType key = {.id = id};
    const ReadPackage *p = r->package;
    const ReadType *t = p->types.n ? bsearch(&key, p->types.at, p->types.n, sizeof key, by_id) : NULL;
    *index = t ? (size_t)(t - p->types.at) : 0;
    return t;
}

/* What SQLite did not like is said last, and only where nothing was said of its effects. */
static bool read_collection(Reading *r, const Variant *v)
{
    size_t said = r->diags->count[DIAG_FATAL];
    bool ok = open_collection(r, v) && read_types(r) && reading_notes(r) && reading_cards(r);
    const char *why = database_why(&r->db);
    if (why && r->diags->count[DIAG_FATAL] == said)
        reading_refuse(r, r->member, "SQLite: %s", why);
    return ok && !why;
}

bool package_read(ReadPackage *p, const char *path, Diags *d)
{
    *p = (ReadPackage){0};
    Reading r = {.package = p, .diags = d};
    bool ok = archive_open(&r.archive, path, d);
    const Variant *v = ok ? find_variant(&r) : NULL;
    ok = v && read_collection(&r, v) && reading_media(&r, v->packed);
    database_close(&r.db);
    archive_close(&r.archive);
    return ok;
}

void package_close(ReadPackage *p)
{
    arena_free(&p->arena);
    *p = (ReadPackage){0};
}
