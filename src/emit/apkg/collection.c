/*
 * collection.c -- the only file that knows SQLite.
 *
 * The database is a file of SQLite's own memory file system, so that its bytes can
 * be handed on where they lie: a `:memory:` database would have to be copied out.
 * Nothing is rolled back here, hence no journal; indices are made from the finished
 * tables, which is faster and packs their pages.
 */
#include "emit/apkg/collection.h"

#include <sqlite3.h>
#include <string.h>

/* As Anki makes them; `sfld integer` turns the text 007 into the number 7 there too. */
static const char tables[] =
    "PRAGMA page_size = 16384;"
    "PRAGMA journal_mode = OFF;"
    "PRAGMA synchronous = OFF;"
    "PRAGMA temp_store = MEMORY;"
    "BEGIN;"
    "CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,"
    " scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,"
    " ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,"
    " dconf text NOT NULL, tags text NOT NULL);"
    "CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,"
    " mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,"
    " sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);"
    "CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,"
    " ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,"
    " queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,"
    " reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,"
    " odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);"
    "CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,"
    " ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL,"
    " factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);"
    "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);";

static const char indices[] =
    "CREATE INDEX ix_notes_usn ON notes (usn);"
    "CREATE INDEX ix_cards_usn ON cards (usn);"
    "CREATE INDEX ix_revlog_usn ON revlog (usn);"
    "CREATE INDEX ix_cards_nid ON cards (nid);"
    "CREATE INDEX ix_cards_sched ON cards (did, queue, due);"
    "CREATE INDEX ix_revlog_cid ON revlog (cid);"
    "CREATE INDEX ix_notes_csum ON notes (csum);"
    "COMMIT;";

/* Day zero only matters for reviews that are due; a constant, 2020-01-01. */
static const char insert_about[] =
    "INSERT INTO col VALUES (1, 1577836800, ?1 * 1000, ?1 * 1000, 11, 0, 0, 0, ?2, ?3, ?4, ?5, '{}')";
static const char insert_note[] =
    "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')";
static const char insert_card[] =
    "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')";

enum { MOST_BYTES = 2000000000 }; /* SQLite allocates less than 2 GiB at once */

static void check(Collection *c, int got, int want)
{
    if (!c->failure && got != want)
        c->failure = got ? got : SQLITE_ERROR;
}

