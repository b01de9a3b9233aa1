/*
 * block.h -- lines become blocks.
 *
 * With `tolerant` off this is CommonMark 0.31.2 and tables, task lists and
 * footnotes.  With it on, notes are read as their authors write them:
 *
 *   - lines of only zero-width characters are blank;
 *   - `##title` is a heading;
 *   - a text line over `---` is a paragraph and a rule, no heading;
 *   - four spaces do not make code out of prose: an indented block is code only
 *     where its text looks like code;
 *   - a table, a fence, a heading or a list may follow a paragraph line directly,
 *     and a heading or a fence ends a table;
 *   - a fence behind an item's mark holds code at the left margin too, where a closing
 *     fence is still to come;
 *   - text in a fence is text, and code outside of one is code, see repair.h;
 *   - a fence that nothing closes ends where a sentence begins, see fence.c;
 *   - full-width marks at the front of a line mean what the narrow ones do;
 *   - numbers written by hand are items where they count on, and text below a finished
 *     list is no part of its last item, see item.c;
 *   - a formula between `$$` and `$$`, or `\[` and `\]`, is a paragraph of its own;
 *   - HTML tags are spans of a paragraph, so that the text between them is Markdown;
 *     comments, <pre>, <script> and their like are blocks.
 *
 * Targets and titles of link definitions and the info strings of code are left as
 * they are written; `inline` resolves them.
 *
 * Cost is linear in the input, and the stack is bounded whatever the nesting.
 */
#ifndef DECKBIND_READ_BLOCK_H
#define DECKBIND_READ_BLOCK_H

#include "model/book.h"

/*
 * A DOCUMENT made of `lines`, in `a`.  Link definitions and footnotes are added
 * to `refs` (footnote definitions are not in the tree).
 */
Node *block_parse(const LineVec *lines, bool tolerant, References *refs, Arena *a);

/* Pass: title_tree and part_tree of each entry; references of the source. */
void source_blocks(Source *s);

#endif
