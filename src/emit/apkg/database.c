/*
 * database.c -- SQLite, so that nothing has to be checked and nothing outside can harm.
 *
 * What is made here is a file of SQLite's own memory file system, or of one of ours in a
 * spool, so that its bytes can be handed on where they lie: a `:memory:` database would
 * have to be copied out.
 *
 * A database from outside is a program that SQLite would run: views and triggers are
 * code, and damaged pages can lead in circles, or give one page out as many rows.  So
 * it is opened as https://www.sqlite.org/security.html advises, everything but tables
 * and indices is refused, and both steps and bytes are counted: a row that is really
 * there takes at least LEAST_ROW bytes of the image.
 */
#include "emit/apkg/database.h"

#include "base/utf8.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_BYTES = 2000000000,    /* SQLite allocates less than 2 GiB at once */
    LARGEST_ROW = 32 * 1024 * 1024,
    LEAST_ROW = 32,             /* a card has 18 columns, a note 11 and a text in four of them */
    SLACK = 1024 * 1024,        /* of a small database: its schema, its description */
    STEPS_A_BYTE = 4, TICK = 1000,
};

static void check(Database *db, int got, int want)
{
    if (!db->failure && got != want)
        db->failure = got ? got : SQLITE_ERROR;
}

/* The order of Anki's texts without case; one deck or note type has one name in it. */
static int unicase(void *unused, int n, const void *a, int m, const void *b)
{
    (void)unused;
    return utf8_cmp_nocase((Str){a, (size_t)n}, (Str){b, (size_t)m});
}

static void open_handle(Database *db, const char *name, const char *vfs)
{
    *db = (Database){0};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    check(db, sqlite3_open_v2(name, &db->handle, flags, vfs), SQLITE_OK);
    if (!db->failure)
        check(db, sqlite3_create_collation_v2(db->handle, "unicase", SQLITE_UTF8, NULL, unicase, NULL),
              SQLITE_OK);
}

/* --- in a spool: a file that no one else sees, and that needs neither locks nor syncs */

typedef struct SpoolFile {
    sqlite3_file file;
    Spool *spool;
    const char *room; /* for MOST_BYTES, most of which are never written */
    sqlite3_int64 n;
} SpoolFile;

/* A file system of that one file. */
typedef struct SpoolSystem {
    sqlite3_vfs vfs;
    char name[32];
    SpoolFile file; /* as it is opened */
} SpoolSystem;

static int vfs_close(sqlite3_file *file) { (void)file; return SQLITE_OK; }
static int vfs_sync(sqlite3_file *file, int flags) { (void)file, (void)flags; return SQLITE_OK; }
static int vfs_lock(sqlite3_file *file, int level) { (void)file, (void)level; return SQLITE_OK; }
static int vfs_sector(sqlite3_file *file) { (void)file; return 0; }

static int vfs_is_locked(sqlite3_file *file, int *locked)
{
    (void)file;
    *locked = 0;
    return SQLITE_OK;
}

static int vfs_control(sqlite3_file *file, int command, void *unused)
{
    (void)file, (void)command, (void)unused;
    return SQLITE_NOTFOUND;
}

static int vfs_size(sqlite3_file *file, sqlite3_int64 *n)
{
    *n = ((SpoolFile *)file)->n;
    return SQLITE_OK;
}

static int vfs_truncate(sqlite3_file *file, sqlite3_int64 n)
{
    ((SpoolFile *)file)->n = n;
    return SQLITE_OK;
}

static int vfs_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    const SpoolFile *f = (SpoolFile *)file;
    size_t there = at >= f->n ? 0 : f->n - at < n ? (size_t)(f->n - at) : (size_t)n;
    memcpy(to, f->room + at, there);
    memset((char *)to + there, 0, (size_t)n - there);
    spool_was_read(f->spool, there);
    return there == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    SpoolFile *f = (SpoolFile *)file;
    if (at + n > MOST_BYTES)
        return SQLITE_FULL;
    if (!spool_write(f->spool, f->room + at, (Str){from, (size_t)n}))
        return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    f->n = f->n < at + n ? at + n : f->n;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_OK;
}

/* Nothing lies beside it: no journal that an earlier run left. */
static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *there)
{
    (void)vfs, (void)name, (void)flags;
    *there = 0;
    return SQLITE_OK;
}

