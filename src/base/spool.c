/*
 * spool.c -- an unnamed file, mapped once for reading.
 *
 * It is as long as it may become from the start, which costs nothing while it is not written; it
 * is written by calls, since a full disk would kill whoever writes to a mapping.
 */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <unistd.h>

enum { MUCH = 4 * 1024 * 1024 };

static const uint64_t MOST = 64ull << 30; /* far more than any book becomes */

struct Spool {
    int fd;
    char *base;
    size_t most;
    atomic_size_t used, passed; /* bytes that have their room, and that were read */
};

/* Cut the last part off a path; false: there is nothing above it. */
static bool go_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || !slash[1])
        return false;
    slash[slash == path] = '\0';
    return true;
}

/* In the folder, or the nearest above it that is there. */
static int open_unnamed(const char *folder)
{
    enum { HOW = O_TMPFILE | O_RDWR | O_CLOEXEC };
    char *path = strdup(folder);
    if (!path)
        out_of_memory();
    int fd = open(path, HOW, 0600);
    while (fd < 0 && errno == ENOENT && go_up(path))
        fd = open(path, HOW, 0600);
    if (fd < 0 && errno == ENOENT && folder[0] != '/')
        fd = open(".", HOW, 0600);
    free(path);
    return fd;
}

/* What is mapped must not be missing elsewhere, nor what is written. */
static bool is_fit(int fd, size_t spare)
{
    struct statfs s;
    struct rlimit space;
    return MOST <= SIZE_MAX && getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur == RLIM_INFINITY
        && fstatfs(fd, &s) == 0 && s.f_type != TMPFS_MAGIC && s.f_type != RAMFS_MAGIC
        && (uint64_t)s.f_bavail * (uint64_t)s.f_bsize >= spare;
}

Spool *spool_of(int fd, size_t most)
{
    void *base = ftruncate(fd, (off_t)most) == 0 ? mmap(NULL, most, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (base == MAP_FAILED) {
        close(fd);
        return NULL;
    }
    Spool *s = malloc(sizeof *s);
    if (!s)
        out_of_memory();
    *s = (Spool){.fd = fd, .base = base, .most = most};
    return s;
}

Spool *spool_open(const char *folder, size_t spare)
{
    int fd = open_unnamed(folder);
    if (fd < 0 || is_fit(fd, spare))
        return fd < 0 ? NULL : spool_of(fd, (size_t)MOST);
    close(fd);
    return NULL;
}

void spool_close(Spool *s)
{
    if (!s)
        return;
    munmap(s->base, s->most);
    close(s->fd);
    free(s);
}

const char *spool_room(Spool *s, size_t n)
{
    size_t used = s ? atomic_load(&s->used) : 0;
    while (s && n <= s->most - used)
        if (atomic_compare_exchange_weak(&s->used, &used, used + n))
            return s->base + used;
    return NULL;
}

bool spool_write(Spool *s, const char *at, Str bytes)
{
    off_t place = at - s->base;
    while (bytes.n) {
        ssize_t put = pwrite(s->fd, bytes.at, bytes.n, place);
        if (put < 0 && errno == EINTR)
            continue;
        if (put == 0)
            errno = ENOSPC;
        if (put <= 0)
            return false;
        place += put;
        bytes = str_drop(bytes, (size_t)put);
    }
    return true;
}

Str spool_put(Spool *s, Str bytes)
{
    const char *at = spool_room(s, bytes.n);
    return at && spool_write(s, at, bytes) ? (Str){at, bytes.n} : (Str){0};
}

int spool_file(const Spool *s, const char *at, off_t *place)
{
    if (!s || at < s->base || at >= s->base + s->most)
        return -1;
    *place = at - s->base;
    return fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
}

void spool_was_read(Spool *s, size_t n)
{
    size_t before = s ? atomic_fetch_add(&s->passed, n) : 0;
    if (s && before / MUCH != (before + n) / MUCH)
        madvise(s->base, atomic_load(&s->used), MADV_DONTNEED);
}

/* Nothing is sent to the disk for this: what is on its way is waited for. */
bool spool_is_sound(const Spool *s)
{
    return !s || sync_file_range(s->fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE) == 0;
}
