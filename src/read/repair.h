/*
 * repair.h -- what was put in a fence and is text, and what is code and was not.
 *
 * Both mistakes are mended in the tree alone; the notes stay as they are, and each mend
 * is noted in Blocks.repairs.
 *
 *   - The lines of a fence that hold text are parsed as blocks in its place.  There, a
 *     line that is indented below another is a step of it.
 *   - Lines that look like code become a code block, with the language where it is
 *     evident.  What stands between brackets that are closed again belongs together,
 *     blank lines too.
 */
#ifndef DECKBIND_READ_REPAIR_H
#define DECKBIND_READ_REPAIR_H

#include "read/block_parts.h"

/* Begin a code block where bare code begins. */
Start repair_code_start(Blocks *b);

/* Whether the bare code that is open goes on with this line; if so it takes it. */
bool repair_code_takes(Blocks *b);

/* Replace the fence that has just been closed, a child still linked, if it is text. */
void repair_fence(Blocks *b, Node *fence);

#endif
