/*
 * diff.h -- `deckbind diff A.apkg B.apkg`: what changed from one package to another.
 */
#ifndef DECKBIND_CMD_DIFF_H
#define DECKBIND_CMD_DIFF_H

#include "compare/changes.h"
#include "emit/apkg/reader.h"
#include "options.h"

/*
 * Fill `c`, whose arena and names are set, with what changed from `a` to `b`.  Its text
 * is in its arena or in the packages.
 */
void diff_packages(Changes *c, const ReadPackage *a, const ReadPackage *b);

/* Compare the two packages that `o` names.  The exit code: 0, or 2 where one cannot be read. */
int diff_run(const Options *o);

#endif
