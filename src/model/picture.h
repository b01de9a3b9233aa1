/*
 * picture.h -- what a file must be to be shown as a picture.
 */
#ifndef DECKBIND_MODEL_PICTURE_H
#define DECKBIND_MODEL_PICTURE_H

#include "base/str.h"

enum { PICTURE_MOST = 25 * 1024 * 1024 }; /* bytes, of sounds too */

/* What a file is that a card or a page may show. */
typedef struct MediaForm {
    const char *type;     /* "image/png" and the like; NULL: neither shows it */
    const char *suffix;
    const char *why;      /* where neither does: the reason, if it is known */
    size_t width, height; /* of a picture, in pixels; 0 and 0: it says none */
    bool sound;
    bool card_only;       /* no book may hold it */
} MediaForm;

/*
 * The bytes decide, not the name: the head, with a width and height that readers can bear,
 * and whether the end is there.
 */
MediaForm picture_read(Str bytes);

#endif
