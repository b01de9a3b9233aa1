/*
 * foreign.h -- what stands in notes for other tools: ids of the cards that they
 * made, how often those were asked, tags, and the deck to put them in.
 */
#ifndef DECKBIND_RECOGNISE_FOREIGN_H
#define DECKBIND_RECOGNISE_FOREIGN_H

#include "base/str.h"

#include <stdint.h>

/* Whether a line is nothing but an id or a count of a tool; `*id` is empty where it holds none. */
bool foreign_line(Str line, Str *id);

/*
 * How many of the lines that `line` begins are for tools, by its form alone: 0, 1,
 * or 2 where the next one goes with it.
 */
uint32_t foreign_lines(Str line);

/* The tags of a line that has nothing else: [#go](a.md) [#map](b.md) */
Str foreign_tags(Str line, Arena *a);

/* Take ids off the end of a title or paragraph: the last of them, or nothing. */
Str foreign_eat(Str *text);

#endif
