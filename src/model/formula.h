/*
 * formula.h -- where a formula stands in notes, and what may be in one.
 *
 * Formulas are $…$ and \(…\) in a line, $$…$$ and \[…\] displayed.  A dollar is also a
 * price, a variable of a shell, a template; a backslash before a bracket is also an
 * escape.  So what is between such marks has to look like mathematics.
 *
 * Reading looks no further than the next mark of its kind, so a text is read in linear
 * time, however many marks it has.
 */
#ifndef DECKBIND_MODEL_FORMULA_H
#define DECKBIND_MODEL_FORMULA_H

#include "base/str.h"

typedef struct Formula {
    Str tex;      /* without its marks, trimmed */
    size_t end;   /* in the text, behind them */
    bool display;
} Formula;

/* The formula that begins at `at`, where a '$' or a '\\' stands; false for none. */
bool formula_read(Str text, size_t at, Formula *f);

/* The mark that closes a displayed formula, where `line` begins with one that opens it; else empty. */
Str formula_closer(Str line);

/* The offset of `closer`, "$$" or "\\]", in `s`; STR_NONE where it is not, or opens anew before. */
size_t formula_end(Str s, Str closer);

/* Whether it looks like mathematics. */
bool formula_looks(Str tex);

/* Whether a fence of the language `info` holds `text` as a formula, and not as code. */
bool formula_fence(Str info, Str text);

/*
 * Why a formula must go to no reader of TeX: a command that loads, links or defines, braces
 * that do not match, which would take in the text behind it.  Empty where it may; the place is `*at`.
 */
Str formula_fault(Str tex, size_t *at);

#endif
