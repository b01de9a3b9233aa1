/*
 * pack.c -- one deflate stream made of blocks that are compressed apart.
 *
 * Each block of 512 KiB ends on a byte (a sync flush), so the blocks in a row are one valid
 * stream, and block boundaries, not threads, decide the bytes.  The stream stays in pieces:
 * it is never in memory twice.
 *
 * zlib can always do this, with the 32 KiB before a block as its dictionary.  ISA-L takes a
 * sixth of the time and an eighth more bytes; libdeflate half the time and fewer bytes.  Where
 * that is found nothing but --reproducible has a dictionary, so that each piece can be
 * unpacked by itself.  It ends the stream with each call, so what is not the last block is
 * opened again: it loses its mark as the last and gets a flush.  Either may be missing.
 */
#include "base/pack.h"

#include "base/hash.h"
#include "base/pool.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>
#ifdef WITH_ISAL
#include <isa-l.h>
#endif
#ifdef WITH_LIBDEFLATE
#include <libdeflate.h>
#endif

enum { BLOCK = 512 * 1024, DICTIONARY = 32 * 1024, PIECE = 16 * 1024 };
enum { LISTS = 128 /* more than those of one piece need */ };
enum { LEVEL = 6, FAST_LEVEL = 1, ISAL_LEVEL = 3 };

typedef struct Block {
    const unsigned char *in;
    size_t n;
    bool first, last;    /* of its stream */
    unsigned char *data; /* while it is deflated */
    size_t room;
    Str piece;
    Arena kept;          /* of the piece */
    bool known;          /* it was packed before */
    uint32_t crc;
} Block;

typedef struct Job {
    Packing packing;
    const Earlier *earlier;
    Spool *spool;
    Block *blocks;
    size_t count;
} Job;

/* CRC-32; `before` is that of what stands before the bytes, 0 at first. */
static uint32_t checksum(uint32_t before, const void *at, size_t n)
{
#ifdef WITH_LIBDEFLATE
    return libdeflate_crc32(before, at, n);
#else
    return (uint32_t)crc32_z(before, at, n);
#endif
}

/* Each of these deflates a block into its room.  How many bytes; 0: it cannot. */

