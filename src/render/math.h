/*
 * math.h -- formulas: TeX for Anki, markup for the book.
 */
#ifndef DECKBIND_RENDER_MATH_H
#define DECKBIND_RENDER_MATH_H

#include "model/book.h"

/*
 * Pass: card_target and page_target of each MATH of `s`: what stands in a card and on a
 * page.  Empty: only its source may be shown, as code.  What is wrong with a formula is
 * told once, whatever is made of it.
 */
void source_math(Source *s, const Book *b);

#endif
