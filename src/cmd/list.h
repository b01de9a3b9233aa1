/*
 * list.h -- `deckbind list`: every entry that was found.
 */
#ifndef DECKBIND_CMD_LIST_H
#define DECKBIND_CMD_LIST_H

#include "options.h"

/*
 * Print the entries of the notes that `o` names: a table for people, or with --json
 * one object a line with file, start_line, end_line, kind, answered, question, tags
 * and section.  The exit code: 0, 1 or 2.
 */
int list_run(const Options *o);

#endif
