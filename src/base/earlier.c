/*
 * earlier.c -- a memo (memo.h): a block is asked for by its sum and size, and answered with
 * "place length product"; a product by its name, with "=" and its state (file.h).
 */
#include "base/earlier.h"

#include "base/cache.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define CACHE_FILE "packed"

enum { MOST_PRODUCTS = 16 };

/* A product of an earlier build, as it was left. */
typedef struct Kept {
    Str name;
    int fd;
} Kept;

struct Earlier {
    Arena arena;
    const char *folder;
    uint64_t way;
    AnswerVec answers;
    Memo before; /* of these alone */
    Kept kept[MOST_PRODUCTS];
    size_t kept_count;
    Memo now;
    Buf line; /* scratch */
    StrVec made; /* names of the products of this build, the last being at hand */
};

static uint64_t question_of(const Earlier *e, uint32_t crc, size_t size)
{
    return hash_mix(e->way ^ ((uint64_t)crc << 32 | (uint32_t)size));
}

static const char *path_of(Earlier *e, Str name)
{
    return file_path(&e->arena, str_of(e->folder), name);
}

static bool is_as_left(Earlier *e, Str name)
{
    Str state = memo_find(&e->before, hash64(name));
    return str_eat(&state, STR("=")) && str_find_char(name, '/') == STR_NONE
        && str_eq(state, file_state(path_of(e, name), &e->arena));
}

/* Hold on to what the products are now: they are replaced, not written over. */
static void keep_product(Earlier *e, Str name)
{
    for (size_t i = 0; i < e->kept_count; i++)
        if (str_eq(e->kept[i].name, name))
            return;
    if (e->kept_count == MOST_PRODUCTS)
        return;
    int fd = is_as_left(e, name) ? open(path_of(e, name), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    e->kept[e->kept_count++] = (Kept){name, fd};
}

/* "place length product"; false: it is none. */
static bool read_place(Str answer, size_t *at, size_t *n, Str *product)
{
    char *end;
    *at = strtoull(answer.at, &end, 10);
    *n = strtoull(end, &end, 10);
    size_t read = (size_t)(end - answer.at);
    *product = str_trim(str_drop(answer, read));
    return read < answer.n && *n && product->n;
}

Earlier *earlier_open(const char *folder, uint64_t way)
{
    Arena arena = {0};
    Earlier *e = arena_new(&arena, Earlier, 1);
    *e = (Earlier){.arena = arena, .folder = folder, .way = way};
    memo_read(cache_read(folder, STR(CACHE_FILE), &e->arena), &e->answers, &e->arena);
    e->before = (Memo){.arena = &e->arena, .earlier = &e->answers};
    e->now = (Memo){.arena = &e->arena};
    e->line.arena = &e->arena;
    for (size_t i = 0; i < e->answers.n; i++) {
        size_t at, n;
        Str product;
        if (read_place(e->answers.at[i].text, &at, &n, &product))
            keep_product(e, product);
    }
    return e;
}

void earlier_close(Earlier *e)
{
    for (size_t i = 0; e && i < e->kept_count; i++)
        if (e->kept[i].fd >= 0)
            close(e->kept[i].fd);
    Arena arena = e ? e->arena : (Arena){0}; /* which holds it */
    arena_free(&arena);
}

static int descriptor_of(const Earlier *e, Str product)
{
    for (size_t i = 0; i < e->kept_count; i++)
        if (str_eq(e->kept[i].name, product))
            return e->kept[i].fd;
    return -1;
}

static bool read_all(int fd, unsigned char *to, size_t n, size_t at)
{
    ssize_t got = 0;
    while (n && ((got = pread(fd, to, n, (off_t)at)) > 0 || (got < 0 && errno == EINTR))) {
        size_t more = got > 0 ? (size_t)got : 0;
        to += more;
        at += more;
        n -= more;
    }
    return !n;
}

size_t earlier_find(const Earlier *e, uint32_t crc, size_t size, unsigned char *to, size_t room)
{
    size_t at, n;
    Str product, answer = e ? memo_find(&e->before, question_of(e, crc, size)) : (Str){0};
    if (!answer.at || !read_place(answer, &at, &n, &product) || n > room)
        return 0;
    int fd = descriptor_of(e, product);
    return fd >= 0 && read_all(fd, to, n, at) ? n : 0;
}

void earlier_product(Earlier *e, Str name)
{
    if (e)
        *vec_push(&e->made, &e->arena) = str_copy(&e->arena, name);
}

void earlier_tell(Earlier *e, uint32_t crc, size_t size, size_t at, size_t n)
{
    if (!e->made.n)
        return;
    uint64_t question = question_of(e, crc, size);
    if (memo_find(&e->now, question).at)
        return;
    e->line.n = 0;
    buf_printf(&e->line, "%zu %zu %.*s", at, n, STR_ARG(e->made.at[e->made.n - 1]));
    memo_add(&e->now, question, buf_str(&e->line));
}

static bool is_made(const Earlier *e, Str product)
{
    bool made = false;
    for (size_t i = 0; i < e->made.n; i++)
        made = made || str_eq(e->made.at[i], product);
    return made;
}

/* Of products that this build did not make, and that are still there. */
static AnswerVec others_of(Earlier *e)
{
    AnswerVec others = {0};
    for (size_t i = 0; i < e->answers.n; i++) {
        size_t at, n;
        Str product;
        bool place = read_place(e->answers.at[i].text, &at, &n, &product);
        if (place && !is_made(e, product) && descriptor_of(e, product) >= 0)
            *vec_push(&others, &e->arena) = e->answers.at[i];
    }
    return others;
}

/* By which `name` is believed from now on. */
static void tell_state(Earlier *e, Str name)
{
    Buf state = {.arena = &e->arena};
    buf_puts(&state, "=");
    buf_put(&state, file_state(path_of(e, name), &e->arena));
    memo_add(&e->now, hash64(name), buf_str(&state));
}

void earlier_save(Earlier *e)
{
    AnswerVec others = others_of(e);
    for (size_t i = 0; i < e->made.n; i++)
        tell_state(e, e->made.at[i]);
    for (size_t i = 0; i < e->kept_count; i++)
        if (e->kept[i].fd >= 0 && !is_made(e, e->kept[i].name))
            tell_state(e, e->kept[i].name);
    const Memo *now = &e->now;
    cache_write(e->folder, STR(CACHE_FILE), memo_write(&others, &now, 1, &e->arena), &e->arena);
}
