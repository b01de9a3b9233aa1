/*
 * plan.h -- `deckbind plan`: what the next build would change in the deck.
 */
#ifndef DECKBIND_CMD_PLAN_H
#define DECKBIND_CMD_PLAN_H

#include "options.h"

/*
 * Compare the notes that `o` names with their lock, and write nothing.  The exit code: 0,
 * also where the build would stop, or 1 or 2 where the notes or the lock cannot be read.
 */
int plan_run(const Options *o);

#endif
