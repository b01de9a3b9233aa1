/*
 * filename.h -- what the path of a file says of it.  Paths have '/' between their parts.
 */
#ifndef DECKBIND_MODEL_FILENAME_H
#define DECKBIND_MODEL_FILENAME_H

#include "base/str.h"

/* What a suffix promises; the bytes of a picture or sound have the last word. */
typedef enum { FILE_OTHER, FILE_NOTE, FILE_PICTURE, FILE_SOUND } FileKind;

FileKind filename_kind(Str path);

/* The part after the last slash. */
Str filename_last(Str path);

/* Without the suffix of a note. */
Str filename_bare(Str path);

#endif
