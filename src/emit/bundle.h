/*
 * bundle.h -- the files of one product, in order, still in memory; and archives that
 * others made.
 *
 * The same files in the same order are the same bytes, on any day and in any time
 * zone.  The only module that knows libzip.
 */
#ifndef DECKBIND_EMIT_BUNDLE_H
#define DECKBIND_EMIT_BUNDLE_H

#include "base/diag.h"
#include "base/pack.h"

struct zip;

typedef struct BundleFile {
    Str path; /* ASCII, '/' between its parts; ends in NUL */
    Packed packed;
    bool whole; /* bundle_zip: it unpacks to what was packed */
} BundleFile;

typedef struct Bundle {
    Arena *arena;
    unsigned threads; /* 0 is 1 */
    Vec(BundleFile) files;
} Bundle; /* begin with {.arena = a} */

/* The pieces of `packed` must outlive the bundle; `path` is copied. */
void bundle_add(Bundle *b, const char *path, Packed packed);

/*
 * The bundle as a zip archive, in its arena.  Members are stamped 1980-01-01,
 * mode 0644.  Before it is given out each member is unpacked again, and the archive is
 * opened again and compared with the bundle.  False: `d` says why.
 */
bool bundle_zip(const Bundle *b, Str *bytes, Diags *d);

/* An archive that is not trusted.  Everything in it has a bound, and so have all together. */
typedef struct Archive {
    struct zip *zip;
    Str path;
    uint64_t left; /* bytes that may still be unpacked */
} Archive;

/* False: `d` says why.  Close it in any case. */
bool archive_open(Archive *r, const char *path, Diags *d);

bool archive_has(const Archive *r, const char *member);

/* The whole of one member, at most `most` bytes of it, in `a`.  False: `d` says why. */
bool archive_read(Archive *r, const char *member, size_t most, Arena *a, Str *bytes, Diags *d);

void archive_close(Archive *r);

#endif
