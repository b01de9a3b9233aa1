/*
 * sound.h -- what a file must be to be heard.
 */
#ifndef DECKBIND_MODEL_SOUND_H
#define DECKBIND_MODEL_SOUND_H

#include "model/picture.h"

/* The bytes decide, not the name.  Anki plays each kind; books may hold the core media types of EPUB 3. */
MediaForm sound_read(Str bytes);

#endif
