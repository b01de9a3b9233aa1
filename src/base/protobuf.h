/*
 * protobuf.h -- messages of Protocol Buffers, field by field.
 *
 * https://protobuf.dev/programming-guides/encoding/
 */
#ifndef DECKBIND_BASE_PROTOBUF_H
#define DECKBIND_BASE_PROTOBUF_H

#include "base/str.h"

/* Append a field.  Zero and nothing are what a field is without being written. */
void protobuf_put(Buf *b, uint32_t field, int64_t number);
void protobuf_put_bytes(Buf *b, uint32_t field, Str bytes);

/* These are written even so: the items of a list, and fields that may be absent. */
void protobuf_put_set(Buf *b, uint32_t field, int64_t number);
void protobuf_put_item(Buf *b, uint32_t field, Str bytes);

typedef struct ProtobufField {
    uint32_t number;
    uint64_t value; /* of a number; 0 otherwise */
    Str bytes;      /* of a text, bytes, a message or a list; empty otherwise */
} ProtobufField;

/*
 * Take a field off the front of `*message`.  False at its end, and where it is damaged:
 * something is left of it then.
 */
bool protobuf_next(Str *message, ProtobufField *field);

#endif
