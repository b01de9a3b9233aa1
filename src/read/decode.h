/*
 * decode.h -- which encoding the bytes of a note are in, and their text in UTF-8.
 *
 * Tried in this order: a BOM; strict UTF-8; the pattern of UTF-16 without a BOM;
 * UTF-8 with a few bad bytes, which become U+FFFD and an error; what libuchardet
 * names, among GB18030, Big5, Shift_JIS, EUC-KR and UTF-16; GB18030 where most
 * of the text would be common Chinese.  The only module that knows libuchardet
 * and iconv.
 */
#ifndef DECKBIND_READ_DECODE_H
#define DECKBIND_READ_DECODE_H

#include "base/diag.h"
#include "read/clean.h"

typedef struct Decoded {
    Str text;      /* valid UTF-8 without a BOM; `raw` itself where it is that */
    Survey survey; /* of `text` */
} Decoded;

/* `file` is for messages.  False: `d` says where the first bad byte is. */
bool text_decode(Str raw, Str file, Arena *a, Decoded *decoded, Diags *d);

#endif
