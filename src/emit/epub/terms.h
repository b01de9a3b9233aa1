/*
 * terms.h -- what the index may list of a source.
 */
#ifndef DECKBIND_EMIT_EPUB_TERMS_H
#define DECKBIND_EMIT_EPUB_TERMS_H

#include "model/book.h"

/*
 * Fill `terms` of `s`, whose trees are still there: what titles are about and name, code,
 * bold, headings, what is defined.  Each term of an entry stands there once, as the
 * strongest that it is.  Questions without an answer have none.
 */
void terms_collect(Source *s);

#endif
