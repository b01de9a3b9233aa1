/*
 * source.h -- a file of notes: its bytes become lines of UTF-8, its front matter
 * becomes Meta.
 *
 * The text is decoded as decode.h says and cleaned as clean.h says; characters that
 * are left out get a message.
 */
#ifndef DECKBIND_READ_SOURCE_H
#define DECKBIND_READ_SOURCE_H

#include "model/book.h"

/* Pass: fills text, starts, line_count and meta.  Sets `failed` where it cannot. */
void source_read(Source *s);

/*
 * The front matter of `s`, whose lines are known: sets `meta`.  Keys: title, deck
 * (or cards-deck, anki-deck), tags (a list, or one text with commas or blanks), in
 * lower case; others are passed over.
 */
void meta_read(Source *s);

#endif
