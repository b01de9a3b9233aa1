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

#endif
