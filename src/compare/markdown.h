/*
 * markdown.h -- text from outside as Markdown that shows it and nothing more.
 *
 * For GitHub's flavour and those like it: no markup, no HTML, no link, no picture, and
 * nobody who is called by "@name".
 */
#ifndef DECKBIND_COMPARE_MARKDOWN_H
#define DECKBIND_COMPARE_MARKDOWN_H

#include "base/str.h"

/* Append `text`, which is one line. */
void markdown_text(Buf *b, Str text);

/*
 * Append `text` between two of `mark` ("**", "~~").  `before` is the character in front
 * of it, and `after` the one behind, 0 for none: next to letters a mark beside
 * punctuation would be read as text.
 */
void markdown_marked(Buf *b, const char *mark, Str text, uint32_t before, uint32_t after);

#endif
