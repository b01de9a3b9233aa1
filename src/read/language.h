/*
 * language.h -- which programming language a piece of code is in, where that is evident.
 *
 * What is told is no more than colouring and a name for it need, and a wrong name is
 * worse than none: one language must have much evidence, and every other one little.
 */
#ifndef DECKBIND_READ_LANGUAGE_H
#define DECKBIND_READ_LANGUAGE_H

#include "base/str.h"

/* The tag that a fence would have; empty where it is not evident. */
Str language_guess(Str code);

#endif
