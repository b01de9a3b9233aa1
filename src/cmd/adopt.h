/*
 * adopt.h -- `deckbind adopt`: go on with a deck that another tool made.
 */
#ifndef DECKBIND_CMD_ADOPT_H
#define DECKBIND_CMD_ADOPT_H

#include "options.h"

/*
 * Find the notes of a package in the study notes, and write the lock that makes them the
 * same: the next build updates them in place, and their history stays.  The exit code.
 */
int adopt_run(const Options *o);

#endif
