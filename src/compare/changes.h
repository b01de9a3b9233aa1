/*
 * changes.h -- what changed from one state of a deck to another, and how it is told.
 *
 * Whoever compares fills a Changes; this module alone knows the kinds of changes and
 * prints them: for people, for programs, or for the comment of a pull request.
 */
#ifndef DECKBIND_COMPARE_CHANGES_H
#define DECKBIND_COMPARE_CHANGES_H

#include "base/str.h"

#include <stdio.h>

/* In the order in which they are told; a note stands with the first of its kinds. */
enum {
    ADDED = 1 << 0,
    REMOVED = 1 << 1,
    REWORDED = 1 << 2, /* another question */
    ANSWER = 1 << 3,
    NEW_ID = 1 << 4,   /* the same question, but Anki takes it for another note */
    TYPE = 1 << 5,     /* of another note type */
    CARDS = 1 << 6,    /* asked in other ways */
    MOVED = 1 << 7,
    TAGS = 1 << 8,
    MARKUP = 1 << 9,   /* the same words, shown otherwise */
    LINE = 1 << 10,    /* nothing but its line in the notes */
};

enum { CHANGE_KINDS = 11 };

/* All of it is text, not markup.  What is not known has at == NULL. */
typedef struct Change {
    unsigned kinds;
    Str id; /* of the note, as Anki knows it (guid) */
    Str question_before, question_after;
    Str answer_before, answer_after;
    Str place_before, place_after; /* a deck, or file:line */
    Str tags_before, tags_after;   /* parted by one blank */
    Str type_before, type_after;
    Str cards_before, cards_after;
    Str source; /* file:line, where `place` is a deck */
} Change;

/* A note type or a file that all notes share. */
typedef struct PartChange {
    unsigned kind;    /* ADDED, REMOVED or, for any other change, 0 */
    const char *what; /* "note type", "picture", … */
    Str name, detail; /* detail may be empty */
} PartChange;

typedef struct Changes {
    Arena *arena;
    Str before, after;               /* what is compared */
    size_t notes_before, notes_after;
    const char *remark;              /* a sentence on how it was compared, or NULL */
    Vec(Change) list;                /* in the order of the notes; kinds are never 0 */
    Vec(PartChange) parts;
} Changes;                           /* begin with {.arena = a} */

typedef enum { CHANGES_TEXT, CHANGES_JSON, CHANGES_MARKDOWN, CHANGES_FORMS } ChangesForm;

/* `color` is for CHANGES_TEXT.  The same changes always print the same bytes. */
void changes_print(const Changes *c, ChangesForm form, bool color, FILE *out);

/* Whether `out` is a terminal, and its user does not refuse colour (NO_COLOR). */
bool wants_color(FILE *out);

#endif
