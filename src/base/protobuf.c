/*
 * protobuf.c -- a field is a key, which holds its number and how its value is written.
 */
#include "base/protobuf.h"

enum { VARINT, FIXED64, LENGTH, FIXED32 = 5 }; /* how values are written; 3 and 4 are of the past */

static void put_varint(Buf *b, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_put_char(b, (char)(unsigned char)(n | 0x80));
    buf_put_char(b, (char)(unsigned char)n);
}

static void put_key(Buf *b, uint32_t field, unsigned written)
{
    put_varint(b, (uint64_t)field << 3 | written);
}

void protobuf_put_set(Buf *b, uint32_t field, int64_t number)
{
    put_key(b, field, VARINT);
    put_varint(b, (uint64_t)number);
}

void protobuf_put(Buf *b, uint32_t field, int64_t number)
{
    if (number)
        protobuf_put_set(b, field, number);
}

void protobuf_put_item(Buf *b, uint32_t field, Str bytes)
{
    put_key(b, field, LENGTH);
    put_varint(b, bytes.n);
    buf_put(b, bytes);
}

void protobuf_put_bytes(Buf *b, uint32_t field, Str bytes)
{
    if (bytes.n)
        protobuf_put_item(b, field, bytes);
}

static bool take_varint(Str *s, uint64_t *n)
{
    *n = 0;
    for (unsigned i = 0; i < s->n && i < 10; i++) {
        unsigned char c = (unsigned char)s->at[i];
        *n |= (uint64_t)(c & 0x7F) << 7 * i;
        if (c < 0x80) {
            *s = str_drop(*s, i + 1);
            return true;
        }
    }
    return false;
}

/* A number of `size` bytes, the least significant first. */
static bool take_fixed(Str *s, size_t size, uint64_t *n)
{
    if (s->n < size)
        return false;
    for (size_t i = size; i-- > 0;)
        *n = *n << 8 | (unsigned char)s->at[i];
    *s = str_drop(*s, size);
    return true;
}

static bool take_bytes(Str *s, Str *bytes)
{
    uint64_t n;
    if (!take_varint(s, &n) || n > s->n)
        return false;
    *bytes = str_take(*s, (size_t)n);
    *s = str_drop(*s, (size_t)n);
    return true;
}

static bool take_value(Str *s, unsigned written, ProtobufField *f)
{
    switch (written) {
    case VARINT:
        return take_varint(s, &f->value);
    case FIXED64:
        return take_fixed(s, 8, &f->value);
    case FIXED32:
        return take_fixed(s, 4, &f->value);
    case LENGTH:
        return take_bytes(s, &f->bytes);
    default:
        return false;
    }
}

bool protobuf_next(Str *message, ProtobufField *f)
{
    Str rest = *message;
    uint64_t key;
    *f = (ProtobufField){0};
    bool good = rest.n && take_varint(&rest, &key) && key >> 3 && key >> 3 <= 0x1FFFFFFF
             && take_value(&rest, key & 7, f);
    if (!good)
        return false;
    f->number = (uint32_t)(key >> 3);
    *message = rest;
    return true;
}
