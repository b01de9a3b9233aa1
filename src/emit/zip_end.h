/*
 * zip_end.h -- what the end of an archive promises.
 */
#ifndef DECKBIND_EMIT_ZIP_END_H
#define DECKBIND_EMIT_ZIP_END_H

#include <sys/types.h>

/* Why an archive of `size` bytes is not to be opened; NULL: nothing speaks against it. */
const char *zip_end_check(int fd, off_t size);

#endif
