/*
 * diff_parts.h -- what all notes of a package share: note types, pictures and sounds.
 */
#ifndef DECKBIND_CMD_DIFF_PARTS_H
#define DECKBIND_CMD_DIFF_PARTS_H

#include "cmd/changes.h"
#include "emit/apkg/reader.h"

void diff_types(Changes *c, const ReadPackage *a, const ReadPackage *b);
void diff_media(Changes *c, const ReadPackage *a, const ReadPackage *b);

#endif
