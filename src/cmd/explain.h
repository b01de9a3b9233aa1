/*
 * explain.h -- `deckbind explain FILE[:LINE]`: which rule took a line, and why.
 */
#ifndef DECKBIND_CMD_EXPLAIN_H
#define DECKBIND_CMD_EXPLAIN_H

#include "options.h"

/* Explain each path of `o`.  The exit code: 0, 1 or 2. */
int explain_run(const Options *o);

#endif
