/*
 * publish.h -- the one writer of files.
 *
 * All products are complete before the first file is touched, in memory or in a spool.
 * Each is written beside its place under a temporary name and synced; when all are,
 * they are renamed in the order given.  Killed at any moment, a path holds its
 * old file or its new one, whole; and where power fails too, as long as what was
 * renamed before lies in another folder.
 */
#ifndef DECKBIND_BASE_PUBLISH_H
#define DECKBIND_BASE_PUBLISH_H

#include "base/diag.h"
#include "base/spool.h"

typedef struct Product {
    Str name;  /* of the file, without a folder; ends in NUL */
    Str bytes;
    Spool *spool;       /* in which they may lie; NULL: they do not */
    const char *folder; /* NULL: the one that is given to publish */
    bool replaces;      /* it was made from an earlier one, which must still be there as it was */
    Str earlier;        /* that one; `at` is NULL where there was none */
} Product;

typedef Vec(Product) ProductVec;

/*
 * Write the products into their folders, those without one into `folder` (NULL: there are
 * none), which is made where it is not.  False: `d` says why; nothing was replaced, unless
 * it is D_HALF_PUBLISHED.
 */
bool publish(const char *folder, const ProductVec *products, Diags *d);

#endif
