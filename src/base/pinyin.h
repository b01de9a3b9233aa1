/*
 * pinyin.h -- the order in which a Chinese index files its terms: by pinyin, Latin ones among
 * them by their letters.
 *
 * The order is a table and no library's: those take longer to open than a small book takes
 * to make, and what they know changes from one release to the next, where the same notes
 * are to give the same bytes on any machine.
 */
#ifndef DECKBIND_BASE_PINYIN_H
#define DECKBIND_BASE_PINYIN_H

#include "base/str.h"

typedef struct Pinyin Pinyin;

/* The table, in `a`. */
const Pinyin *pinyin_open(Arena *a);

/* 'A' to 'Z', of a letter or a Chinese character at the front of `term`; else '#'. */
char pinyin_initial(const Pinyin *p, Str term);

/* What `term`, which is folded, is sorted by: bytes in the order of str_cmp, in `a`. */
Str pinyin_key(const Pinyin *p, Str term, Arena *a);

#endif
