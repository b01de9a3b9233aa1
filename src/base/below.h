/*
 * below.h -- files that somebody's notes name: below a folder, or not at all.
 */
#ifndef DECKBIND_BASE_BELOW_H
#define DECKBIND_BASE_BELOW_H

#include "base/str.h"

/* BELOW_OUTSIDE: the path leads out of the folder, or a symbolic link lies in the way. */
typedef enum { BELOW_READ, BELOW_MISSING, BELOW_OUTSIDE, BELOW_LARGE } Below;

/*
 * The regular file `path` below the folder that is open as `folder`, in `a`;
 * BELOW_LARGE where it has more than `most` bytes.
 */
Below below_read(int folder, Str path, size_t most, Arena *a, Str *bytes);
Below below_read_in(const char *folder, Str path, size_t most, Arena *a, Str *bytes);

/* How it is opened where the kernel has no openat2: a file descriptor, or -1. */
int below_open_by_name(int folder, Str path);

#endif
