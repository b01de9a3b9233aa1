/*
 * bundle.c -- libzip sets members that are already packed side by side.
 *
 * A member goes in through a source function whose STAT names the method: libzip
 * copies a deflated stream as it is and compresses nothing.  Sizes are known from
 * the first STAT on; without them it would reserve a zip64 field in each local
 * header, and the first member of an EPUB may have no extra field at all.
 */
#include "emit/bundle.h"

#include "base/pool.h"
#include "emit/members.h"
#include "emit/sheet.h"
#include "emit/zip_end.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* The stamp of every member, 1980-01-01 00:00: day 1, month 1, year 0. */
enum { DOS_TIME = 0, DOS_DATE = 1 << 5 | 1 };

enum { UNIX_FILE = 0100644, PIECE = 64 * 1024 };

BundleFile *bundle_add(Bundle *b, const char *path, Packed packed)
{
    BundleFile *f = vec_push(&b->files, b->arena);
    f->path = str_copy(b->arena, str_of(path));
    f->packed = packed;
    return f;
}

/* What libzip writes to. */
typedef struct Target {
    Sheet sheet;
    size_t spent; /* bytes of pieces that were freed and are not yet given back */
    zip_error_t error;
} Target;

/* What libzip reads a member from. */
typedef struct Reader {
    const Packed *packed;
    size_t piece, at; /* the next byte */
    Target *target;   /* to which it goes next … */
    size_t from;      /* … from here on */
    Arena *keeper;
    bool gone;        /* the pieces are, with their keeper */
    zip_error_t error;
} Reader;

/* The next bytes, at most `room`; none at the end. */
static Str reader_next(Reader *r, size_t room)
{
    Str next = {0};
    while (!next.n && r->piece < r->packed->count) {
        next = str_take(str_drop(r->packed->pieces[r->piece], r->at), room);
        r->at = next.n ? r->at + next.n : 0;
        r->piece += !next.n;
    }
    return next;
}

static zip_int64_t reader_read(Reader *r, char *to, size_t room)
{
    size_t n = 0;
    for (Str next; n < room && (next = reader_next(r, room - n)).n; n += next.n)
        memcpy(to + n, next.at, next.n);
    return (zip_int64_t)n;
}

/* Once all of a member is written, its pieces are where they were only in the archive. */
static void reader_leave(Reader *r)
{
    enum { MUCH = 4 * 1024 * 1024 };
    if (!r->keeper || r->piece < r->packed->count)
        return;
    arena_free(r->keeper);
    r->keeper = NULL;
    r->gone = true;
    r->target->spent += r->packed->packed;
    if (r->target->spent < MUCH)
        return;
    arena_trim();
    r->target->spent = 0;
}

static zip_int64_t reader_stat(const Reader *r, zip_stat_t *s)
{
    zip_stat_init(s);
    s->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    s->size = r->packed->size;
    s->comp_size = r->packed->packed;
    s->comp_method = r->packed->packing == PACK_STORE ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    s->crc = r->packed->crc;
    return sizeof *s;
}

