/*
 * changes.h -- what changed from one state of a deck to another, and how it is told.
 *
 * Whoever compares fills a Changes; this module alone knows the kinds of changes and
 * prints them: for people, for programs, or for the comment of a pull request.
 */
#ifndef DECKBIND_COMPARE_CHANGES_H
#define DECKBIND_COMPARE_CHANGES_H

#include "options.h"

/* In the order in which they are told; a note stands with the first of its kinds. */
enum {
    ADDED = 1 << 0,
    REVIVED = 1 << 1,   /* it was removed before, and is the same note again */
    REMOVED = 1 << 2,
    LEFT_OUT = 1 << 3,  /* in the notes still, but no longer in the deck */
    REWORDED = 1 << 4,  /* another question */
    ANSWER = 1 << 5,
    NEW_ID = 1 << 6,    /* the same question, but Anki takes it for another note */
    TYPE = 1 << 7,      /* of another note type */
    CARDS = 1 << 8,     /* asked in other ways */
    MOVED = 1 << 9,
    TAGS = 1 << 10,
    MARKUP = 1 << 11,   /* the same words, shown otherwise */
    LOOK = 1 << 12,     /* the same question and answer, but not the same cards */
    LINE = 1 << 13,     /* nothing but its line in the notes */
    UNANSWERED = 1 << 14, /* new in the notes, and not yet in the deck */

    ABSENT = REMOVED | LEFT_OUT | UNANSWERED, /* not in the deck afterwards */
};

enum { CHANGE_KINDS = 15 };

/* All of it is text, not markup.  What is not known has at == NULL. */
typedef struct Change {
    unsigned kinds;
    Str id; /* of the note, as Anki knows it (guid) */
    Str question_before, question_after;
    Str answer_before, answer_after;
    Str place_before, place_after; /* a deck, or a file of the notes */
    Str tags_before, tags_after;   /* parted by one blank */
    Str type_before, type_after;
    Str cards_before, cards_after;
    Str source; /* file:line */
} Change;

/* A note type or a file that all notes share. */
typedef struct PartChange {
    unsigned kind;    /* ADDED, REMOVED or, for any other change, 0 */
    const char *what; /* "note type", "picture", … */
    Str name, detail; /* detail may be empty */
} PartChange;

/* What comes of the changes: cards of Anki after an import. */
typedef struct Outcome {
    bool known;
    size_t added, changed, same;
    Str stop;         /* why it will not come to that: a sentence; may be empty */
} Outcome;

typedef struct Changes {
    Arena *arena;
    Str before, after;               /* what is compared */
    size_t notes_before, notes_after;
    const char *remark;              /* a sentence on how it was compared, or NULL */
    bool by_file;                    /* places are files, so that `source` says more */
    bool counted;                    /* people are told numbers only */
    Outcome outcome;
    Vec(Change) list;                /* in the order of the notes; kinds are never 0 */
    Vec(PartChange) parts;
} Changes;                           /* begin with {.arena = a} */

/* Print them on stdout, in the form that `o` asks for.  The same changes always print the same bytes. */
void changes_print(const Changes *c, const Options *o);

#endif
