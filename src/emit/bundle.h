/*
 * bundle.h -- the files of one product, in order, still in memory.
 *
 * The same files in the same order are the same bytes, on any day and in any time
 * zone.  The only module that knows libzip.
 */
#ifndef DECKBIND_EMIT_BUNDLE_H
#define DECKBIND_EMIT_BUNDLE_H

#include "base/diag.h"
#include "base/pack.h"

typedef struct BundleFile {
    Str path; /* ASCII, '/' between its parts; ends in NUL */
    Packed packed;
} BundleFile;

typedef struct Bundle {
    Arena *arena;
    Vec(BundleFile) files;
} Bundle; /* begin with {.arena = a} */

/* `packed.data` must outlive the bundle; `path` is copied. */
void bundle_add(Bundle *b, const char *path, Packed packed);

/*
 * The bundle as a zip archive, in its arena.  Members are stamped 1980-01-01,
 * mode 0644.  The archive is opened again and compared with the bundle before it
 * is given out.  False: `d` says why.
 */
bool bundle_zip(const Bundle *b, Str *bytes, Diags *d);

#endif
