/*
 * file.c -- the system calls behind file.h.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_fill(int fd, char *at, size_t n)
{
    while (n) {
        ssize_t got = read(fd, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            errno = EIO; /* the file shrank while it was read */
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

bool file_read(const char *path, Arena *a, Str *text, Diags *d)
{
    bool ok = false;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0)
        goto done;
    if (!S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        goto done;
    }
    size_t n = (size_t)st.st_size;
    char *bytes = arena_new(a, char, n + 1);
    ok = file_fill(fd, bytes, n);
    if (ok)
        *text = (Str){bytes, n};
done:
    if (!ok)
        diag(d, D_FILE_UNREADABLE, (Place){.file = str_of(path)}, "%s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

bool file_read_silently(const char *path, Arena *a, Str *text)
{
    Diags nobody = {.arena = a};
    return file_read(path, a, text, &nobody);
}

bool file_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

Str file_state(const char *path, Arena *a)
{
    struct stat st;
    Buf b = {.arena = a};
    if (stat(path, &st) == 0)
        buf_printf(&b, "%llu %lld %lld.%09ld %lld.%09ld", (unsigned long long)st.st_ino, (long long)st.st_size,
                   (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
    return buf_str(&b);
}

Str file_absolute(const char *path, Arena *a)
{
    char *real = realpath(path, NULL);
    Str copy = str_copy(a, str_of(real ? real : path));
    free(real);
    return copy;
}

const char *file_path(Arena *a, Str folder, Str name)
{
    Buf b = {.arena = a};
    buf_put(&b, folder);
    if (folder.n && !str_ends(folder, STR("/")))
        buf_put_char(&b, '/');
    buf_put(&b, name);
    return buf_str(&b).at;
}

typedef struct Walk {
    Arena *arena;
    StrVec folders; /* still to be read, relative to the root */
    StrVec *paths;
    struct stat except;
} Walk;

static bool is_excepted(const Walk *w, const struct stat *st)
{
    return w->except.st_ino == st->st_ino && w->except.st_dev == st->st_dev;
}

static void take_name(Walk *w, int fd, Str folder, const char *name)
{
    struct stat st;
    if (name[0] == '.' || fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    Str path = str_of(file_path(w->arena, folder, str_of(name)));
    if (S_ISREG(st.st_mode))
        *vec_push(w->paths, w->arena) = path;
    else if (S_ISDIR(st.st_mode) && !is_excepted(w, &st))
        *vec_push(&w->folders, w->arena) = path;
}

static bool read_folder(Walk *w, const char *root, Str folder)
{
    DIR *dir = opendir(file_path(w->arena, str_of(root), folder));
    if (!dir)
        return false;
    for (const struct dirent *e; (e = readdir(dir));)
        take_name(w, dirfd(dir), folder, e->d_name);
    closedir(dir);
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

bool file_list(const char *folder, const char *except, Arena *a, StrVec *paths, Diags *d)
{
    Walk w = {.arena = a, .paths = paths};
    if (!except || stat(except, &w.except) != 0)
        w.except = (struct stat){0};
    *vec_push(&w.folders, a) = STR("");
    for (size_t i = 0; i < w.folders.n; i++) {
        Str at = w.folders.at[i];
        if (!read_folder(&w, folder, at)) {
            diag(d, D_FOLDER_UNREADABLE, (Place){.file = str_of(file_path(a, str_of(folder), at))},
                 "%s", strerror(errno));
            return false;
        }
    }
    if (paths->n)
        qsort(paths->at, paths->n, sizeof(Str), by_bytes);
    return true;
}
