/*
 * database.h -- an SQLite database in memory or in a spool: one that is made here, or one
 * that came from outside.  The only module that knows SQLite.
 *
 * Failure is sticky: the first thing that goes wrong is remembered, and what follows
 * does nothing.  So calls go unchecked, and database_why tells at the end.
 */
#ifndef DECKBIND_EMIT_APKG_DATABASE_H
#define DECKBIND_EMIT_APKG_DATABASE_H

#include "base/spool.h"

struct sqlite3;
struct sqlite3_stmt;
typedef struct sqlite3_stmt Statement;

typedef struct Database {
    struct sqlite3 *handle;
    struct SpoolSystem *system; /* where it lies in a spool; NULL: in memory */
    int failure;            /* SQLite's code of the first one; 0: none */
    bool outside;           /* its image came from outside, */
    uint64_t work, reading; /* which has so many steps and bytes left */
} Database; /* stays where it is while it is open */

/*
 * An empty one, in `spool` where that has room for the largest, and then without a journal.  The
 * same statements are the same bytes.
 */
void database_create(Database *db, Spool *spool);

/*
 * One whose bytes are not to be trusted, to read from; they are copied.  It may hold
 * nothing but tables and their indices, and gives out no more than fits into its bytes.
 */
void database_open(Database *db, Str image);

/* NULL after a failure, which every function here takes. */
Statement *database_prepare(Database *db, const char *sql);

/* Parameters count from 1.  Bytes stay where they are until the statement has run. */
void database_bind(Database *db, Statement *s, int at, int64_t number);
void database_bind_text(Database *db, Statement *s, int at, Str text);
void database_bind_blob(Database *db, Statement *s, int at, Str bytes);

/* Whether there is one more row.  After the last the statement may run again. */
bool database_step(Database *db, Statement *s);

/* Columns of that row count from 0; bytes are a view of it. */
int64_t database_number(Statement *s, int column);
Str database_bytes(Database *db, Statement *s, int column);

void database_end(Statement *s);

/* Statements without a result. */
void database_run(Database *db, const char *sql);

/* The only number of the only row; 0 after a failure. */
int64_t database_ask(Database *db, const char *sql);

/* Whether these tables, named between commas, are there and hold what they seem to. */
bool database_has(Database *db, const char *table);

/* All its bytes; a view until database_close.  Empty after a failure. */
Str database_image(Database *db);

/* What went wrong first; NULL: nothing. */
const char *database_why(const Database *db);

void database_close(Database *db);

#endif
