/*
 * size.h -- how large a picture is to be, in the ways that notes say it.
 *
 * Sizes are in pixels.  A share of the line is one of LINE_WIDTH, since neither a card
 * nor a page says how wide it is.
 */
#ifndef DECKBIND_INLINE_SIZE_H
#define DECKBIND_INLINE_SIZE_H

#include "model/node.h"

enum { LINE_WIDTH = 720, LARGEST_WIDTH = 4096 };

/* `300`, `300px`, `50%`: a number of pixels; 0 for none. */
uint32_t size_number(Str s);

/* `300`, `300x200`, `300x`, `x200`.  False, and no change, where `s` is none of these. */
bool size_read(Str s, uint32_t *width, uint32_t *height);

/* `zoom:50%`, `width:300px` and the like, as of an attribute `style`. */
void size_style(Node *image, Str style);

/* `words` without the size that stands after its last bar, or is all of it: `a cat|300`. */
Str size_take(Str words, uint32_t *width, uint32_t *height);

/* The sizes of a picture that is not wiki's: `![cat|300](…)`, and `![](…){width=300}`. */
void size_around(Node *image);

/*
 * The width of an image for a picture of this size, and its height where both were asked
 * for in its ratio; 0 and 0: the picture's size is not known.
 */
void size_settle(Node *image, size_t width, size_t height);

#endif
