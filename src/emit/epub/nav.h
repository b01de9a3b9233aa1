/*
 * nav.h -- the table of contents, in the form of EPUB 3 (nav) and of EPUB 2 (NCX).
 *
 * Part, chapter, question: three levels at most, since no reading program shows more, and
 * of the form of EPUB 2, which is there for those that show two, the first two.  Beyond
 * NAV_QUESTIONS questions in the book they are left out, for a list of thousands of lines
 * opens slowly and guides nobody.
 */
#ifndef DECKBIND_EMIT_EPUB_NAV_H
#define DECKBIND_EMIT_EPUB_NAV_H

#include "emit/epub/groups.h"
#include "emit/epub/package.h"

enum { NAV_QUESTIONS = 2000, NCX_DEPTH = 2 };

typedef struct NavItem {
    unsigned depth; /* from 1; one more than the item above it at most */
    Str label;      /* never empty */
    Str target;     /* from the folder EPUB */
} NavItem;

typedef Vec(NavItem) NavItems;

/* The parts, chapters and questions, in reading order; what follows them is added. */
NavItems nav_items(const Book *b, const GroupVec *groups, Arena *a);
/* The self-test: its questions, chapter by chapter; their answers are reached from them. */
void nav_add_tests(NavItems *items, const Book *b, Arena *a);
void nav_add(NavItems *items, unsigned depth, Str label, Str target, Arena *a);

/* False: `d` says why. */
bool nav_write(const Book *b, const NavItems *items, const LandmarkVec *landmarks, Arena *a, Str *bytes,
               Diags *d);
bool ncx_write(const Book *b, const NavItems *items, Str uid, Arena *a, Str *bytes, Diags *d);

#endif
