/*
 * highlight.h -- code gets its tokens.
 */
#ifndef DECKBIND_RENDER_HIGHLIGHT_H
#define DECKBIND_RENDER_HIGHLIGHT_H

#include "render/scripts.h"

/*
 * Pass: `tokens` of each CODE_BLOCK.  Nothing where the source has no scripts; no token
 * where the language is unknown.
 */
void source_highlight(Source *s, const Book *b);

#endif
