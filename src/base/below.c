/*
 * below.c -- opening a file that the notes name, and nothing but that.
 *
 * Notes may come from anybody.  The kernel is asked to stay below the folder
 * (openat2, Linux 5.6); where it cannot, the path is walked name by name and no
 * link is followed, which is the same as no name is "..".
 */
#include "base/below.h"

#include "base/file.h"

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

int below_open_by_name(int folder, Str path)
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
    return unknown ? below_open_by_name(folder, path) : (int)fd;
}

static Below read_all(int fd, size_t most, Arena *a, Str *bytes)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return BELOW_MISSING;
    if (st.st_size > (off_t)most)
        return BELOW_LARGE;
    size_t n = (size_t)st.st_size;
    char *at = arena_new(a, char, n + 1);
    *bytes = (Str){at, n};
    return file_fill(fd, at, n) ? BELOW_READ : BELOW_MISSING;
}

Below below_read(int folder, Str path, size_t most, Arena *a, Str *bytes)
{
    Str name = str_copy(a, path);
    if (!name.n || str_find_char(name, '\0') != STR_NONE)
        return BELOW_MISSING;
    if (name.at[0] == '/')
        return BELOW_OUTSIDE;
    int fd = open_below(folder, name);
    if (fd < 0)
        return errno == ELOOP || errno == EXDEV ? BELOW_OUTSIDE : BELOW_MISSING;
    Below state = read_all(fd, most, a, bytes);
    close(fd);
    return state;
}

Below below_read_in(const char *folder, Str path, size_t most, Arena *a, Str *bytes)
{
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    Below state = below_read(fd, path, most, a, bytes);
    if (fd >= 0)
        close(fd);
    return state;
}
