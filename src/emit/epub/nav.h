/*
 * nav.h -- the table of contents, in the form of EPUB 3 (nav) and of EPUB 2 (NCX).
 *
 * Folder, page, question: three levels at most, since no reading program shows
 * more.  Beyond NAV_QUESTIONS questions in the book they are left out, for a list
 * of thousands of lines opens slowly and guides nobody.
 */
#ifndef DECKBIND_EMIT_EPUB_NAV_H
#define DECKBIND_EMIT_EPUB_NAV_H

#include "model/book.h"

enum { NAV_QUESTIONS = 2000 };

typedef struct NavItem {
    unsigned depth; /* from 1; one more than the item above it at most */
    Str label;      /* never empty */
    Str target;     /* from the folder EPUB; empty: only what lies below it has one */
} NavItem;

typedef Vec(NavItem) NavItems;

/* In reading order.  `missing`: the book ends in the list of what is unanswered. */
NavItems nav_items(const Book *b, bool missing, Arena *a);

/* False: `d` says why. */
bool nav_write(const Book *b, const NavItems *items, Arena *a, Str *bytes, Diags *d);
bool ncx_write(const Book *b, const NavItems *items, Str uid, Arena *a, Str *bytes, Diags *d);

#endif