static void run(Collection *c, const char *sql)
{
    if (!c->failure)
        check(c, sqlite3_exec(c->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static sqlite3_stmt *prepare(Collection *c, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (!c->failure)
        check(c, sqlite3_prepare_v2(c->db, sql, -1, &s, NULL), SQLITE_OK);
    return s;
}

static void bind_number(Collection *c, sqlite3_stmt *s, int column, int64_t number)
{
    check(c, sqlite3_bind_int64(s, column, number), SQLITE_OK);
}

/* `text` stays where it is until the statement has run. */
static void bind_text(Collection *c, sqlite3_stmt *s, int column, Str text)
{
    const char *at = text.n ? text.at : ""; /* a null pointer would be NULL, not '' */
    check(c, sqlite3_bind_text64(s, column, at, text.n, SQLITE_STATIC, SQLITE_UTF8), SQLITE_OK);
}

static void step(Collection *c, sqlite3_stmt *s)
{
    if (!c->failure)
        check(c, sqlite3_step(s), SQLITE_DONE);
    if (!c->failure)
        check(c, sqlite3_reset(s), SQLITE_OK);
}

void collection_open(Collection *c)
{
    *c = (Collection){0};
    sqlite3_int64 most = MOST_BYTES;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    check(c, sqlite3_open_v2("collection.anki2", &c->db, flags, "memdb"), SQLITE_OK);
    if (!c->failure)
        check(c, sqlite3_file_control(c->db, "main", SQLITE_FCNTL_SIZE_LIMIT, &most), SQLITE_OK);
    run(c, tables);
    c->note = prepare(c, insert_note);
    c->card = prepare(c, insert_card);
}

void collection_about(Collection *c, const About *about)
{
    sqlite3_stmt *s = prepare(c, insert_about);
    if (c->failure)
        return;
    bind_number(c, s, 1, about->time);
    bind_text(c, s, 2, about->conf);
    bind_text(c, s, 3, about->models);
    bind_text(c, s, 4, about->decks);
    bind_text(c, s, 5, about->presets);
    step(c, s);
    sqlite3_finalize(s);
}

void collection_note(Collection *c, const NoteRow *row)
{
    if (c->failure)
        return;
    bind_number(c, c->note, 1, row->id);
    bind_text(c, c->note, 2, row->guid);
    bind_number(c, c->note, 3, row->type);
    bind_number(c, c->note, 4, row->time);
    bind_text(c, c->note, 5, row->tags);
    bind_text(c, c->note, 6, row->fields);
    bind_text(c, c->note, 7, row->sort);
    bind_number(c, c->note, 8, row->checksum);
    step(c, c->note);
    c->notes++;
}

void collection_card(Collection *c, const CardRow *row)
{
    if (c->failure)
        return;
    bind_number(c, c->card, 1, row->id);
    bind_number(c, c->card, 2, row->note);
    bind_number(c, c->card, 3, row->deck);
    bind_number(c, c->card, 4, row->template);
    bind_number(c, c->card, 5, row->time);
    bind_number(c, c->card, 6, row->position);
    step(c, c->card);
    c->cards++;
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

static void finalize(Collection *c)
{
    sqlite3_finalize(c->note);
    sqlite3_finalize(c->card);
    c->note = c->card = NULL;
}

/* What a whole database must answer, one number each. */
typedef struct Law {
    const char *question, *broken;
} Law;

static const Law laws[] = {
    {"SELECT integrity_check = 'ok' FROM pragma_integrity_check", "the pages are damaged"},
    {"SELECT count(*) = ?1 FROM notes", "notes are missing"},
    {"SELECT count(*) = ?2 FROM cards", "cards are missing"},
    {"SELECT count(DISTINCT guid) = ?1 FROM notes", "two notes share one guid"},
    {"SELECT count(DISTINCT nid) = ?1 FROM cards", "a note has no card"},
};

static bool holds(Collection *c, const Law *law)
{
    sqlite3_stmt *s = prepare(c, law->question);
    if (c->failure)
        return false;
    int wants = sqlite3_bind_parameter_count(s);
    if (wants >= 1)
        bind_number(c, s, 1, c->notes);
    if (wants >= 2)
        bind_number(c, s, 2, c->cards);
    int got = sqlite3_step(s);
    bool yes = got == SQLITE_ROW && sqlite3_column_int(s, 0) == 1;
    check(c, got, SQLITE_ROW);
    sqlite3_finalize(s);
    return yes;
}

static const char *broken_law(Collection *c)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        if (!holds(c, &laws[i]))
            return laws[i].broken;
    return NULL;
}

bool collection_finish(Collection *c, Str *bytes, Diags *d)
{
    finalize(c);
    run(c, indices);
    const char *broken = c->failure ? NULL : broken_law(c);
    sqlite3_int64 n = 0;
    unsigned char *image = NULL;
    if (!c->failure)
        image = sqlite3_serialize(c->db, "main", &n, SQLITE_SERIALIZE_NOCOPY);
    if (c->failure || !image)
        diag(d, D_LIBRARY, (Place){0}, "SQLite: %s",
             c->failure ? sqlite3_errstr(c->failure) : "no image of the database");
    else if (broken)
        diag(d, D_SELF_CHECK, (Place){0}, "the collection: %s", broken);
    if (c->failure || broken || !image)
        return false;
    blank_header(image);
    *bytes = (Str){(const char *)image, (size_t)n};
    return true;
}

void collection_close(Collection *c)
{
    finalize(c);
    sqlite3_close(c->db);
    *c = (Collection){0};
}
