/*
 * database.c -- SQLite, so that nothing has to be checked and nothing outside can harm.
 *
 * What is made here is a file of SQLite's own memory file system, so that its bytes can
 * be handed on where they lie: a `:memory:` database would have to be copied out.
 *
 * A database from outside is a program that SQLite would run: views and triggers are
 * code, and damaged pages can lead in circles, or give one page out as many rows.  So
 * it is opened as https://www.sqlite.org/security.html advises, everything but tables
 * and indices is refused, and both steps and bytes are counted: a row that is really
 * there takes at least LEAST_ROW bytes of the image.
 */
#include "emit/apkg/database.h"

#include "base/utf8.h"

#include <sqlite3.h>

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

void database_create(Database *db)
{
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

Str database_image(Database *db)
{
    sqlite3_int64 n = 0;
    unsigned char *image = NULL;
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
    *db = (Database){0};
}
