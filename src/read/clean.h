/*
 * clean.h -- UTF-8 text is looked over, and what no book may hold is left out.
 *
 * Looking is the hot path: every byte of every note goes through it once, and
 * most notes need nothing else.
 */
#ifndef DECKBIND_READ_CLEAN_H
#define DECKBIND_READ_CLEAN_H

#include "base/str.h"

#include <stdint.h>

typedef struct Survey {
    size_t valid;  /* bytes before the first that is no UTF-8; all of them: n */
    size_t breaks; /* LF in these */
    size_t wide;   /* characters beyond ASCII in these */
    bool unclean;  /* they hold something that text_clean changes */
} Survey;

/* A surrogate that was written as three bytes is valid here, and unclean. */
Survey text_survey(Str s);

/* What text_clean left out. */
typedef struct Removed {
    size_t count;
    uint32_t code, line; /* the first: its code point and its line, from 1 */
    size_t at;           /* and the offset in the clean text where it stood */
} Removed;

/*
 * Clean the valid UTF-8 of `n` bytes at `at` where it lies; the new length.
 * CRLF becomes LF.  A lone CR is a line end where the text has no LF at all
 * (`breaks` is 0), and a blank elsewhere.  Controls but tab and LF, surrogates
 * and noncharacters are left out.
 */
size_t text_clean(char *at, size_t n, size_t breaks, Removed *removed);

#endif
