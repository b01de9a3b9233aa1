/*
 * publish.c -- lock, write, sync, rename, sync.
 *
 * A failed fsync is never tried again: the kernel may have dropped the pages,
 * and the second call would lie.  Temporary names are fixed, so a killed build
 * leaves at most one known file for each product, and the next build removes it.
 */
#include "base/publish.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_NAME ".deckbind-busy"

typedef struct Folder {
    const char *path;
    int fd, lock;
    Arena *arena;
    Diags *diags;
} Folder;

static bool fail(Folder *f, Str name, const char *what)
{
    const char *why = strerror(errno);
    diag(f->diags, D_FILE_UNWRITABLE,
         (Place){.file = str_of(file_path(f->arena, str_of(f->path), name))}, "%s: %s", what, why);
    return false;
}

static bool make_folders(const char *path, Arena *a)
{
    Str whole = str_of(path);
    for (size_t i = 1; i <= whole.n; i++) {
        if (i < whole.n && path[i] != '/')
            continue;
        Str part = str_copy(a, str_take(whole, i));
        if (mkdir(part.at, 0777) != 0 && errno != EEXIST)
            return false;
    }
    return true;
}

static bool open_folder(Folder *f)
{
    if (!make_folders(f->path, f->arena))
        return fail(f, STR(""), "cannot make the folder");
    f->fd = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->fd < 0)
        return fail(f, STR(""), "cannot open the folder");
    f->lock = openat(f->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (f->lock < 0)
        return fail(f, STR(LOCK_NAME), "cannot make the lock");
    if (flock(f->lock, LOCK_EX | LOCK_NB) != 0) {
        diag(f->diags, D_BUSY, (Place){.file = str_of(f->path)}, NULL);
        return false;
    }
    return true;
}

static void close_folder(Folder *f)
{
    if (f->lock >= 0)
        close(f->lock);
    if (f->fd >= 0)
        close(f->fd);
}

static const char *temporary(const Folder *f, Str name)
{
    Buf b = {.arena = f->arena};
    buf_printf(&b, ".%.*s.deckbind-new", STR_ARG(name));
    return buf_str(&b).at;
}

static bool write_all(int fd, Str bytes)
{
    while (bytes.n) {
        ssize_t put = write(fd, bytes.at, bytes.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_drop(bytes, (size_t)put);
    }
    return true;
}

static bool write_temporary(Folder *f, const Product *p)
{
    const char *name = temporary(f, p->name);
    unlinkat(f->fd, name, 0);
    int fd = openat(f->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return fail(f, p->name, "cannot make the file");
    bool written = write_all(fd, p->bytes) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && written) {
        error = errno;
        written = false;
    }
    if (written)
        return true;
    errno = error;
    return fail(f, p->name, "cannot write the file");
}

static void drop_temporaries(Folder *f, const ProductVec *products)
{
    for (size_t i = 0; i < products->n; i++)
        unlinkat(f->fd, temporary(f, products->at[i].name), 0);
}

static bool write_temporaries(Folder *f, const ProductVec *products)
{
    for (size_t i = 0; i < products->n; i++)
        if (!write_temporary(f, &products->at[i])) {
            drop_temporaries(f, products);
            return false;
        }
    return true;
}

/* A folder in the place of a product; it would stop the renaming half-way. */
static bool check_places(Folder *f, const ProductVec *products)
{
    struct stat st;
    for (size_t i = 0; i < products->n; i++) {
        Str name = products->at[i].name;
        if (fstatat(f->fd, name.at, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode))
            continue;
        errno = EISDIR;
        return fail(f, name, "cannot replace it");
    }
    return true;
}

static bool fail_between(Folder *f, Str name)
{
    const char *why = strerror(errno);
    diag(f->diags, D_HALF_PUBLISHED,
         (Place){.file = str_of(file_path(f->arena, str_of(f->path), name))}, "%s", why);
    return false;
}

static bool rename_all(Folder *f, const ProductVec *products)
{
    for (size_t i = 0; i < products->n; i++) {
        Str name = products->at[i].name;
        if (renameat(f->fd, temporary(f, name), f->fd, name.at) == 0)
            continue;
        if (i)
            fail_between(f, name);
        else
            fail(f, name, "cannot replace the file");
        drop_temporaries(f, products);
        return false;
    }
    return fsync(f->fd) == 0 || fail_between(f, STR(""));
}

bool publish(const char *folder, const ProductVec *products, Diags *d)
{
    Folder f = {.path = folder, .fd = -1, .lock = -1, .arena = d->arena, .diags = d};
    bool ok = open_folder(&f) && check_places(&f, products) && write_temporaries(&f, products)
           && rename_all(&f, products);
    close_folder(&f);
    return ok;
}
