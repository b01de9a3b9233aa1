/*
 * json.c -- jansson builds, prints and reads.  It refuses text that is no UTF-8; its
 * other failures are a bad format, which is a bug, and no memory.
 */
#include "base/json.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>

static int append(const char *bytes, size_t n, void *buf)
{
    buf_put(buf, (Str){bytes, n});
    return 0;
}

void json_put(Buf *b, const char *format, ...)
{
    json_error_t error;
    va_list args;
    va_start(args, format);
    json_t *value = json_vpack_ex(&error, 0, format, args);
    va_end(args);
    if (!value && json_error_code(&error) == json_error_invalid_utf8) {
        buf_puts(b, "null");
        return;
    }
    if (!value) {
        assert(json_error_code(&error) == json_error_out_of_memory);
        out_of_memory();
    }
    json_dump_callback(value, append, b, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
}

Json *json_read(Str text)
{
    return json_loadb(text.n ? text.at : "", text.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

void json_free(Json *value)
{
    json_decref(value);
}

JsonItems json_items(Json *value, Arena *a)
{
    JsonItems items = {0};
    for (void *i = json_object_iter(value); i; i = json_object_iter_next(value, i))
        *vec_push(&items, a) = (JsonItem){str_of(json_object_iter_key(i)), json_object_iter_value(i)};
    for (size_t i = 0; i < json_array_size(value); i++)
        *vec_push(&items, a) = (JsonItem){.value = json_array_get(value, i)};
    return items;
}

Json *json_member(Json *object, const char *key)
{
    return json_object_get(object, key);
}

Str json_text(Json *value)
{
    const char *at = json_string_value(value);
    return at ? (Str){at, json_string_length(value)} : STR("");
}

int64_t json_number(Json *value)
{
    if (json_is_string(value))
        return strtoll(json_string_value(value), NULL, 10);
    double real = json_real_value(value);
    bool fits = real > -9e18 && real < 9e18;
    return json_is_real(value) && fits ? (int64_t)real : json_integer_value(value);
}
