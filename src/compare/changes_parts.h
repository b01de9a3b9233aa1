/*
 * changes_parts.h -- what the forms of a report share.  For changes*.c only.
 */
#ifndef DECKBIND_COMPARE_CHANGES_PARTS_H
#define DECKBIND_COMPARE_CHANGES_PARTS_H

#include "compare/changes.h"

typedef struct ChangeKind {
    unsigned bit;
    char mark;           /* in front of a note */
    const char *name;    /* for programs */
    const char *heading;
    const char *count;   /* after a number of notes */
    const char *advice;  /* what Anki makes of it, or NULL */
    bool only_counted;   /* it is not worth a line for each note */
} ChangeKind;

extern const ChangeKind change_kinds[CHANGE_KINDS];

/* A property of a note that is told in a few words. */
typedef struct Property {
    unsigned bit;
    const char *name;
    size_t before, after; /* where they stand in a Change */
} Property;

enum { PROPERTIES = 4 };
extern const Property properties[PROPERTIES];

/* The forms. */
void changes_text(const Changes *c, bool color, FILE *out);
void changes_json(const Changes *c, FILE *out);
void changes_markdown(const Changes *c, FILE *out);

size_t count_kind(const Changes *c, unsigned bit);
size_t count_first(const Changes *c, unsigned bit); /* as the first of their kinds */
size_t count_same(const Changes *c);
bool is_first(const Change *change, unsigned bit);

/* The first line of the question as it is now. */
Str change_title(const Change *change, Arena *a);
Str change_place(const Change *change);

/* Where in the notes it stands, as far as that is known. */
Str change_where(const Changes *c, const Change *change);

/* Whether the words that became others can be shown. */
bool is_rewording(const Change *change);

/* Whether its answer changed, but from or to what is not known. */
bool hides_answer(const Change *change);

Str property_before(const Change *change, const Property *p);
Str property_after(const Change *change, const Property *p);

/* "a → b", or for tags "+b -a"; empty where it did not change. */
Str property_diff(const Change *change, const Property *p, Arena *a);

/* What a note stands under in the list of its first kind: its deck, or what became of it. */
Str change_group(const Changes *c, const Change *change, unsigned bit, Arena *a);

/* Lines; empty where nothing is known of it. */
Str outcome_text(const Outcome *o, Arena *a);

/* "note type added: …", without its detail. */
const char *part_verb(const PartChange *part);

#endif
