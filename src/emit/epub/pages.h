/*
 * pages.h -- the XHTML documents in which the entries stand.
 *
 *     chapter (h1)
 *       a section of the notes     h2 class="section"
 *       a question                 section class="qa", h2 to h6
 *       text that is neither       div class="other"
 *
 * Entries follow one another, none lies within another: only the level of a
 * heading tells what belongs to what.  So a position that a reading program keeps
 * does not move when an entry elsewhere is moved into a section.
 *
 * An id of an entry is its anchor; an id that belongs to it begins with "t-".
 */
#ifndef DECKBIND_EMIT_EPUB_PAGES_H
#define DECKBIND_EMIT_EPUB_PAGES_H

#include "emit/epub/words.h"
#include "model/book.h"

/*
 * Fill `document` of each page of `s`, what the self-test has of it, and the terms of `s`, in
 * `kept`; and the digest of `s`.  What goes wrong is told in s->diags.
 */
void pages_make(const Book *b, Source *s);

/*
 * The frame of any document in EPUB/text.  `matter`: frontmatter, bodymatter or
 * backmatter.
 */
void page_open(Buf *out, const Book *b, Str title, const char *matter);
void page_close(Buf *out);

/* Check and pack a document of `s`; one that fails stays empty, and s->diags says why. */
void page_finish(const Book *b, Str bytes, Str name, Source *s, Document *document);

#endif
