/*
 * katex.h -- TeX becomes markup of a book, by KaTeX.
 *
 * KaTeX is a JavaScript library; reading it takes a tenth of a second, a formula a
 * millisecond, a matrix of fractions some tens of them.  So what it answered is remembered,
 * and it is read where something new is asked.  Its engines are lent to one thread at a
 * time: a build has no more of them than threads that ever needed one.
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
#include "base/memo.h"

typedef struct Katexes Katexes;

/* `path`: of katex.js; NULL: where the system has it. */
Katexes *katexes_new(const char *path);
void katexes_free(Katexes *all);

/* What one thread has of them.  Begin with {.all = all, .memo = m}; end with katex_give. */
typedef struct Katex {
    Katexes *all; /* NULL: there is no KaTeX */
    Memo *memo;   /* its answers */
    Js *js;       /* an engine that is lent; NULL: none was needed yet */
} Katex;

void katex_give(Katex *k);

/* Why a formula could not be set. */
typedef struct KatexError {
    Str words; /* empty: there is no KaTeX */
    size_t at; /* byte of the formula */
} KatexError;

/*
 * Markup, in `a` or as long as the memo; empty: `*e` says why, in the same place.  `plain` is
 * what is read out and copied in its place, the formula in one line.
 */
Str katex_set(Katex *k, Str tex, Str plain, bool display, KatexError *e, Arena *a);

#endif
