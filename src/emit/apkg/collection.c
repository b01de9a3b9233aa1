/*
 * collection.c -- statements, and the laws that a whole collection keeps.
 *
 * Nothing is rolled back here, hence no journal; indices are made from the finished
 * tables, which is faster and packs their pages.
 */
#include "emit/apkg/collection.h"

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
    " factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);";

static const char indices[] =
    "CREATE INDEX ix_notes_usn ON notes (usn);"
    "CREATE INDEX ix_cards_usn ON cards (usn);"
    "CREATE INDEX ix_revlog_usn ON revlog (usn);"
    "CREATE INDEX ix_cards_nid ON cards (nid);"
    "CREATE INDEX ix_cards_sched ON cards (did, queue, due);"
    "CREATE INDEX ix_revlog_cid ON revlog (cid);"
    "CREATE INDEX ix_notes_csum ON notes (csum);";

static const char tables_11[] =
    "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);";

/* `unicase` is Anki's order of names; the columns must be spelt with it. */
static const char tables_18[] =
    "CREATE TABLE deck_config (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase,"
    " mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);"
    "CREATE TABLE config (KEY text NOT NULL PRIMARY KEY, usn integer NOT NULL,"
    " mtime_secs integer NOT NULL, val blob NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL,"
    " name text NOT NULL COLLATE unicase, config blob NOT NULL, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
    "CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL,"
    " name text NOT NULL COLLATE unicase, mtime_secs integer NOT NULL, usn integer NOT NULL,"
    " config blob NOT NULL, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
    "CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase,"
    " mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);"
    "CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase,"
    " mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);"
    "CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE unicase, usn integer NOT NULL,"
    " collapsed boolean NOT NULL, config blob NULL) WITHOUT ROWID;"
    "CREATE TABLE graves (oid integer NOT NULL, type integer NOT NULL, usn integer NOT NULL,"
    " PRIMARY KEY (oid, type)) WITHOUT ROWID;";

static const char indices_18[] =
    "CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);"
    "CREATE UNIQUE INDEX idx_templates_name_ntid ON templates (name, ntid);"
    "CREATE INDEX idx_templates_usn ON templates (usn);"
    "CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name);"
    "CREATE INDEX idx_notetypes_usn ON notetypes (usn);"
    "CREATE UNIQUE INDEX idx_decks_name ON decks (name);"
    "CREATE INDEX idx_notes_mid ON notes (mid);"
    "CREATE INDEX idx_cards_odid ON cards (odid) WHERE odid != 0;"
    "CREATE INDEX idx_graves_pending ON graves (usn);";

static const struct {
    const char *tables, *indices; /* beside those that both have */
    int64_t version;
    Str tags;                     /* of the table `col` */
} schemas[] = {
    [SCHEMA_11] = {tables_11, "", 11, STR_INIT("{}")},
    [SCHEMA_18] = {tables_18, indices_18, 18, STR_INIT("")},
};

/* Day zero only matters for reviews that are due; a constant, 2020-01-01. */
static const char insert_about[] =
    "INSERT INTO col VALUES (1, 1577836800, ?1 * 1000, ?1 * 1000, ?6, 0, 0, 0, ?2, ?3, ?4, ?5, ?7)";
static const char insert_note[] =
    "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')";
static const char insert_card[] =
    "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')";

void collection_open(Collection *c, Schema schema, Spool *spool)
{
    *c = (Collection){.schema = schema};
    database_create(&c->db, spool);
    database_run(&c->db, tables);
    database_run(&c->db, schemas[schema].tables);
    c->note = database_prepare(&c->db, insert_note);
    c->card = database_prepare(&c->db, insert_card);
}

