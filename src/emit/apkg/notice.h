/*
 * notice.h -- the collection that old clients find in a package which they cannot read.
 */
#ifndef DECKBIND_EMIT_APKG_NOTICE_H
#define DECKBIND_EMIT_APKG_NOTICE_H

#include "emit/apkg/collection.h"

/*
 * Fill it: one note, which asks to update Anki; `time` in seconds.  Finish and close it
 * like any other.
 */
void notice_write(Collection *c, int64_t time);

#endif
