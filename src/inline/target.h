/*
 * target.h -- what stands in a link besides its text: `(destination "title")`, in notes
 * also `(destination =300x200)`, and `[label]`.
 */
#ifndef DECKBIND_INLINE_TARGET_H
#define DECKBIND_INLINE_TARGET_H

#include "base/str.h"

/* Where a link leads, as written. */
typedef struct Target {
    Str target, title;
    Str size;   /* in notes: `=300x200`, without its mark */
    size_t end; /* offset of the byte after it */
} Target;

/* Read `(…)` at offset `at`, which holds the parenthesis. */
bool target_read(Str text, size_t at, bool tolerant, Target *t);

/* The offset after the `]` of the label whose `[` is at `at`; STR_NONE for no label. */
size_t label_end(Str text, size_t at);

#endif