static int vfs_path(sqlite3_vfs *vfs, const char *name, int most, char *path)
{
    (void)vfs;
    sqlite3_snprintf(most, path, "%s", name);
    return SQLITE_OK;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    static const sqlite3_io_methods methods = {
        1, vfs_close, vfs_read, vfs_write, vfs_truncate, vfs_sync, vfs_size, vfs_lock,
        vfs_lock, vfs_is_locked, vfs_control, vfs_sector, vfs_sector, NULL, NULL, NULL, NULL, NULL, NULL,
    };
    (void)name;
    *(SpoolFile *)file = ((SpoolSystem *)vfs->pAppData)->file;
    file->pMethods = flags & SQLITE_OPEN_MAIN_DB ? &methods : NULL;
    if (got)
        *got = flags;
    return file->pMethods ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* What is not asked of it is as in SQLite's own.  Its name is known while the file is opened. */
static void open_spooled(Database *db, Spool *spool, const char *room)
{
    SpoolSystem *system = calloc(1, sizeof *system);
    if (!system)
        out_of_memory();
    *db = (Database){.system = system};
    check(db, sqlite3_initialize(), SQLITE_OK);
    const sqlite3_vfs *own = sqlite3_vfs_find(NULL);
    if (!own)
        check(db, SQLITE_ERROR, SQLITE_OK);
    if (db->failure)
        return;
    system->vfs = *own;
    system->vfs.pNext = NULL;
    system->vfs.pAppData = system;
    system->vfs.zName = system->name;
    system->vfs.szOsFile = sizeof(SpoolFile);
    system->vfs.xOpen = vfs_open;
    system->vfs.xDelete = vfs_delete;
    system->vfs.xAccess = vfs_access;
    system->vfs.xFullPathname = vfs_path;
    system->file = (SpoolFile){.spool = spool, .room = room};
    sqlite3_snprintf(sizeof system->name, system->name, "spool-%p", (void *)system);
    sqlite3_vfs_register(&system->vfs, 0);
    open_handle(db, "collection", system->name);
    sqlite3_vfs_unregister(&system->vfs);
    db->system = system;
    database_run(db, "PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY");
}

void database_create(Database *db, Spool *spool)
{
    const char *room = spool_room(spool, MOST_BYTES);
    if (room) {
        open_spooled(db, spool, room);
        return;
    }
    open_handle(db, "collection", "memdb");
    sqlite3_int64 most = MOST_BYTES;
    if (!db->failure)
        check(db, sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_SIZE_LIMIT, &most), SQLITE_OK);
}

/* --- from outside */

static const struct {
    int what, limit;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, LARGEST_ROW},   {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
    {SQLITE_LIMIT_COLUMN, 100},           {SQLITE_LIMIT_EXPR_DEPTH, 20},
    {SQLITE_LIMIT_COMPOUND_SELECT, 3},    {SQLITE_LIMIT_VDBE_OP, 25000},
    {SQLITE_LIMIT_FUNCTION_ARG, 8},       {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50}, {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},      {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int what, value;
} settings[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

static int count_work(void *context)
{
    Database *db = context;
    bool done = db->work < TICK;
    db->work -= done ? 0 : TICK;
    return done;
}

static void defend(Database *db, size_t bytes)
{
    db->outside = true;
    db->reading = SLACK + bytes;
    db->work = STEPS_A_BYTE * (SLACK + (uint64_t)bytes);
    for (size_t i = 0; i < COUNT(limits); i++)
        sqlite3_limit(db->handle, limits[i].what, limits[i].limit);
    for (size_t i = 0; i < COUNT(settings); i++)
        check(db, sqlite3_db_config(db->handle, settings[i].what, settings[i].value, NULL), SQLITE_OK);
    sqlite3_progress_handler(db->handle, TICK, count_work, db);
    database_run(db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                     "PRAGMA query_only = ON");
}

/*
 * Bytes 18 and 19 say whether changes are kept in a log beside the file, which an image
 * has not.  Anki leaves them so, and SQLite would look for the log.
 */
static void load(Database *db, Str image)
{
    enum { WRITE_VERSION = 18, READ_VERSION = 19, HEADER = 100 };
    unsigned char *copy = image.n < HEADER ? NULL : sqlite3_malloc64(image.n);
    if (!copy) {
        check(db, image.n < HEADER ? SQLITE_NOTADB : SQLITE_NOMEM, SQLITE_OK);
        return;
    }
    memcpy(copy, image.at, image.n);
    copy[WRITE_VERSION] = copy[READ_VERSION] = 1;
    sqlite3_int64 n = (sqlite3_int64)image.n;
    check(db, sqlite3_deserialize(db->handle, "main", copy, n, n,
                                  SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY),
          SQLITE_OK);
}

/* SQLite itself writes the first words of what it keeps of a statement. */
static const char count_code[] =
    "SELECT count(*) FROM sqlite_schema WHERE sql NOT LIKE 'CREATE TABLE %'"
    " AND sql NOT LIKE 'CREATE INDEX %' AND sql NOT LIKE 'CREATE UNIQUE INDEX %'";

void database_open(Database *db, Str image)
{
    open_handle(db, ":memory:", NULL);
    if (!db->failure)
        load(db, image);
    if (!db->failure)
        defend(db, image.n);
    if (database_ask(db, count_code) != 0)
        check(db, SQLITE_AUTH, SQLITE_OK);
}

/* A column that is computed is code too. */
bool database_has(Database *db, const char *table)
{
    Statement *s = database_prepare(db,
        "SELECT count(*) > 0 AND max(hidden) = 0 FROM pragma_table_xinfo(?1)");
    database_bind_text(db, s, 1, str_of(table));
    bool there = database_step(db, s) && database_number(s, 0);
    database_end(s);
    return there;
}

/* --- statements */

Statement *database_prepare(Database *db, const char *sql)
{
    Statement *s = NULL;
    if (!db->failure)
        check(db, sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL), SQLITE_OK);
    return s;
}

void database_bind(Database *db, Statement *s, int at, int64_t number)
{
    if (!db->failure)
        check(db, sqlite3_bind_int64(s, at, number), SQLITE_OK);
}

/* A null pointer would be NULL, not ''. */
static const char *start(Str s)
{
    return s.n ? s.at : "";
}

void database_bind_text(Database *db, Statement *s, int at, Str text)
{
    if (!db->failure)
        check(db, sqlite3_bind_text64(s, at, start(text), text.n, SQLITE_STATIC, SQLITE_UTF8), SQLITE_OK);
}

void database_bind_blob(Database *db, Statement *s, int at, Str bytes)
{
    if (!db->failure)
        check(db, sqlite3_bind_blob64(s, at, start(bytes), bytes.n, SQLITE_STATIC), SQLITE_OK);
}

/* Take `n` bytes off what may be read; only an image from outside counts them. */
static void charge(Database *db, uint64_t n)
{
    if (!db->outside)
        return;
    if (n > db->reading)
        check(db, SQLITE_TOOBIG, SQLITE_OK);
    else
        db->reading -= n;
}

bool database_step(Database *db, Statement *s)
{
    if (db->failure)
        return false;
    int got = sqlite3_step(s);
    if (got == SQLITE_ROW) {
        charge(db, LEAST_ROW);
        return !db->failure;
    }
    check(db, got, SQLITE_DONE);
    if (!db->failure)
        check(db, sqlite3_reset(s), SQLITE_OK);
    return false;
}

int64_t database_number(Statement *s, int column)
{
    return sqlite3_column_int64(s, column);
}

Str database_bytes(Database *db, Statement *s, int column)
{
    bool text = sqlite3_column_type(s, column) != SQLITE_BLOB;
    const void *at = text ? (const void *)sqlite3_column_text(s, column) : sqlite3_column_blob(s, column);
    Str bytes = {at, at ? (size_t)sqlite3_column_bytes(s, column) : 0};
    charge(db, bytes.n);
    return bytes;
}

void database_end(Statement *s)
{
    sqlite3_finalize(s);
}

void database_run(Database *db, const char *sql)
{
    if (!db->failure)
        check(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL), SQLITE_OK);
}

