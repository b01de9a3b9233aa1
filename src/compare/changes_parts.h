/*
 * changes_parts.h -- what the forms of a report share.  For changes*.c only.
 */
#ifndef DECKBIND_COMPARE_CHANGES_PARTS_H
#define DECKBIND_COMPARE_CHANGES_PARTS_H

#include "compare/changes.h"

typedef struct ChangeKind {
    unsigned bit;
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

/* The forms; `color` is for the first. */
void changes_text(const Changes *c, bool color, FILE *out);
void changes_json(const Changes *c, bool color, FILE *out);
void changes_markdown(const Changes *c, bool color, FILE *out);

size_t count_kind(const Changes *c, unsigned bit);
size_t count_first(const Changes *c, unsigned bit); /* as the first of their kinds */
size_t count_same(const Changes *c);
bool is_first(const Change *change, unsigned bit);

/* The first line of the question as it is now. */
Str change_title(const Change *change, Arena *a);
Str change_place(const Change *change);

Str property_before(const Change *change, const Property *p);
Str property_after(const Change *change, const Property *p);

/* "a → b", or for tags "+b -a"; empty where it did not change. */
Str property_diff(const Change *change, const Property *p, Arena *a);

/* What a note stands under in the list of its first kind: its place, or what became of it. */
Str change_group(const Change *change, unsigned bit, Arena *a);

/* "note type added: …", without its detail. */
const char *part_verb(const PartChange *part);

#endif
