/*
 * picture.h -- what a file must be to be shown as a picture.
 */
#ifndef DECKBIND_MODEL_PICTURE_H
#define DECKBIND_MODEL_PICTURE_H

#include "base/str.h"

enum { PICTURE_MOST = 25 * 1024 * 1024 }; /* bytes */

/*
 * "image/png" and the like, with the suffix; NULL for no picture.  The head of the file
 * decides: its first bytes, and a width and height that readers can bear.
 */
const char *picture_type(Str bytes, const char **suffix);

#endif
