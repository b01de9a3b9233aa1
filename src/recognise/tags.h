/*
 * tags.h -- #tags at the end of a line.
 */
#ifndef DECKBIND_RECOGNISE_TAGS_H
#define DECKBIND_RECOGNISE_TAGS_H

#include "base/str.h"

/*
 * Take the run of `#tag`s off the end of `*text`: the tags without their #, '/'
 * between levels as "::", parted by blanks; empty where there are none.
 */
Str tags_eat(Str *text, Arena *a);

#endif
