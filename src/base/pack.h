/*
 * pack.h -- members of an archive: deflated or stored, with their checksum.
 *
 * The only module that knows zlib, libdeflate and ISA-L.  The packed bytes depend on the
 * input and on these libraries, not on the number of threads.
 */
#ifndef DECKBIND_BASE_PACK_H
#define DECKBIND_BASE_PACK_H

#include "base/earlier.h"
#include "base/spool.h"
#include "base/str.h"

#include <stdint.h>

typedef enum {
    PACK_DEFLATE, /* by libdeflate, where the program was built with it */
    PACK_ZLIB,    /* deflate as tightly, by zlib whatever the program was built with */
    PACK_FAST,    /* deflate loosely: by ISA-L, where the program was built with it */
    PACK_STORE,
} Packing;

typedef struct Packed {
    Packing packing;
    Str *pieces;  /* one after the other: a raw deflate stream, or the bytes themselves */
    uint32_t *crcs; /* of what each unpacks to */
    size_t count; /* of the pieces */
    size_t packed, size; /* bytes of the pieces; and before packing */
    uint32_t crc; /* CRC-32 of them, as zip wants it */
    bool known;   /* all of it lay in an earlier product, byte for byte */
} Packed;

/* Deflate `bytes` into `a` on up to `threads` threads; PACK_STORE keeps a view of them. */
Packed pack(Str bytes, Packing packing, unsigned threads, Arena *a);

/* The same; what `earlier` has of it is not deflated again, and where `spool` has room the pieces lie there. */
Packed pack_again(Str bytes, Packing packing, const Earlier *earlier, Spool *spool, unsigned threads, Arena *a);

/* The same pieces, with lists of them that are in `a`. */
Packed pack_lists(const Packed *p, Arena *a);

/* Tell `earlier`, which may be NULL, where the pieces lie in a product that begins at `product`. */
void pack_tell(const Packed *p, const char *product, Earlier *earlier);

/* A hash of how a text is packed: the same where the same libraries do it. */
uint64_t pack_way(Packing packing);

/*
 * Whether it unpacks to as many bytes as it says, with the same checksum: it does where each of
 * its parts does, which may be asked on threads of their own.
 */
size_t pack_parts(const Packed *p);
bool pack_part_is_whole(const Packed *p, size_t part);

/* What deflates by PACK_DEFLATE or PACK_FAST, for people. */
Str pack_libraries(Packing packing, Arena *a);

#endif
