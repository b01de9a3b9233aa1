/*
 * formula_line.h -- a long formula in lines, as a printer turns it.
 *
 * MathML has no place to turn, and a page is narrow: so each line is a formula of its own.
 */
#ifndef DECKBIND_RENDER_FORMULA_LINE_H
#define DECKBIND_RENDER_FORMULA_LINE_H

#include "base/str.h"

/* Whether it is long, and means the same line by line. */
bool formula_turns(Str tex);

/* Take the next line off the front of `*tex`, without the blank that parted it. */
Str formula_cut_line(Str *tex);

#endif
