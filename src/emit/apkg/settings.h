/*
 * settings.h -- what a collection holds beside notes: its configuration, and the preset
 * that every deck goes by.
 */
#ifndef DECKBIND_EMIT_APKG_SETTINGS_H
#define DECKBIND_EMIT_APKG_SETTINGS_H

#include "base/str.h"

typedef struct Setting {
    Str key, value; /* the value as JSON */
} Setting;

typedef Vec(Setting) SettingVec;

/* The configuration of a collection of `notes` notes, in `a`. */
SettingVec settings_make(size_t notes, Arena *a);

/* The same as one JSON object. */
void settings_put(Buf *b, size_t notes);

/* Anki's preset 1: a JSON object with it, and the message that says the same. */
extern const char preset_json[];
extern const Str preset_message;

#endif
