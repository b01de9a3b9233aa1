/*
 * style.h -- the style sheets: those of styles/, built into the program, or the
 * user's.
 */
#ifndef DECKBIND_RENDER_STYLE_H
#define DECKBIND_RENDER_STYLE_H

#include "model/book.h"

/*
 * card.css and book.css, each that is not there from the built-in ones.  They are looked
 * for in `given`, the folder of the command line, or else in `config.styles` below the
 * notes folder.  A sheet that would fetch something (`@import`, `url(`) is refused.
 * False: b->diags says why.
 */
bool style_read(Book *b, const char *given);

#endif
