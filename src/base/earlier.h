/*
 * earlier.h -- blocks that an earlier build packed, where they lie in its products.
 *
 * Most of a build after a small edit would be deflating what was deflated before.  So a file
 * beside the products says which bytes of them are which block.  It is believed while they
 * are as they were left, and what is found is only offered: whoever takes it unpacks it and
 * compares.
 */
#ifndef DECKBIND_BASE_EARLIER_H
#define DECKBIND_BASE_EARLIER_H

#include "base/str.h"

#include <stdint.h>

typedef struct Earlier Earlier;

/* `folder` is that of the products; blocks that were packed in another way than `way` are none.  To be closed. */
Earlier *earlier_open(const char *folder, uint64_t way);
void earlier_close(Earlier *e); /* NULL is allowed */

/*
 * Read the packed form of a block with that sum and so many bytes into `to`.  Its length; 0: it is
 * not there, or longer than `room`.  By any number of threads at once.
 */
size_t earlier_find(const Earlier *e, uint32_t crc, size_t size, unsigned char *to, size_t room);

/* The file that holds what is told of from now on; `e` may be NULL. */
void earlier_product(Earlier *e, Str name);

/* Its `n` bytes from `at` on are the packed form of such a block. */
void earlier_tell(Earlier *e, uint32_t crc, size_t size, size_t at, size_t n);

/* Write down what was told, once the products are in their place. */
void earlier_save(Earlier *e);

#endif
