/*
 * spool.h -- long bytes that are seldom read again, in an unnamed file instead of memory.
 *
 * The file has no name, so it is gone with the program, however that ends.  What is put into it
 * is read where it lies, as any bytes are, and fills memory only while it is read.  There is none
 * where a file system has no unnamed files, is memory itself, or has little room left, nor where
 * address space is limited; then bytes stay in memory.  By any number of threads at once; NULL is
 * a spool without room.
 */
#ifndef DECKBIND_BASE_SPOOL_H
#define DECKBIND_BASE_SPOOL_H

#include "base/str.h"

#include <sys/types.h>

typedef struct Spool Spool;

/* In `folder` or what is there of its path, where `spare` bytes are free.  NULL: it cannot be.  To be closed. */
Spool *spool_open(const char *folder, size_t spare);

/* In an open file, which is the spool's from now on, for at most `most` bytes. */
Spool *spool_of(int fd, size_t most);

void spool_close(Spool *s); /* and all that was put into it is gone */

/* Room for `n` bytes that spool_write fills; NULL: there is none. */
const char *spool_room(Spool *s, size_t n);

/* Write `bytes` to where `at`, within such a room, points.  False: errno says why. */
bool spool_write(Spool *s, const char *at, Str bytes);

/* The same bytes, in the spool; `at` is NULL where there is no room. */
Str spool_put(Spool *s, Str bytes);

/*
 * A descriptor of the file, to be closed, and where in it the byte at `at` lies; -1: `at` is not in
 * the spool.  One at a time: all have one place to read on from.
 */
int spool_file(const Spool *s, const char *at, off_t *place);

/* That about `n` bytes of it were read: after some MiB all of it leaves memory, until it is read again. */
void spool_was_read(Spool *s, size_t n);

/* Whether what went to the disk meanwhile got there.  False: errno says why. */
bool spool_is_sound(const Spool *s);

#endif
