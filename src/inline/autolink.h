/*
 * autolink.h -- addresses between angle brackets.
 */
#ifndef DECKBIND_INLINE_AUTOLINK_H
#define DECKBIND_INLINE_AUTOLINK_H

#include "inline/leaf.h"

Reader read_autolink;

#endif
