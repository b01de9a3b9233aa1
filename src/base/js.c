/*
 * js.c -- Duktape, kept from taking all memory and from stopping the program.
 *
 * Duktape's strings are CESU-8: what needs four bytes in UTF-8 is a pair of surrogates of
 * three bytes each.  Every step that may throw runs inside duk_safe_call.
 */
#include "base/js.h"

#include "base/utf8.h"

#include <duktape.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_MEMORY = 64 * 1024 * 1024 }; /* bytes of one engine */

struct Js {
    duk_context *context;
    size_t used;
    char error[200];
};

/* Before each allocation: its size. */
typedef union Header {
    size_t size;
    max_align_t align;
} Header;

static void *reallocate(void *udata, void *p, duk_size_t size)
{
    Js *js = udata;
    Header *old = p ? (Header *)p - 1 : NULL, *h = NULL;
    size_t had = old ? old->size : 0;
    if (size && js->used - had + size <= MOST_MEMORY)
        h = realloc(old, sizeof *h + size);
    else if (!size)
        free(old);
    if (size && !h)
        return NULL;
    js->used = js->used - had + size;
    if (!h)
        return NULL;
    h->size = size;
    return h + 1;
}

static void *allocate(void *udata, duk_size_t size)
{
    return reallocate(udata, NULL, size);
}

static void release(void *udata, void *p)
{
    reallocate(udata, p, 0);
}

/* Nothing gets here that duk_safe_call can catch. */
static _Noreturn void stop(void *udata, const char *message)
{
    (void)udata;
    (void)message;
    out_of_memory();
}

Js *js_new(void)
{
    Js *js = calloc(1, sizeof *js);
    if (!js)
        out_of_memory();
    js->context = duk_create_heap(allocate, reallocate, release, js, stop);
    if (!js->context)
        out_of_memory();
    return js;
}

void js_free(Js *js)
{
    if (!js)
        return;
    duk_destroy_heap(js->context);
    free(js);
}

const char *js_error(const Js *js)
{
    return js->error;
}

static void put_surrogate(Buf *b, uint32_t code)
{
    const char bytes[] = {(char)(0xE0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3F)), (char)(0x80 | (code & 0x3F))};
    buf_put(b, (Str){bytes, sizeof bytes});
}

static Str to_cesu(Str s, Arena *a)
{
    size_t i = 0, n;
    while (i < s.n && (unsigned char)s.at[i] < 0xF0)
        i++;
    if (i == s.n)
        return s;
    Buf b = {.arena = a};
    for (i = 0; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (code < 0x10000) {
            buf_put(&b, (Str){s.at + i, n});
        } else {
            put_surrogate(&b, 0xD800 + ((code - 0x10000) >> 10));
            put_surrogate(&b, 0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
    return buf_str(&b);
}

/* The surrogate of three bytes at `i`; 0 where none is. */
static uint32_t surrogate_at(Str s, size_t i)
{
    if (i + 3 > s.n || (unsigned char)s.at[i] != 0xED || (unsigned char)s.at[i + 1] < 0xA0)
        return 0;
    return 0xD000 | (uint32_t)((unsigned char)s.at[i + 1] & 0x3F) << 6 | ((unsigned char)s.at[i + 2] & 0x3F);
}

static Str from_cesu(Str s, Arena *a)
{
    Buf b = {.arena = a};
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint32_t high = surrogate_at(s, i), low = high ? surrogate_at(s, i + 3) : 0;
        if (!high)
            continue;
        bool pair = high < 0xDC00 && low >= 0xDC00;
        buf_put(&b, (Str){s.at + done, i - done});
        utf8_put(&b, pair ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD);
        i += pair ? 5 : 2;
        done = i + 1;
    }
    buf_put(&b, str_drop(s, done));
    return buf_str(&b);
}

static bool failed(Js *js, duk_int_t code)
{
    if (code != DUK_EXEC_SUCCESS)
        snprintf(js->error, sizeof js->error, "%s", duk_safe_to_string(js->context, -1));
    return code != DUK_EXEC_SUCCESS;
}

typedef struct Program {
    Str text;
    const char *name;
} Program;

static duk_ret_t run(duk_context *context, void *udata)
{
    const Program *p = udata;
    duk_push_string(context, p->name);
    duk_compile_lstring_filename(context, 0, p->text.at, p->text.n);
    duk_call(context, 0);
    return 1;
}

bool js_run(Js *js, Str program, const char *name)
{
    Arena scratch = {0};
    Program p = {to_cesu(program, &scratch), name};
    bool bad = failed(js, duk_safe_call(js->context, run, &p, 0, 1));
    duk_pop(js->context);
    arena_free(&scratch);
    return !bad;
}

typedef struct Call {
    const char *function;
    const Str *arguments;
    size_t n;
} Call;

static duk_ret_t call(duk_context *context, void *udata)
{
    const Call *c = udata;
    duk_require_stack(context, (duk_idx_t)c->n + 2);
    duk_get_global_string(context, c->function);
    for (size_t i = 0; i < c->n; i++)
        duk_push_lstring(context, c->arguments[i].at ? c->arguments[i].at : "", c->arguments[i].n);
    duk_call(context, (duk_idx_t)c->n);
    duk_require_string(context, -1);
    return 1;
}

Str js_call(Js *js, const char *function, const Str *arguments, size_t n, Arena *a)
{
    Arena scratch = {0};
    Str *given = arena_new(&scratch, Str, n + 1), result = {0};
    for (size_t i = 0; i < n; i++)
        given[i] = to_cesu(arguments[i], &scratch);
    Call c = {function, given, n};
    if (!failed(js, duk_safe_call(js->context, call, &c, 0, 1))) {
        Str text = {0};
        text.at = duk_get_lstring(js->context, -1, &text.n);
        result = from_cesu(text, a);
    }
    duk_pop(js->context);
    arena_free(&scratch);
    return result;
}
