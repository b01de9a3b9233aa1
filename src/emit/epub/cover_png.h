/*
 * cover_png.h -- the drawn cover as shelves show it, which take no SVG: grey, 8 bits.
 *
 * It depends on the fonts of the machine.  The only module that knows Pango, Cairo and
 * fontconfig; where the program is built without them, or does not find them, it draws
 * nothing.
 */
#ifndef DECKBIND_EMIT_EPUB_COVER_PNG_H
#define DECKBIND_EMIT_EPUB_COVER_PNG_H

#include "emit/epub/cover_design.h"

/* With what it draws, "Pango 1.50.12, Cairo 1.16.0"; empty: it cannot. */
Str cover_png_drawer(Arena *a);

/*
 * The picture, in `a` or in `*known`; empty where no fonts have all its characters.  `*known`
 * is what an earlier call left there, or anything: a picture that would be the same is not
 * drawn again.
 */
Str cover_png(const CoverDesign *design, Str language, Str *known, Arena *a);

#endif
