/*
 * options.h -- the command line, and the only place that knows it.
 *
 * Commands and options are two tables; --help is printed from them.  What a
 * command does is main's affair, and what a product is called the backends'.
 */
#ifndef DECKBIND_OPTIONS_H
#define DECKBIND_OPTIONS_H

#include "base/diag.h"
#include "base/file.h"

typedef struct Options {
    const char *command; /* a name of the table: "build", "list", … */
    const char **packages; /* as many as the command takes */
    const char **paths;  /* of notes, where the command takes any: never none then */
    size_t path_count;
    const char *output;  /* the folder of the products */
    StrVec to;           /* names of products; none: what the book description says */
    const char *format;  /* of the deck, one that there is; NULL: what the book description says */
    const char *styles;  /* a folder; NULL: what the book description says */
    unsigned threads;    /* 0: as many as there are processors */
    bool keep_going;     /* publish in spite of errors in the notes */
    const char *lock;    /* the file; NULL: deckbind.lock in the notes folder */
    StrVec same;         /* FILE:LINE=GUID */
    StrVec retire;       /* earlier packages, to tag what is retired of them */
    bool no_highlight;   /* code stays plain */
    bool fast;           /* pack loosely */
    bool reproducible;   /* nothing of the machine */
    bool no_lock;        /* neither read one nor write one */
    bool locked;         /* it may not change */
    bool allow_changes;  /* however many */
    bool json, markdown; /* the form of what is printed; neither: text */
    bool color;          /* where stdout is no terminal too */
    bool unanswered;     /* list: only these; build, plan: these too */
    DiagLevel least;     /* of the messages that are printed */
    bool done;           /* --help or --version: printed, nothing is left to do */
} Options;

#define DEFAULT_NOTES "sources"
#define DEFAULT_OUTPUT "build"
#define LOCK_FILE "deckbind.lock"

/*
 * Read the command line; strings are views of argv or in `a`.  False: it
 * cannot be understood, and stderr says why; exit with 2.
 */
bool options_parse(int argc, char **argv, Options *o, Arena *a);

#endif
