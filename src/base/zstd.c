/*
 * zstd.c -- libzstd, one call to pack and one stream to unpack.
 *
 * The size that a frame claims is not believed: the bytes are counted as they come.
 * libzstd itself refuses a frame that wants more than 128 MiB to look back into.
 */
#include "base/zstd.h"

#include <stdlib.h>
#include <zstd.h>

enum { LEVEL = 3, PIECE = 128 * 1024 };

Str zstd_pack(Str bytes, Arena *a)
{
    size_t room = ZSTD_compressBound(bytes.n);
    char *to = arena_new(a, char, room);
    size_t n = ZSTD_compress(to, room, bytes.n ? bytes.at : "", bytes.n, LEVEL);
    if (ZSTD_isError(n)) /* the room is enough and the level is one, so it is memory */
        out_of_memory();
    return (Str){to, n};
}

static const char *unpack(ZSTD_DStream *z, Str packed, size_t most, char *piece, Buf *b)
{
    ZSTD_inBuffer in = {packed.at, packed.n, 0};
    size_t left = packed.n ? 1 : 0; /* of the frame; 0 at its end */
    bool filled = false;            /* more may come without more being read */
    while (in.pos < in.size || (left && filled)) {
        ZSTD_outBuffer out = {piece, PIECE, 0};
        left = ZSTD_decompressStream(z, &out, &in);
        if (ZSTD_isError(left))
            return "its Zstandard stream is damaged";
        if (out.pos > most - b->n)
            return "it unpacks to more than it may";
        buf_put(b, (Str){piece, out.pos});
        filled = out.pos == out.size;
    }
    return left || !packed.n ? "its Zstandard stream is cut off" : NULL;
}

const char *zstd_unpack(Str packed, size_t most, Arena *a, Str *bytes)
{
    Buf b = {.arena = a};
    ZSTD_DStream *z = ZSTD_createDStream();
    char *piece = malloc(PIECE);
    if (!z || !piece)
        out_of_memory();
    const char *wrong = unpack(z, packed, most, piece, &b);
    *bytes = buf_str(&b);
    free(piece);
    ZSTD_freeDStream(z);
    return wrong;
}