static zip_int64_t reader_call(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
    Reader *r = user;
    switch (command) {
    case ZIP_SOURCE_CLOSE:
        reader_leave(r);
        return 0;
    case ZIP_SOURCE_OPEN:
        r->piece = r->at = 0;
        return r->gone ? -1 : 0;
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_READ:
        if (!r->piece && !r->at)
            r->from = r->target->sheet.at; /* its header is written; were it not, its sum would tell */
        spool_was_read(r->target->sheet.spool, (size_t)n); /* or less */
        return reader_read(r, data, (size_t)n);
    case ZIP_SOURCE_STAT:
        return reader_stat(r, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&r->error, data, n);
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        zip_error_set(&r->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static bool put_file(zip_t *zip, const BundleFile *f, Reader *r)
{
    zip_source_t *source = zip_source_function(zip, reader_call, r);
    if (!source)
        return false;

    zip_int64_t i = zip_file_add(zip, f->path.at, source, ZIP_FL_ENC_UTF_8);
    if (i < 0) {
        zip_source_free(source); /* on success the archive owns it */
        return false;
    }
    zip_uint64_t entry = (zip_uint64_t)i;
    /* A method is set for stored members only; the default takes what STAT names. */
    return (f->packed.packing != PACK_STORE
            || zip_set_file_compression(zip, entry, ZIP_CM_STORE, 0) == 0)
        && zip_file_set_dostime(zip, entry, DOS_TIME, DOS_DATE, 0) == 0
        && zip_file_set_external_attributes(zip, entry, 0, ZIP_OPSYS_UNIX,
                                            (zip_uint32_t)UNIX_FILE << 16) == 0;
}

static bool put_all(zip_t *zip, const Bundle *b, Reader *readers)
{
    for (size_t i = 0; i < b->files.n; i++)
        if (!put_file(zip, &b->files.at[i], &readers[i]))
            return false;
    return true;
}

static Reader *readers_of(Bundle *b, Target *target)
{
    Reader *readers = arena_new(b->arena, Reader, b->files.n);
    for (size_t i = 0; i < b->files.n; i++) {
        BundleFile *f = &b->files.at[i];
        f->packed = pack_lists(&f->packed, b->arena); /* the keeper's lists go with it */
        readers[i] = (Reader){.packed = &f->packed, .target = target, .keeper = f->keeper};
        zip_error_init(&readers[i].error);
    }
    return readers;
}

/* From now on the pieces are those in the archive; false: it is too short for them. */
static bool find_pieces(Bundle *b, const Reader *readers, Str archive)
{
    for (size_t i = 0; i < b->files.n; i++) {
        Packed *p = &b->files.at[i].packed;
        Str rest = str_drop(archive, readers[i].from);
        for (size_t k = 0; k < p->count; k++) {
            if (rest.n < p->pieces[k].n)
                return false;
            p->pieces[k] = str_take(rest, p->pieces[k].n);
            rest = str_drop(rest, p->pieces[k].n);
        }
    }
    return true;
}

static bool fail(Diags *d, const char *why)
{
    diag(d, D_LIBRARY, (Place){0}, "libzip: %s", why);
    return false;
}

static zip_int64_t target_write(Target *t, Str bytes)
{
    if (sheet_put(&t->sheet, bytes))
        return (zip_int64_t)bytes.n;
    zip_error_set(&t->error, ZIP_ER_WRITE, errno);
    return -1;
}

static zip_int64_t target_seek(Target *t, void *to, size_t n)
{
    zip_int64_t at = zip_source_seek_compute_offset(t->sheet.at, t->sheet.n, to, n, &t->error);
    if (at >= 0)
        t->sheet.at = (size_t)at;
    return at >= 0 ? 0 : -1;
}

static zip_int64_t target_stat(const Target *t, zip_stat_t *stat)
{
    zip_stat_init(stat);
    stat->valid = ZIP_STAT_SIZE;
    stat->size = t->sheet.n;
    return sizeof *stat;
}

static zip_int64_t target_call(void *user, void *data, zip_uint64_t n, zip_source_cmd_t command)
{
    Target *t = user;
    switch (command) {
    case ZIP_SOURCE_BEGIN_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
        t->sheet.at = t->sheet.n = t->sheet.waiting.n = 0;
        return 0;
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_OPEN:
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_WRITE:
        return target_write(t, (Str){data, (size_t)n});
    case ZIP_SOURCE_SEEK_WRITE:
        return target_seek(t, data, n);
    case ZIP_SOURCE_TELL_WRITE:
        return (zip_int64_t)t->sheet.at;
    case ZIP_SOURCE_STAT:
        return target_stat(t, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&t->error, data, n);
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
    default: /* it is not read: what is made of it is */
        zip_error_set(&t->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* Bytes of the archive, or a few more: as if all of it were large, with 64-bit sizes and places. */
static size_t archive_size(const Bundle *b)
{
    enum { LOCAL = 30 + 20, CENTRAL = 46 + 28, END = 98 };
    size_t n = END;
    for (size_t i = 0; i < b->files.n; i++)
        n += LOCAL + CENTRAL + 2 * b->files.at[i].path.n + b->files.at[i].packed.packed;
    return n;
}

static bool write_archive(Bundle *b, Str *bytes, Diags *d)
{
    Target target = {.sheet = {.arena = b->arena, .spool = b->spool}};
    Reader *readers = readers_of(b, &target);
    sheet_open(&target.sheet, archive_size(b));
    zip_error_t error;
    zip_error_init(&error);
    zip_error_init(&target.error);
    zip_source_t *source = zip_source_function_create(target_call, &target, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, &error) : NULL;
    bool ok = zip || fail(d, zip_error_strerror(&error));
    if (source && !zip)
        zip_source_free(source); /* else it is the archive's */
    if (zip && !(put_all(zip, b, readers) && zip_close(zip) == 0)) {
        ok = fail(d, zip_strerror(zip));
        zip_discard(zip);
    }
    zip_error_fini(&error);
    *bytes = sheet_close(&target.sheet);
    if (ok && !bytes->at)
        ok = fail(d, strerror(errno));
    if (ok && !find_pieces(b, readers, *bytes)) {
        diag(d, D_SELF_CHECK, (Place){0}, "the archive is too short");
        ok = false;
    }
    return ok;
}

/* Whoever opens the archive reads the bytes that are unpacked here and have the right sum. */
static bool same_bytes(zip_t *zip, zip_uint64_t i, const Packed *packed)
{
    char piece[PIECE], given[PIECE];
    Reader r = {.packed = packed};
    zip_file_t *file = zip_fopen_index(zip, i, ZIP_FL_COMPRESSED);
    if (!file)
        return false;
    zip_int64_t n;
    bool same = true;
    while (same && (n = zip_fread(file, piece, sizeof piece)) > 0)
        same = reader_read(&r, given, (size_t)n) == n && memcmp(piece, given, (size_t)n) == 0;
    return zip_fclose(file) == 0 && same && n == 0 && !reader_next(&r, 1).n;
}

static bool same_file(zip_t *zip, zip_uint64_t i, const BundleFile *f)
{
    zip_stat_t s;
    return zip_stat_index(zip, i, 0, &s) == 0 && strcmp(s.name, f->path.at) == 0
        && s.size == f->packed.size && s.comp_size == f->packed.packed
        && s.crc == f->packed.crc && same_bytes(zip, i, &f->packed);
}

/* Of an archive in the spool, the file: libzip looks at it here and there, which would map all of it. */
static zip_source_t *source_of(const Bundle *b, Str bytes, zip_error_t *error)
{
    off_t place = 0;
    int fd = spool_file(b->spool, bytes.at, &place);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (!file && fd >= 0)
        close(fd);
    zip_source_t *source = file ? zip_source_filep_create(file, (zip_uint64_t)place, (zip_int64_t)bytes.n, error) : NULL;
    if (file && !source)
        fclose(file);
    return source ? source : zip_source_buffer_create(bytes.at, bytes.n, 0, error);
}

static bool check_archive(const Bundle *b, Str bytes, Diags *d)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = source_of(b, bytes, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
    if (!zip) {
        fail(d, zip_error_strerror(&error));
        zip_source_free(source);
        zip_error_fini(&error);
        return false;
    }
    bool same = zip_get_num_entries(zip, 0) == (zip_int64_t)b->files.n;
    if (!same)
        diag(d, D_SELF_CHECK, (Place){0}, "the archive has another number of members");
    for (size_t i = 0; same && i < b->files.n; i++) {
        same = same_file(zip, i, &b->files.at[i]);
        spool_was_read(b->spool, b->files.at[i].packed.packed);
        if (!same)
            diag(d, D_SELF_CHECK, (Place){0}, "the archive has another %s than it was given",
                 b->files.at[i].path.at);
    }
    zip_discard(zip);
    zip_error_fini(&error);
    return same;
}

/* The archive and its members while both are looked at. */
typedef struct Check {
    const Bundle *bundle;
    Str bytes;
    Diags *diags;
    bool same;
    const BundleFile *broken;
} Check;

static void check_archive_or_members(void *context, size_t i, unsigned thread)
{
    (void)thread;
    Check *c = context;
    if (i)
        c->broken = members_broken(c->bundle);
    else
        c->same = check_archive(c->bundle, c->bytes, c->diags);
}

bool bundle_zip(Bundle *b, Str *bytes, Diags *d)
{
    if (!write_archive(b, bytes, d))
        return false;
    Check c = {.bundle = b, .bytes = *bytes, .diags = d};
    pool_each(2, b->threads, check_archive_or_members, &c);
    if (c.same && c.broken) /* once is enough */
        diag(d, D_SELF_CHECK, (Place){0}, "%s does not unpack to what was packed", c.broken->path.at);
    if (!c.same || c.broken)
        return false;
    for (size_t i = 0; i < b->files.n; i++)
        pack_tell(&b->files.at[i].packed, bytes->at, b->earlier);
    return true;
}

/* --- archives of others */

static const uint64_t MOST_UNPACKED = 4ull << 30;

static bool refuse(const Archive *r, Diags *d, const char *member, const char *why)
{
    diag(d, D_PACKAGE_UNREADABLE, (Place){.file = r->path}, "%s: %s", member, why);
    return false;
}

/* The file as a source of libzip, which owns it from then on.  NULL: `*why`. */
static zip_source_t *open_file(const char *path, const char **why)
{
    struct stat st;
    zip_error_t error;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe would wait */
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        *why = "there is no such file, or it may not be read";
    else
        *why = zip_end_check(fd, st.st_size);
    FILE *file = *why ? NULL : fdopen(fd, "rb");
    if (!file && fd >= 0)
        close(fd);
    zip_source_t *source = file ? zip_source_filep_create(file, 0, -1, &error) : NULL;
    if (file && !source)
        fclose(file);
    return source;
}

bool archive_open(Archive *r, const char *path, Diags *d)
{
    *r = (Archive){.path = str_of(path), .left = MOST_UNPACKED};
    const char *why = NULL;
    zip_source_t *source = open_file(path, &why);
    zip_error_t error;
    zip_error_init(&error);
    if (source)
        r->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (source && !r->zip) {
        zip_source_free(source);
        why = zip_error_strerror(&error);
    }
    bool ok = r->zip || refuse(r, d, "the archive", why ? why : "it cannot be read");
    zip_error_fini(&error);
    return ok;
}

bool archive_has(const Archive *r, const char *member)
{
    return zip_name_locate(r->zip, member, 0) >= 0;
}

/* What Anki reads; other methods may want any amount of memory. */
static bool is_plain(const zip_stat_t *s)
{
    return (s->valid & ZIP_STAT_SIZE) && (s->comp_method == ZIP_CM_STORE || s->comp_method == ZIP_CM_DEFLATE)
        && s->encryption_method == ZIP_EM_NONE;
}

/* One byte more than is promised is asked for, so that libzip comes to the end and compares. */
static bool read_member(zip_t *zip, zip_uint64_t i, char *to, size_t n)
{
    zip_file_t *file = zip_fopen_index(zip, i, 0);
    if (!file)
        return false;
    size_t total = 0;
    zip_int64_t got;
    while ((got = zip_fread(file, to + total, n + 1 - total)) > 0)
        total += (size_t)got;
    return zip_fclose(file) == 0 && got == 0 && total == n;
}

bool archive_read(Archive *r, const char *member, size_t most, Arena *a, Str *bytes, Diags *d)
{
    zip_stat_t s;
    zip_int64_t i = zip_name_locate(r->zip, member, 0);
    if (i < 0 || zip_stat_index(r->zip, (zip_uint64_t)i, 0, &s) != 0)
        return refuse(r, d, member, "it is not in the package");
    if (!is_plain(&s))
        return refuse(r, d, member, "it is packed as no Anki can read it");
    if (s.size > most || s.size > r->left)
        return refuse(r, d, member, "it unpacks to more than it may");
    char *to = arena_new(a, char, (size_t)s.size + 1);
    if (!read_member(r->zip, (zip_uint64_t)i, to, (size_t)s.size))
        return refuse(r, d, member, "it is damaged");
    r->left -= s.size;
    *bytes = (Str){to, (size_t)s.size};
    return true;
}

void archive_close(Archive *r)
{
    if (r->zip)
        zip_discard(r->zip);
    *r = (Archive){0};
}
