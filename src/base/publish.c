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

enum { FOLDERS = 2 };

/* The folder of all products, and one that a product may have of its own. */
typedef struct Publisher {
    Folder folders[FOLDERS];
    const ProductVec *products;
} Publisher;

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

static bool lock_folder(Folder *f, int fd)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    diag(f->diags, D_BUSY, (Place){.file = str_of(f->path)}, NULL);
    return false;
}

static bool open_folder(Folder *f)
{
    if (!make_folders(f->path, f->arena))
        return fail(f, STR(""), "cannot make the folder");
    f->fd = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return f->fd >= 0 || fail(f, STR(""), "cannot open the folder");
}

/* The folder of products is made for them, so a file may stand in it that stays. */
static bool open_products(Folder *f)
{
    if (!open_folder(f))
        return false;
    f->lock = openat(f->fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    return f->lock >= 0 ? lock_folder(f, f->lock) : fail(f, STR(LOCK_NAME), "cannot make the lock");
}

/* Any other folder is the user's, so it is locked itself. */
static bool open_other(Folder *f)
{
    return open_folder(f) && lock_folder(f, f->fd);
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

static bool write_all(int fd, Str bytes, Spool *spool)
{
    enum { AT_ONCE = 4 * 1024 * 1024 };
    while (bytes.n) {
        ssize_t put = write(fd, bytes.at, str_take(bytes, AT_ONCE).n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_drop(bytes, (size_t)put);
        spool_was_read(spool, (size_t)put);
    }
    return true;
}

static Folder *folder_of(Publisher *u, const Product *p)
{
    return &u->folders[p->folder != NULL];
}

static bool write_temporary(Folder *f, const Product *p)
{
    const char *name = temporary(f, p->name);
    unlinkat(f->fd, name, 0);
    int fd = openat(f->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return fail(f, p->name, "cannot make the file");
    bool written = write_all(fd, p->bytes, p->spool) && spool_is_sound(p->spool) && fsync(fd) == 0;
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

static void drop_temporaries(Publisher *u)
{
    for (size_t i = 0; i < u->products->n; i++) {
        const Product *p = &u->products->at[i];
        unlinkat(folder_of(u, p)->fd, temporary(folder_of(u, p), p->name), 0);
    }
}

static bool write_temporaries(Publisher *u)
{
    for (size_t i = 0; i < u->products->n; i++)
        if (!write_temporary(folder_of(u, &u->products->at[i]), &u->products->at[i])) {
            drop_temporaries(u);
            return false;
        }
    return true;
}

/* A folder in the place of a product; it would stop the renaming half-way. */
static bool check_place(Folder *f, const Product *p)
{
    struct stat st;
    if (fstatat(f->fd, p->name.at, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode))
        return true;
    errno = EISDIR;
    return fail(f, p->name, "cannot replace it");
}

static bool check_earlier(Folder *f, const Product *p)
{
    const char *path = file_path(f->arena, str_of(f->path), p->name);
    bool there = file_exists(path), same = there == (p->earlier.at != NULL);
    Str now = {0};
    if (same && there)
        same = file_read(path, f->arena, &now, f->diags) && str_eq(now, p->earlier);
    if (!same)
        diag(f->diags, D_CHANGED_MEANWHILE, (Place){.file = str_of(path)}, NULL);
    return same;
}

/* Whether two files are to be one: a lock that was told to lie where a product does. */
static bool check_apart(Publisher *u, const Product *p)
{
    struct stat x, y;
    if (!p->folder || u->folders[0].fd < 0 || fstat(u->folders[0].fd, &x) != 0 || fstat(u->folders[1].fd, &y) != 0
        || x.st_ino != y.st_ino || x.st_dev != y.st_dev)
        return true;
    for (size_t i = 0; i < u->products->n; i++)
        if (!u->products->at[i].folder && str_eq(u->products->at[i].name, p->name)) {
            errno = EEXIST;
            return fail(&u->folders[1], p->name, "it would be two files at once");
        }
    return true;
}

static bool check_places(Publisher *u)
{
    for (size_t i = 0; i < u->products->n; i++) {
        const Product *p = &u->products->at[i];
        if (!check_place(folder_of(u, p), p) || !check_apart(u, p) || (p->replaces && !check_earlier(folder_of(u, p), p)))
            return false;
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

/* What was renamed in another folder has to be there for good before this one is. */
static bool sync_before(Publisher *u, size_t i)
{
    const Folder *last = i ? folder_of(u, &u->products->at[i - 1]) : NULL;
    return !last || last == folder_of(u, &u->products->at[i]) || fsync(last->fd) == 0;
}

static bool rename_all(Publisher *u)
{
    for (size_t i = 0; i < u->products->n; i++) {
        Str name = u->products->at[i].name;
        Folder *f = folder_of(u, &u->products->at[i]);
        if (sync_before(u, i) && renameat(f->fd, temporary(f, name), f->fd, name.at) == 0)
            continue;
        if (i)
            fail_between(f, name);
        else
            fail(f, name, "cannot replace the file");
        drop_temporaries(u);
        return false;
    }
    for (int i = 0; i < FOLDERS; i++)
        if (u->folders[i].fd >= 0 && fsync(u->folders[i].fd) != 0)
            return fail_between(&u->folders[i], STR(""));
    return true;
}

static const char *other_folder(const ProductVec *products)
{
    for (size_t i = 0; i < products->n; i++)
        if (products->at[i].folder)
            return products->at[i].folder;
    return NULL;
}

bool publish(const char *folder, const ProductVec *products, Diags *d)
{
    Folder empty = {.path = folder, .fd = -1, .lock = -1, .arena = d->arena, .diags = d};
    Publisher u = {.folders = {empty, empty}, .products = products};
    u.folders[1].path = other_folder(products);
    bool ok = (!folder || open_products(&u.folders[0])) && (!u.folders[1].path || open_other(&u.folders[1]))
           && check_places(&u) && write_temporaries(&u) && rename_all(&u);
    for (int i = 0; i < FOLDERS; i++)
        close_folder(&u.folders[i]);
    return ok;
}
