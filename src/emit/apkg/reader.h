/*
 * reader.h -- an Anki package as any tool wrote it, for looking at and comparing.
 *
 * All three variants are read (collection.anki2, .anki21, .anki21b).  The file is not
 * trusted: what is damaged, too large or made to mislead is an error, never a crash and
 * never endless work.
 */
#ifndef DECKBIND_EMIT_APKG_READER_H
#define DECKBIND_EMIT_APKG_READER_H

#include "base/diag.h"
#include "base/hash.h"
#include "model/read_type.h"

typedef struct ReadNote {
    int64_t id, time;
    size_t type;      /* index in `types` */
    Str guid;         /* of two notes of one guid the older is here */
    Str tags;         /* parted by one blank, without one at the ends */
    Str deck;         /* of its first card, levels joined by "::"; empty where it has no card */
    StrVec fields;    /* as many as its type has; HTML as it stands */
    Vec(uint32_t) cards; /* ordinals from 0, ascending */
} ReadNote;

typedef struct ReadMedia {
    Str name; /* of a file: no part of a path, no control character */
    unsigned char sha1[SHA1_BYTES]; /* of its bytes */
} ReadMedia;

typedef struct ReadPackage {
    Arena arena;
    Vec(ReadType) types;  /* in order of id */
    Vec(ReadNote) notes;  /* in byte order of guid, each guid once */
    Vec(ReadMedia) media; /* in byte order of name */
} ReadPackage;

/*
 * Read the package at `path`, which outlives `d`.  All text is UTF-8 afterwards.  False:
 * `d` says why, in one D_PACKAGE_UNREADABLE.  Close it with package_close in any case.
 */
bool package_read(ReadPackage *p, const char *path, Diags *d);
void package_close(ReadPackage *p);

#endif