static size_t deflate_with_zlib(const Block *b, int level, bool dictionary)
{
    z_stream z = {0};
    if (deflateInit2(&z, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        out_of_memory();
    if (dictionary && !b->first)
        deflateSetDictionary(&z, b->in - DICTIONARY, DICTIONARY);
    z.next_in = b->in;
    z.avail_in = (uInt)b->n;
    z.next_out = b->data;
    z.avail_out = (uInt)b->room;
    deflate(&z, b->last ? Z_FINISH : Z_SYNC_FLUSH);
    deflateEnd(&z);
    return z.total_out;
}

#ifdef WITH_ISAL
static size_t deflate_with_isal(const Block *b)
{
    struct isal_zstream *z = malloc(sizeof *z);
    uint8_t *work = malloc(ISAL_DEF_LVL3_DEFAULT);
    if (!z || !work)
        out_of_memory();
    isal_deflate_init(z);
    z->level = ISAL_LEVEL;
    z->level_buf = work;
    z->level_buf_size = ISAL_DEF_LVL3_DEFAULT;
    z->end_of_stream = b->last;
    z->flush = b->last ? NO_FLUSH : SYNC_FLUSH;
    z->next_in = (uint8_t *)(uintptr_t)b->in;
    z->avail_in = (uint32_t)b->n;
    z->next_out = b->data;
    z->avail_out = (uint32_t)b->room;
    bool done = isal_deflate(z) == COMP_OK && z->avail_out > 0;
    size_t n = done ? z->total_out : 0;
    free(work);
    free(z);
    return n;
}

static void tell_fast(Buf *to)
{
    buf_printf(to, "ISA-L %d.%d.%d", ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION);
}
#else
static size_t deflate_with_isal(const Block *b)
{
    (void)b;
    return 0;
}

static void tell_fast(Buf *to)
{
    buf_printf(to, "zlib %s; built without ISA-L", zlibVersion());
}
#endif

/* Bytes before packing. */
static size_t piece_size(const Packed *p, size_t i)
{
    return i + 1 < p->count ? BLOCK : p->size - i * BLOCK;
}

/* The checksum of all, from those of the pieces. */
static uint32_t joined(const Packed *p)
{
    uLong crc = p->crcs[0];
    for (size_t i = 1; i < p->count; i++)
        crc = crc32_combine(crc, p->crcs[i], (z_off_t)piece_size(p, i));
    return (uint32_t)crc;
}

/* Whether the pieces hold as many bytes as is said, with the same sum. */
static bool unpacks_as_one(const Packed *p)
{
    unsigned char piece[PIECE];
    z_stream z = {0};
    uint32_t crc = 0;
    size_t given = 0, n = 0;
    int state = Z_OK;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        out_of_memory();
    while (state == Z_OK && n <= p->size) {
        if (!z.avail_in && given < p->count) {
            z.next_in = (const unsigned char *)p->pieces[given].at;
            z.avail_in = (uInt)p->pieces[given++].n;
        }
        z.next_out = piece;
        z.avail_out = PIECE;
        state = inflate(&z, Z_NO_FLUSH);
        crc = checksum(crc, piece, PIECE - z.avail_out);
        n += PIECE - z.avail_out;
    }
    inflateEnd(&z);
    return state == Z_STREAM_END && !z.avail_in && given == p->count && n == p->size && crc == p->crc;
}

#ifdef WITH_LIBDEFLATE
enum { APART = true }; /* each piece is unpacked by itself */

/* In bits, where the last of the parts of a stream begins and where it ends; zlib stops between two. */
static bool find_last_part(const unsigned char *data, size_t n, size_t *from, size_t *to)
{
    enum { AT_END = 128, BITS_LEFT = 7 }; /* of z_stream.data_type */
    unsigned char piece[PIECE];
    z_stream z = {.next_in = data, .avail_in = (uInt)n};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        out_of_memory();
    int state;
    *from = *to = 0;
    do {
        z.next_out = piece;
        z.avail_out = PIECE;
        state = inflate(&z, Z_BLOCK);
        if (state == Z_OK && (z.data_type & AT_END)) {
            *from = *to;
            *to = 8 * z.total_in - (unsigned)(z.data_type & BITS_LEFT);
        }
    } while (state == Z_OK);
    inflateEnd(&z);
    return state == Z_STREAM_END;
}

/* Let more follow: no part is the last, and an empty one that is stored ends on a byte. */
static size_t open_again(unsigned char *data, size_t n, size_t room)
{
    enum { HEAD = 3 }; /* bits: not the last, stored */
    static const unsigned char lengths[] = {0, 0, 0xFF, 0xFF};
    size_t from, to;
    if (n + 1 + sizeof lengths > room || !find_last_part(data, n, &from, &to))
        return 0;
    data[from / 8] &= (unsigned char)~(1U << from % 8);
    data[n] = 0; /* where the head does not fit into the bits that are left, which are 0 */
    n = (to + HEAD + 7) / 8;
    memcpy(data + n, lengths, sizeof lengths);
    return n + sizeof lengths;
}

static size_t deflate_with_libdeflate(const Block *b)
{
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(LEVEL);
    if (!z)
        out_of_memory();
    size_t n = libdeflate_deflate_compress(z, b->in, b->n, b->data, b->room);
    libdeflate_free_compressor(z);
    return n && !b->last ? open_again(b->data, n, b->room) : n;
}

/* A piece after which more is to come, with an end: stored, the last, and empty.  To be freed. */
static char *end_piece(Str *piece)
{
    static const char end[] = {1, 0, 0, '\xFF', '\xFF'};
    char *whole = malloc(piece->n + sizeof end);
    if (!whole)
        out_of_memory();
    memcpy(whole, piece->at, piece->n);
    memcpy(whole + piece->n, end, sizeof end);
    *piece = (Str){whole, piece->n + sizeof end};
    return whole;
}

/* The `size` bytes that the piece, which needs no dictionary, unpacks to; to be freed.  NULL: it does not. */
static char *unpack_piece(Str piece, bool last, size_t size)
{
    size_t used, n;
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    char *to = malloc(size + 1), *ended = last ? NULL : end_piece(&piece);
    if (!z || !to)
        out_of_memory();
    bool done = libdeflate_deflate_decompress_ex(z, piece.at, piece.n, to, size, &used, &n) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(z);
    free(ended);
    if (done && used == piece.n && n == size)
        return to;
    free(to);
    return NULL;
}

static bool unpacks_in_pieces(const Packed *p, size_t i)
{
    size_t size = piece_size(p, i);
    char *bytes = unpack_piece(p->pieces[i], i + 1 == p->count, size);
    bool same = bytes && checksum(0, bytes, size) == p->crcs[i];
    free(bytes);
    return same;
}

/* Whether another piece may follow: all of it is read, no bit is left over, and the stream goes on. */
static bool stays_open(Str piece, size_t size)
{
    enum { BETWEEN_PARTS = 128 }; /* of z_stream.data_type: it has neither the mark of the last nor bits */
    unsigned char out[PIECE];
    z_stream z = {.next_in = (const unsigned char *)piece.at, .avail_in = (uInt)piece.n};
    int state = Z_OK;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        out_of_memory();
    while (state == Z_OK && z.avail_in && z.total_out <= size) {
        z.next_out = out;
        z.avail_out = PIECE;
        state = inflate(&z, Z_NO_FLUSH);
    }
    bool open = state == Z_OK && !z.avail_in && z.total_out == size && z.data_type == BETWEEN_PARTS;
    inflateEnd(&z);
    return open;
}

static bool unpacks_to(Str piece, const Block *b)
{
    char *bytes = b->last || stays_open(piece, b->n) ? unpack_piece(piece, b->last, b->n) : NULL;
    bool same = bytes && memcmp(bytes, b->in, b->n) == 0;
    free(bytes);
    return same;
}

static void tell_default(Buf *to)
{
    buf_printf(to, "libdeflate " LIBDEFLATE_VERSION_STRING);
}
#else
enum { APART = false };

static size_t deflate_with_libdeflate(const Block *b)
{
    (void)b;
    return 0;
}

static bool unpacks_in_pieces(const Packed *p, size_t i)
{
    (void)i;
    return unpacks_as_one(p);
}

static bool unpacks_to(Str piece, const Block *b)
{
    (void)piece;
    (void)b;
    return false;
}

static void tell_default(Buf *to)
{
    buf_printf(to, "zlib %s; built without libdeflate", zlibVersion());
}
#endif

/* Whether a block is packed the same wherever it stands. */
static bool stands_alone(Packing packing)
{
    return APART && (packing == PACK_DEFLATE || packing == PACK_FAST);
}

static size_t take_from_earlier(const Job *job, const Block *b)
{
    if (!job->earlier || !stands_alone(job->packing))
        return 0;
    size_t n = earlier_find(job->earlier, b->crc, b->n, b->data, b->room);
    return n && unpacks_to((Str){(char *)b->data, n}, b) ? n : 0;
}

/* Most streams are one piece, and short. */
static void keep(Block *b, Spool *spool, Str packed)
{
    b->piece = spool_put(spool, packed);
    arena_reserve(&b->kept, LISTS + (b->piece.at ? 0 : packed.n));
    if (!b->piece.at)
        b->piece = str_copy(&b->kept, packed);
}

static void deflate_block(void *context, size_t i, unsigned thread)
{
    (void)thread;
    const Job *job = context;
    Block *b = &job->blocks[i];
    bool fast = job->packing == PACK_FAST;
    b->room = compressBound((uLong)b->n) + 64; /* 64: for the end of the stream, or a flush */
    b->data = malloc(b->room);
    if (!b->data)
        out_of_memory();
    b->crc = checksum(0, b->in, b->n);
    size_t n = take_from_earlier(job, b);
    b->known = n > 0;
    if (!n && fast)
        n = deflate_with_isal(b);
    else if (!n && job->packing == PACK_DEFLATE)
        n = deflate_with_libdeflate(b);
    if (!n)
        n = deflate_with_zlib(b, fast ? FAST_LEVEL : LEVEL, !APART || job->packing == PACK_ZLIB);
    keep(b, job->spool, (Str){(char *)b->data, n});
    spool_was_read(job->spool, b->n); /* what is packed may lie there, too */
    free(b->data);
}

/* The bytes in blocks, at least one. */
static Job cut(Str bytes, Packing packing)
{
    Job job = {.packing = packing, .count = bytes.n ? (bytes.n + BLOCK - 1) / BLOCK : 1};
    job.blocks = calloc(job.count, sizeof *job.blocks);
    if (!job.blocks)
        out_of_memory();
    for (size_t i = 0; i < job.count; i++) {
        Str rest = str_drop(bytes, i * BLOCK);
        job.blocks[i] = (Block){.in = (const unsigned char *)rest.at, .n = str_take(rest, BLOCK).n,
                                .first = i == 0, .last = i + 1 == job.count};
    }
    return job;
}

static void join(const Job *job, Packed *p, Arena *a)
{
    Arena *lists = job->count == 1 ? &job->blocks->kept : a;
    p->count = job->count;
    p->known = true;
    p->pieces = arena_new(lists, Str, job->count);
    p->crcs = arena_new(lists, uint32_t, job->count);
    for (size_t i = 0; i < job->count; i++) {
        Block *b = &job->blocks[i];
        p->pieces[i] = b->piece;
        p->crcs[i] = b->crc;
        p->known = p->known && b->known;
        p->packed += b->piece.n;
        arena_take(a, &b->kept);
    }
    p->crc = joined(p);
}

static Packed store(Str bytes, Arena *a)
{
    Packed p = {.packing = PACK_STORE, .size = bytes.n, .packed = bytes.n, .count = 1,
                .crc = checksum(0, bytes.at, bytes.n)};
    p.pieces = arena_new(a, Str, 1);
    p.crcs = arena_new(a, uint32_t, 1);
    p.pieces[0] = bytes;
    p.crcs[0] = p.crc;
    return p;
}

Packed pack_again(Str bytes, Packing packing, const Earlier *earlier, Spool *spool, unsigned threads, Arena *a)
{
    if (packing == PACK_STORE)
        return store(bytes, a);
    Packed p = {.packing = packing, .size = bytes.n};
    Job job = cut(bytes, packing);
    job.earlier = earlier;
    job.spool = spool;
    pool_each(job.count, threads, deflate_block, &job);
    join(&job, &p, a);
    free(job.blocks);
    return p;
}

Packed pack(Str bytes, Packing packing, unsigned threads, Arena *a)
{
    return pack_again(bytes, packing, NULL, NULL, threads, a);
}

Packed pack_lists(const Packed *p, Arena *a)
{
    Packed same = *p;
    same.pieces = arena_new(a, Str, p->count);
    same.crcs = arena_new(a, uint32_t, p->count);
    memcpy(same.pieces, p->pieces, p->count * sizeof *p->pieces);
    memcpy(same.crcs, p->crcs, p->count * sizeof *p->crcs);
    return same;
}

void pack_tell(const Packed *p, const char *product, Earlier *earlier)
{
    for (size_t i = 0; earlier && i < p->count && stands_alone(p->packing); i++)
        earlier_tell(earlier, p->crcs[i], piece_size(p, i), (size_t)(p->pieces[i].at - product), p->pieces[i].n);
}

uint64_t pack_way(Packing packing)
{
    enum { LENGTH = 32 * 1024, FRESH = 12, REACH = 8 * 1024 };
    Arena a = {0};
    char *text = arena_new(&a, char, LENGTH);
    for (size_t n = 0, k = 0; n < LENGTH; k++) { /* a few new letters, then some from before: much to choose from */
        uint64_t dice = hash_mix(k + 1);
        size_t fresh = dice % FRESH, again = dice / FRESH % (4 * FRESH), back = 1 + dice / 1024 % REACH;
        for (size_t i = 0; i < fresh && n < LENGTH; i++, n++)
            text[n] = (char)('a' + hash_mix(dice + i) % 16);
        for (size_t i = 0; i < again && n < LENGTH && back <= n; i++, n++)
            text[n] = text[n - back];
    }
    Packed p = pack((Str){text, LENGTH}, packing, 1, &a);
    uint64_t way = hash_quick(p.pieces[0]);
    arena_free(&a);
    return way;
}

size_t pack_parts(const Packed *p)
{
    return stands_alone(p->packing) ? p->count : 1;
}

bool pack_part_is_whole(const Packed *p, size_t part)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count && !part; i++)
        n += p->pieces[i].n;
    if (!part && n != p->packed)
        return false;
    if (p->packing == PACK_STORE)
        return n == p->size && checksum(0, p->pieces[0].at, n) == p->crc;
    if (!APART || (!stands_alone(p->packing) && p->count > 1))
        return unpacks_as_one(p);
    return (part || joined(p) == p->crc) && unpacks_in_pieces(p, part);
}

Str pack_libraries(Packing packing, Arena *a)
{
    Buf told = {.arena = a};
    (packing == PACK_FAST ? tell_fast : tell_default)(&told);
    return buf_str(&told);
}
