/*
 * title.h -- titles without the marks around them.
 */
#ifndef DECKBIND_RECOGNISE_TITLE_H
#define DECKBIND_RECOGNISE_TITLE_H

#include "base/str.h"

/* `## title`, `##title`: the level, and `*text` becomes the title; 0 where it is no heading. */
uint8_t heading_eat(Str *text);

/* `s` without a <br> at its end, and without the bold marks around all of it. */
Str mark_title(Str s);

/* `<h2 id="x">title</h2>`: the level, and `*text` becomes the title; 0 where it is none. */
uint8_t html_heading_eat(Str *text);

/* Take the bold marks around all of `*s` off; false where there are none. */
bool bold_eat(Str *s);

#endif
