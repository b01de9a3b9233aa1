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

#endif
