/*
 * dump.h -- `deckbind dump`: every entry with its parts, as the card shows them.
 */
#ifndef DECKBIND_CMD_DUMP_H
#define DECKBIND_CMD_DUMP_H

#include "options.h"

/* Print the entries of the notes that `o` names, then the messages.  The exit code. */
int dump_run(const Options *o);

#endif
