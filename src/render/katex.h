/*
 * katex.h -- TeX becomes markup of a book, by KaTeX.
 *
 * KaTeX is a JavaScript library; reading it takes a tenth of a second, a formula a
 * millisecond, a matrix of fractions some tens of them.  So engines are kept, and lent to
 * one thread at a time: a build has no more of them than threads that ever needed one.
 *
 * The same formula always gives the same markup, whatever an engine set before: one that
 * fails for another reason than the formula itself, such as want of memory, is thrown away,
 * and a fresh one is asked.
 *
 * The markup is our own: of what KaTeX makes only elements and attributes pass that a
 * table lists, none of them with an address.  What has but one line and no two scripts on
 * a letter is made of <i>, <sub> and <sup>, which every reader shows; the rest is MathML.
 */
#ifndef DECKBIND_RENDER_KATEX_H
#define DECKBIND_RENDER_KATEX_H

#include "base/js.h"

typedef struct Katexes Katexes;

/* `path`: of katex.js; NULL: where the system has it. */
Katexes *katexes_new(const char *path);
void katexes_free(Katexes *all);

/* An engine; NULL where there is no KaTeX.  Give it back. */
Js *katex_take(Katexes *all);
void katex_give(Katexes *all, Js *katex);

/* Why a formula could not be set. */
typedef struct KatexError {
    Str words;
    size_t at; /* byte of the formula */
} KatexError;

/*
 * Asks `*katex`, which may be replaced, and is NULL where it could not be; NULL: a fresh one.
 * Markup in `a`; empty: `*e` says why, in `a` too.  `plain` is what is read out and copied
 * in its place, the formula in one line.
 */
Str katex_set(const Katexes *all, Js **katex, Str tex, Str plain, bool display, KatexError *e, Arena *a);

#endif
