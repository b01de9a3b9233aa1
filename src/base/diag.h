/*
 * diag.h -- what the writer of the notes is told, and how bad it is.
 *
 * Bad notes never stop a pass: it raises a Diag and carries on.  A pass
 * returns false only where the world fails it (a file, a library), and then
 * too it has raised a Diag that says why.  Each source file has a Diags of
 * its own, so no lock is needed; they are printed in the order of the files.
 */
#ifndef DECKBIND_BASE_DIAG_H
#define DECKBIND_BASE_DIAG_H

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>

typedef enum { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_FATAL, DIAG_LEVELS } DiagLevel;

typedef enum {
#define DIAG(code, level, words, help) D_##code,
#include "base/diag.def"
#undef DIAG
    DIAG_CODES
} DiagCode;

/*
 * Where in the notes.  Line 0 is the whole file, column 0 the whole line.  A
 * column counts bytes of `text`, the quoted line, from 1; it is printed in
 * characters.
 */
typedef struct Place {
    Str file;
    uint32_t line, column;
    Str text;
} Place;

typedef struct Diag {
    DiagCode code;
    Place place;
    Str detail;
} Diag;

typedef struct Diags {
    Arena *arena;
    Vec(Diag) list;            /* the first DIAGS_KEPT of each level */
    size_t count[DIAG_LEVELS]; /* all */
} Diags;                       /* begin with {.arena = a} */

enum { DIAGS_KEPT = 50 };

/* Raise one.  `detail` is a printf format; NULL where the row says it all. */
void diag(Diags *d, DiagCode code, Place place, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));

const char *diag_name(DiagCode code);

/* Whether one of `level` or worse was raised. */
bool diag_any(const Diags *d, DiagLevel level);

/* Put them in the order of their places. */
void diag_sort(Diags *d);

/*
 * All of them, those below `least` left out:
 *
 *     file:line:column: level[CODE]: words: detail
 *       | the line
 *       |   ^
 *       help: the way out
 */
void diag_print(const Diags *d, DiagLevel least, FILE *out);

/* Those with this code only. */
void diag_print_code(const Diags *d, DiagCode code, FILE *out);

#endif
