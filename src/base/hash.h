/*
 * hash.h -- digests.  The only module that knows libmd.
 */
#ifndef DECKBIND_BASE_HASH_H
#define DECKBIND_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

enum { SHA1_BYTES = 20 };

void hash_sha1(Str s, unsigned char digest[SHA1_BYTES]);

/* The first eight bytes of SHA-256, the most significant first. */
uint64_t hash64(Str s);

/*
 * For telling whether a text changed, not for names that somebody might forge: many times
 * faster.  The same on every machine.
 */
uint64_t hash_quick(Str s);

/* Spreads the bits of a number over all of another. */
static inline uint64_t hash_mix(uint64_t x)
{
    x = (x ^ x >> 31) * 0x7FB5D329728EA185;
    return (x ^ x >> 27) * 0x81DADEF4BC2DD44D;
}

#endif
