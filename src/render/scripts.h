/*
 * scripts.h -- programs in JavaScript that colour code; what they, and KaTeX, answered.
 *
 * They are found on the machine: in $DECKBIND_PRISM, else where Debian puts them.  What is
 * answered is kept in a folder beside the products, which may be deleted at any time.
 */
#ifndef DECKBIND_RENDER_SCRIPTS_H
#define DECKBIND_RENDER_SCRIPTS_H

#include "base/js.h"
#include "base/memo.h"
#include "base/pool.h"
#include "model/book.h"

enum { MOST_ENGINES = 8 }; /* of one thread; each may take up to 64 MiB, and most take 2 */

/* An engine that has a language. */
typedef struct Engine {
    Str language; /* its id */
    Js *js;
    uint64_t used; /* when; the one that was not for longest makes room */
} Engine;

typedef struct ScriptSet ScriptSet;

/* What one thread has. */
typedef struct Scripts {
    const ScriptSet *set;
    Arena arena;
    Memo memo;
    Js *catalogue;    /* the engine that knows all names of languages */
    Engine engines[MOST_ENGINES];
    uint64_t clock;
    uint64_t version; /* of Prism; 0: not looked at yet */
    bool missed;      /* Prism, where there was code to colour */
} Scripts;

struct ScriptSet {
    Arena arena;
    AnswerVec earlier;
    bool plain;           /* code is not to be coloured */
    const char *prism;    /* its folder; NULL: not found */
    Str core, languages;  /* its main program, and the catalogue of languages */
    Scripts of[MOST_THREADS];
};

/* `folder` is that of the products; `plain`: code is not to be coloured.  To be closed. */
ScriptSet *scripts_open(const char *folder, bool plain);

/* A hash of all that an answer depends on besides its question. */
uint64_t scripts_version(const ScriptSet *set);

/* Nothing is asked any more: the engines make room, and what was answered stays.  NULL is allowed. */
void scripts_rest(ScriptSet *set);

/* Write down what was learned, if anything was; raise what was missed in `d`. */
void scripts_save(ScriptSet *set, const char *folder);
void scripts_report(const ScriptSet *set, Diags *d);
void scripts_close(ScriptSet *set); /* NULL is allowed */

#endif
