/*
 * zip_end.c -- a bound for libzip, which has none of its own.
 */
#include "emit/zip_end.h"

#include "base/file.h"

#include <string.h>
#include <unistd.h>

/* The end of an archive: 22 bytes and a comment, after the one that larger archives have. */
enum { END = 22, MOST_COMMENT = 0xFFFF, END_MEMBERS = 10, LOCATOR = 20, MOST_MEMBERS = 0xFFFF };

/*
 * libzip reads the directory of each end that it finds, and puts names into a table
 * whose chains a name can be made for.  So all ends together may promise no more
 * members than one can, and the end of larger archives is not read.
 */
static const char *check_ends(Str tail)
{
    size_t members = 0;
    for (size_t i = 0; i + END <= tail.n; i++) {
        const unsigned char *at = (const unsigned char *)tail.at + i;
        if (memcmp(at, "PK\5\6", 4) != 0)
            continue;
        if (i >= LOCATOR && memcmp(at - LOCATOR, "PK\6\7", 4) == 0)
            return "it is larger than 4 GiB, or has more than 65535 members";
        members += at[END_MEMBERS] | (size_t)at[END_MEMBERS + 1] << 8;
    }
    return members <= MOST_MEMBERS ? NULL : "it has more than one directory";
}

const char *zip_end_check(int fd, off_t size)
{
    Arena a = {0};
    size_t n = size < END + MOST_COMMENT + LOCATOR ? (size_t)size : END + MOST_COMMENT + LOCATOR;
    char *tail = arena_new(&a, char, n);
    bool there = lseek(fd, size - (off_t)n, SEEK_SET) >= 0 && file_fill(fd, tail, n);
    const char *why = there ? check_ends((Str){tail, n}) : "it cannot be read";
    arena_free(&a);
    return why;
}
