/*
 * diff_parts.h -- what all notes of a package share: note types, pictures and sounds.
 */
#ifndef DECKBIND_COMPARE_DIFF_PARTS_H
#define DECKBIND_COMPARE_DIFF_PARTS_H

#include "compare/changes.h"
#include "emit/apkg/reader.h"

void diff_types(Changes *c, const ReadPackage *a, const ReadPackage *b);
void diff_media(Changes *c, const ReadPackage *a, const ReadPackage *b);

#endif
