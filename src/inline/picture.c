/*
 * picture.c -- opening a file that the notes name, and nothing but that.
 *
 * Notes may come from anybody.  The kernel is asked to stay below the folder
 * (openat2, Linux 5.6); where it cannot, the path is walked name by name and no
 * link is followed, which is the same as no name is "..".
 */
#include "inline/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OPEN_FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW };

static int open_step(int parent, Str step, int flags)
{
    char name[256];
    if (!step.n || step.n >= sizeof name || str_eq(step, STR(".."))) {
        errno = ENOENT;
        return -1;
    }
    memcpy(name, step.at, step.n);
    name[step.n] = '\0';
    return openat(parent, name, flags);
}

int picture_open_by_name(int folder, Str path)
{
    int fd = dup(folder);
    while (fd >= 0 && path.n) {
        int parent = fd;
        Str step = str_cut(&path, '/');
        fd = open_step(parent, step, path.n ? OPEN_FLAGS | O_DIRECTORY : OPEN_FLAGS);
        int error = errno;
        close(parent);
        errno = error;
    }
    return fd;
}

/* `path` ends in NUL. */
static int open_below(int folder, Str path)
{
    struct open_how how = {
        .flags = OPEN_FLAGS,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    long fd = syscall(SYS_openat2, folder, path.at, &how, sizeof how);
    bool unknown = fd < 0 && (errno == ENOSYS || errno == EPERM || errno == EINVAL);
    return unknown ? picture_open_by_name(folder, path) : (int)fd;
}

static bool fill(int fd, char *at, size_t n)
{
    while (n) {
        ssize_t got = read(fd, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static PictureState read_all(int fd, Arena *a, Str *bytes)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return PICTURE_MISSING;
    if (st.st_size > PICTURE_MOST)
        return PICTURE_LARGE;
    size_t n = (size_t)st.st_size;
    char *at = arena_new(a, char, n + 1);
    *bytes = (Str){at, n};
    return fill(fd, at, n) ? PICTURE_READ : PICTURE_MISSING;
}

PictureState picture_read(int folder, Str path, Arena *a, Str *bytes)
{
    Str name = str_copy(a, path);
    if (!name.n || str_find_char(name, '\0') != STR_NONE)
        return PICTURE_MISSING;
    int fd = open_below(folder, name);
    if (fd < 0)
        return errno == ELOOP || errno == EXDEV ? PICTURE_OUTSIDE : PICTURE_MISSING;
    PictureState state = read_all(fd, a, bytes);
    close(fd);
    return state;
}

/* First bytes; for WebP there are four of any value after the first four. */
static const struct {
    Str first, at_eight;
    const char *type, *suffix;
    size_t least;
} kinds[] = {
    {STR_INIT("\x89PNG\r\n\x1A\n"), STR_INIT("\0\0\0\rIHDR"), "image/png", "png", 57},
    {STR_INIT("\xFF\xD8\xFF"), STR_INIT(""), "image/jpeg", "jpg", 64},
    {STR_INIT("GIF87a"), STR_INIT(""), "image/gif", "gif", 14},
    {STR_INIT("GIF89a"), STR_INIT(""), "image/gif", "gif", 14},
    {STR_INIT("RIFF"), STR_INIT("WEBPVP8"), "image/webp", "webp", 20},
};

const char *picture_type(Str bytes, const char **suffix)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (bytes.n >= kinds[i].least && str_starts(bytes, kinds[i].first)
            && str_starts(str_drop(bytes, 8), kinds[i].at_eight)) {
            *suffix = kinds[i].suffix;
            return kinds[i].type;
        }
    return NULL;
}
