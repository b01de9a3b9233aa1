/*
 * pack.c -- one deflate stream made of blocks that are compressed apart.
 *
 * Each block of 512 KiB starts from the 32 KiB before it as its dictionary and
 * ends on a byte (Z_SYNC_FLUSH), so the joined blocks are one valid stream, and
 * block boundaries, not threads, decide the bytes.
 */
#include "base/pack.h"

#include "base/pool.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

enum { BLOCK = 512 * 1024, DICTIONARY = 32 * 1024, LEVEL = 6 };

typedef struct Block {
    unsigned char *data; /* heap */
    size_t n;
    uLong crc;
} Block;

typedef struct Job {
    Str bytes;
    Block *blocks;
    size_t count;
} Job;

static size_t block_length(const Job *job, size_t i)
{
    size_t left = job->bytes.n - i * BLOCK;
    return left < BLOCK ? left : BLOCK;
}

static void deflate_block(void *context, size_t i, unsigned thread)
{
    (void)thread;
    const Job *job = context;
    size_t n = block_length(job, i);
    const Bytef *in = (const Bytef *)job->bytes.at + i * BLOCK;
    Block *block = &job->blocks[i];
    z_stream z = {0};
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        out_of_memory();
    size_t room = deflateBound(&z, (uLong)n) + 16; /* 16: the flush marker */
    block->data = malloc(room);
    if (!block->data)
        out_of_memory();
    if (i)
        deflateSetDictionary(&z, in - DICTIONARY, DICTIONARY);
    z.next_in = in;
    z.avail_in = (uInt)n;
    z.next_out = block->data;
    z.avail_out = (uInt)room;
    deflate(&z, i + 1 == job->count ? Z_FINISH : Z_SYNC_FLUSH);
    block->n = room - z.avail_out;
    block->crc = crc32(0, n ? in : (const Bytef *)"", (uInt)n);
    deflateEnd(&z);
}

static Str join(Job *job, uint32_t *crc, Arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < job->count; i++)
        n += job->blocks[i].n;
    char *all = arena_new(a, char, n), *to = all;
    uLong sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        Block *b = &job->blocks[i];
        memcpy(to, b->data, b->n);
        to += b->n;
        sum = i ? crc32_combine(sum, b->crc, (z_off_t)block_length(job, i)) : b->crc;
        free(b->data);
    }
    *crc = (uint32_t)sum;
    return (Str){all, n};
}

static uint32_t checksum(Str bytes)
{
    uLong crc = crc32(0, NULL, 0);
    return (uint32_t)(bytes.n ? crc32_z(crc, (const Bytef *)bytes.at, bytes.n) : crc);
}

Packed pack(Str bytes, Packing packing, unsigned threads, Arena *a)
{
    Packed p = {.packing = packing, .data = bytes, .size = bytes.n};
    if (packing == PACK_STORE) {
        p.crc = checksum(bytes);
        return p;
    }
    Job job = {.bytes = bytes, .count = bytes.n ? (bytes.n + BLOCK - 1) / BLOCK : 1};
    job.blocks = calloc(job.count, sizeof *job.blocks);
    if (!job.blocks)
        out_of_memory();
    pool_each(job.count, threads, deflate_block, &job);
    p.data = join(&job, &p.crc, a);
    free(job.blocks);
    return p;
}
