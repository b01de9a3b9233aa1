/*
 * value.h -- what the values of the book description must look like.
 *
 * A value is not empty, and has no blanks at its ends.
 */
#ifndef DECKBIND_READ_VALUE_H
#define DECKBIND_READ_VALUE_H

#include "base/str.h"

typedef struct ValueKind {
    bool (*holds)(Str value);
    const char *wanted; /* completes "must be" */
} ValueKind;

extern const ValueKind value_text, value_line, value_date, value_language, value_file_name,
    value_url, value_percent, value_format, value_position, value_role, value_truth;

#endif
