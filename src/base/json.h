/*
 * json.h -- values as JSON text.  The only module that knows jansson.
 */
#ifndef DECKBIND_BASE_JSON_H
#define DECKBIND_BASE_JSON_H

#include "base/str.h"

/*
 * Append one value, compact, keys in the order given.  `format` is that of
 * jansson's json_pack: "{s:s%, s:i, s:I, s:b, s:[...], s:n}"; a Str is given to
 * `s%` by JSON_STR.  A value that holds text which is no UTF-8 becomes null.
 */
void json_put(Buf *b, const char *format, ...);

#define JSON_STR(s) ((s).at ? (s).at : ""), (s).n

#endif
