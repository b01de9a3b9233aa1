/*
 * hash.c -- libmd, in one call each.
 */
#include "base/hash.h"

#include <endian.h>
#include <string.h>
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

/* Eight bytes, the least significant first. */
static uint64_t mix_word(uint64_t hash, const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return hash_mix(hash ^ le64toh(word)) + (hash >> 32);
}

uint64_t hash_quick(Str s)
{
    uint64_t hash = hash_mix(s.n);
    for (; s.n >= 8; s = str_drop(s, 8))
        hash = mix_word(hash, s.at);
    if (s.n) {
        char last[8] = {0};
        memcpy(last, s.at, s.n);
        hash = mix_word(hash, last);
    }
    return hash_mix(hash);
}
