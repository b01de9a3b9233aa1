/*
 * bundle.h -- the files of one product, in order, in memory or in a spool; and archives that
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
    Arena *keeper; /* of its pieces and of nothing else: freed as soon as they are written; NULL: none */
} BundleFile;

typedef struct Bundle {
    Arena *arena;
    unsigned threads; /* 0 is 1 */
    Earlier *earlier; /* is told where what was packed lies; NULL: nobody is */
    Spool *spool; /* where the archive is made, and some pieces may lie; NULL: in memory */
    Vec(BundleFile) files;
} Bundle; /* begin with {.arena = a} */

/* The pieces of `packed` must outlive the bundle where they have no keeper; `path` is copied. */
BundleFile *bundle_add(Bundle *b, const char *path, Packed packed);

/*
 * The bundle as a zip archive, in its arena; its pieces are then those in the archive.  Members
 * are stamped 1980-01-01, mode 0644.  Before it is given out the archive is opened again and
 * compared with the bundle, and each member is unpacked.  False: `d` says why.
 */
bool bundle_zip(Bundle *b, Str *bytes, Diags *d);

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
