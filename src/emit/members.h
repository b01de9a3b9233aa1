/*
 * members.h -- whether what an archive holds can be unpacked.  Private to bundle.c.
 */
#ifndef DECKBIND_EMIT_MEMBERS_H
#define DECKBIND_EMIT_MEMBERS_H

#include "emit/bundle.h"

/* The first member that does not unpack to what was packed; NULL: all do. */
const BundleFile *members_broken(const Bundle *b);

#endif
