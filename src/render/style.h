/*
 * style.h -- the style sheets: those of styles/, built into the program, or the
 * user's.
 */
#ifndef DECKBIND_RENDER_STYLE_H
#define DECKBIND_RENDER_STYLE_H

#include "model/book.h"

/*
 * The sheets of the folder in `config->styles`, each file that is not there from
 * the built-in ones.  A sheet that would fetch something (`@import`, `url(`) is
 * refused.  False: `d` says why.
 */
bool style_read(const Config *config, Style *style, Arena *a, Diags *d);

#endif