int64_t database_ask(Database *db, const char *sql)
{
    Statement *s = database_prepare(db, sql);
    int64_t answer = database_step(db, s) ? database_number(s, 0) : 0;
    database_end(s);
    return answer;
}

/*
 * The header counts changes (bytes 24 and 92) and names the version of SQLite
 * (byte 96).  Readers need the first two to agree and ignore the third; zeros do.
 */
static void blank_header(unsigned char *image)
{
    memset(image + 24, 0, 4);
    memset(image + 92, 0, 8);
}

static Str spooled_image(Database *db)
{
    static const char zeros[8];
    sqlite3_file *file = NULL;
    sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    const SpoolFile *f = (SpoolFile *)file;
    check(db, spool_write(f->spool, f->room + 24, (Str){zeros, 4}) && spool_write(f->spool, f->room + 92, (Str){zeros, 8})
              ? SQLITE_OK : SQLITE_IOERR_WRITE, SQLITE_OK);
    return db->failure ? (Str){0} : (Str){f->room, (size_t)f->n};
}

Str database_image(Database *db)
{
    sqlite3_int64 n = 0;
    unsigned char *image = NULL;
    if (!db->failure && db->system)
        return spooled_image(db);
    if (!db->failure)
        image = sqlite3_serialize(db->handle, "main", &n, SQLITE_SERIALIZE_NOCOPY);
    if (!image)
        check(db, SQLITE_NOMEM, SQLITE_OK);
    else
        blank_header(image);
    return (Str){(const char *)image, (size_t)n};
}

const char *database_why(const Database *db)
{
    switch (db->failure) {
    case SQLITE_OK:
        return NULL;
    case SQLITE_INTERRUPT:
    case SQLITE_TOOBIG:
        return "more rows or longer ones than can be in it";
    case SQLITE_AUTH:
        return "views, triggers or virtual tables, which no deck needs";
    default:
        return sqlite3_errstr(db->failure);
    }
}

void database_close(Database *db)
{
    sqlite3_close(db->handle);
    free(db->system);
    *db = (Database){0};
}
