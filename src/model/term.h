/*
 * term.h -- what words name a thing, so that a reader would look them up.
 *
 * A note says so by its form: code, bold, a title.  Not all of that is a term: bold is
 * also a sentence, a label ("注意"), code also a path or an expression.
 */
#ifndef DECKBIND_MODEL_TERM_H
#define DECKBIND_MODEL_TERM_H

#include "base/str.h"

#include <stdint.h>

/* How a term is said, the weakest first. */
typedef enum {
    TERM_CODE,     /* in an answer, as all that follow up to TERM_DEFINED */
    TERM_BOLD,
    TERM_HEADING,
    TERM_DEFINED,  /* in a list of definitions */
    TERM_IN_TITLE, /* of an entry: among other words */
    TERM_SUBJECT,  /* what the title is about */
    TERM_KINDS
} TermKind;

typedef struct TermUse {
    Str key;   /* folded: equal for all ways to write it */
    Str shown; /* as it is written */
    uint32_t entry;
    TermKind kind;
    bool code;
} TermUse;

/* `shown` without what is no part of the term; `key` is empty where there is none. */
TermUse term_of(Str words, Arena *a);

enum { MOST_SUBJECTS = 4 };

/* What a title is about: "什么是X", "X 和 Y 的区别", or just "X".  The words as written. */
typedef struct Subjects {
    Str of[MOST_SUBJECTS];
    size_t n;
    bool asked;   /* with other words around */
    bool defines; /* it asks what that is, or says nothing else; there is one then */
} Subjects;

Subjects term_subjects(Str title);

/* Take the next run of Latin words off the front of a title in Chinese; empty: there is none. */
Str term_eat_latin(Str *title);

#endif
