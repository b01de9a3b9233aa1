/*
 * hash.c -- libmd, in one call each.
 */
#include "base/hash.h"

#include <sys/types.h>

#include <sha1.h>
#include <sha2.h>

void hash_sha1(Str s, unsigned char digest[SHA1_BYTES])
{
    SHA1_CTX context;
    SHA1Init(&context);
    SHA1Update(&context, (const uint8_t *)s.at, s.n);
    SHA1Final(digest, &context);
}

uint64_t hash64(Str s)
{
    SHA2_CTX context;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)s.at, s.n);
    SHA256Final(digest, &context);
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | digest[i];
    return value;
}

uint64_t hash_quick(Str s)
{
    uint64_t hash = hash_mix(s.n);
    for (size_t i = 0; i < s.n;) {
        uint64_t word = 0;
        for (int k = 0; k < 8 && i < s.n; k++)
            word |= (uint64_t)(unsigned char)s.at[i++] << (8 * k);
        hash = hash_mix(hash ^ word) + (hash >> 32);
    }
    return hash_mix(hash);
}
