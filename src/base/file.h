/*
 * file.h -- reading files and folders.  Paths end in NUL.
 */
#ifndef DECKBIND_BASE_FILE_H
#define DECKBIND_BASE_FILE_H

#include "base/diag.h"

/* The whole of a regular file, with a NUL after it.  False: `d` says why. */
bool file_read(const char *path, Arena *a, Str *text, Diags *d);

/* The same for a file that may as well not be there: nothing is said. */
bool file_read_silently(const char *path, Arena *a, Str *text);

/*
 * The regular files at and below `folder`, as paths relative to it, in byte
 * order.  Names that begin with a dot and symbolic links are passed over; so is
 * the folder `except` (may be NULL).  False: `d` says why.
 */
bool file_list(const char *folder, const char *except, Arena *a, StrVec *paths, Diags *d);

/* Exactly `n` bytes from here on.  False: errno says why; EIO where there are fewer. */
bool file_fill(int fd, char *at, size_t n);

bool file_is_folder(const char *path);
bool file_is_link(const char *path);
bool file_exists(const char *path);

/* What tells whether it changed: its number, its size, and when it last did.  Empty where there is none. */
Str file_state(const char *path, Arena *a);

/* An absolute path of `path`, without links, in `a`; as it is where there is none. */
Str file_absolute(const char *path, Arena *a);

/* `folder` and `name` joined by a slash, in `a`. */
const char *file_path(Arena *a, Str folder, Str name);

#endif
