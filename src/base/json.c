/*
 * json.c -- jansson builds and prints.  It refuses text that is no UTF-8; its other
 * failures are a bad format, which is a bug, and no memory.
 */
#include "base/json.h"

#include <assert.h>
#include <jansson.h>

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
