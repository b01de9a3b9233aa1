/*
 * pointer.h -- lines that are but a link or a picture: something to go to, and no entry.
 */
#ifndef DECKBIND_RECOGNISE_POINTER_H
#define DECKBIND_RECOGNISE_POINTER_H

#include "base/str.h"

/* What is seen of a text: of a link what stands in its brackets. */
Str pointer_text(Str text);

/* Whether a line links to a place in the file, as one of the contents does. */
bool pointer_to_place(Str line);

/* Whether a title is a picture, or links to a page with its own title and site: "… (zhihu.com)", "…-CSDN博客". */
bool pointer_to_page(Str title);

#endif
