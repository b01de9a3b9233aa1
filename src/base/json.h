/*
 * json.h -- values as JSON text, and back.  The only module that knows jansson.
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

/* A value that was read; it belongs to the one around it. */
typedef struct json_t Json;

/* The whole text as one value, to be freed.  NULL: it is no JSON, or nested absurdly deep. */
Json *json_read(Str text);
void json_free(Json *value);

typedef struct JsonItem {
    Str key; /* empty in a list */
    Json *value;
} JsonItem;

typedef Vec(JsonItem) JsonItems;

/* What is in an object or a list, in order; nothing for any other value.  In `a`. */
JsonItems json_items(Json *value, Arena *a);

/* The member of an object; NULL where there is none, or no object. */
Json *json_member(Json *object, const char *key);

/* Empty and 0 for values of another kind; a number may be written as a text too. */
Str json_text(Json *value);
int64_t json_number(Json *value);

#define JSON_STR(s) ((s).at ? (s).at : ""), (s).n

#endif