void collection_about(Collection *c, const About *about)
{
    Statement *s = database_prepare(&c->db, insert_about);
    database_bind(&c->db, s, 1, about->time);
    database_bind_text(&c->db, s, 2, about->conf);
    database_bind_text(&c->db, s, 3, about->models);
    database_bind_text(&c->db, s, 4, about->decks);
    database_bind_text(&c->db, s, 5, about->presets);
    database_bind(&c->db, s, 6, schemas[c->schema].version);
    database_bind_text(&c->db, s, 7, schemas[c->schema].tags);
    database_step(&c->db, s);
    database_end(s);
}

void collection_note(Collection *c, const NoteRow *row)
{
    database_bind(&c->db, c->note, 1, row->id);
    database_bind_text(&c->db, c->note, 2, row->guid);
    database_bind(&c->db, c->note, 3, row->type);
    database_bind(&c->db, c->note, 4, row->time);
    database_bind_text(&c->db, c->note, 5, row->tags);
    database_bind_text(&c->db, c->note, 6, row->fields);
    database_bind_text(&c->db, c->note, 7, row->sort);
    database_bind(&c->db, c->note, 8, row->checksum);
    database_step(&c->db, c->note);
    c->notes++;
}

void collection_card(Collection *c, const CardRow *row)
{
    database_bind(&c->db, c->card, 1, row->id);
    database_bind(&c->db, c->card, 2, row->note);
    database_bind(&c->db, c->card, 3, row->deck);
    database_bind(&c->db, c->card, 4, row->template);
    database_bind(&c->db, c->card, 5, row->time);
    database_bind(&c->db, c->card, 6, row->position);
    database_step(&c->db, c->card);
    c->cards++;
}

static void finalize(Collection *c)
{
    database_end(c->note);
    database_end(c->card);
    c->note = c->card = NULL;
}

/* What a whole database answers, from one schema on. */
typedef struct Law {
    Schema since;
    const char *question;
    enum { ONE, NOTES, CARDS } answer;
    const char *broken;
} Law;

static const Law laws[] = {
    {SCHEMA_11, "SELECT integrity_check = 'ok' FROM pragma_integrity_check", ONE, "the pages are damaged"},
    {SCHEMA_11, "SELECT count(*) FROM notes", NOTES, "notes are missing"},
    {SCHEMA_11, "SELECT count(*) FROM cards", CARDS, "cards are missing"},
    {SCHEMA_11, "SELECT count(DISTINCT guid) FROM notes", NOTES, "two notes share one guid"},
    {SCHEMA_11, "SELECT count(DISTINCT nid) FROM cards", NOTES, "a note has no card"},
    {SCHEMA_18, "SELECT count(*) FROM notes JOIN notetypes t ON t.id = mid", NOTES, "a note has no note type"},
    {SCHEMA_18, "SELECT count(*) FROM cards JOIN decks d ON d.id = did", CARDS, "a card is in no deck"},
};

/* NULL: all hold. */
static const char *broken_law(Collection *c)
{
    const int64_t answers[] = {[ONE] = 1, [NOTES] = c->notes, [CARDS] = c->cards};
    for (size_t i = 0; i < COUNT(laws); i++)
        if (laws[i].since <= c->schema
            && database_ask(&c->db, laws[i].question) != answers[laws[i].answer])
            return laws[i].broken;
    return NULL;
}

static bool is_well(const Collection *c, Diags *d)
{
    const char *why = database_why(&c->db);
    if (why)
        diag(d, D_LIBRARY, (Place){0}, "SQLite: %s", why);
    return !why;
}

bool collection_finish(Collection *c, Str *bytes, Diags *d)
{
    finalize(c);
    database_run(&c->db, indices);
    database_run(&c->db, schemas[c->schema].indices);
    database_run(&c->db, "COMMIT");
    *bytes = database_image(&c->db);
    return is_well(c, d);
}

bool collection_check(Collection *c, Diags *d)
{
    const char *broken = broken_law(c);
    if (!is_well(c, d))
        return false;
    if (broken)
        diag(d, D_SELF_CHECK, (Place){0}, "the collection: %s", broken);
    return !broken;
}

void collection_close(Collection *c)
{
    finalize(c);
    database_close(&c->db);
    *c = (Collection){0};
}
