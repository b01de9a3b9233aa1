/*
 * read_type.h -- a note type as another tool made it.
 */
#ifndef DECKBIND_MODEL_READ_TYPE_H
#define DECKBIND_MODEL_READ_TYPE_H

#include "base/str.h"

#include <stdint.h>

typedef struct ReadTemplate {
    Str name, front, back;
} ReadTemplate;

typedef struct ReadType {
    int64_t id, time; /* time in seconds */
    Str name, style;
    bool cloze;
    StrVec fields;    /* their names, in order */
    uint32_t sort;    /* the field that Anki sorts by; below their number, or 0 */
    Vec(ReadTemplate) templates;
} ReadType;

/* The ids of deckbind's own note types. */
#define OWN_QUESTION_TYPE ((int64_t)1718525371355)
#define OWN_CLOZE_TYPE ((int64_t)1719366149284)

/*
 * Whether Anki could have made that type, and takes it: it has fields and templates, each
 * with a name of its own.
 */
bool read_type_good(const ReadType *t);

#endif
