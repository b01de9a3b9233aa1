/*
 * address.h -- the text of link targets: schemes, percent signs, paths.
 */
#ifndef DECKBIND_INLINE_ADDRESS_H
#define DECKBIND_INLINE_ADDRESS_H

#include "base/str.h"

/*
 * `target` as browsers read it: without control characters, and without blanks at
 * its ends.
 */
Str address_clean(Str target, Arena *a);

/* The scheme of a clean target, without its colon; empty where it has none. */
Str address_scheme(Str target);

/*
 * Whether an encoded target with one of the schemes http, https, mailto and tel can lead
 * anywhere: it has a host and a port such as the URL standard takes, or says to whom.
 */
bool address_is_whole(Str target);

/* Fit for an attribute: ASCII that no URL may hold, and all # but the first, is percent-encoded. */
Str address_encode(Str target, Arena *a);

/* Percent signs resolved, once; `s` itself where it has none. */
Str address_decode(Str s, Arena *a);

/*
 * The path `target`, seen from the file `base` of the notes folder, as a path from
 * that folder; from the folder itself where it begins with '/'.  False where it
 * leads out of it, or to a name that begins with a dot.
 */
bool address_resolve(Str base, Str target, Arena *a, Str *path);

#endif
