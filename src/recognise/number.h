/*
 * number.h -- the numbers that people put before a question.
 *
 *     1.  1、 1)  1） (1) （1） 1： 1．  1 title   1-   12.3.  1.2 title
 *     一、  二.  （三）  四 title   第1题  第二章
 */
#ifndef DECKBIND_RECOGNISE_NUMBER_H
#define DECKBIND_RECOGNISE_NUMBER_H

#include "base/str.h"

#include <stdint.h>

typedef struct Number {
    Str text;       /* as written, without the mark after it: "1.2", "三" */
    uint32_t value; /* of its last part */
    uint8_t parts;  /* 1 for "3", 2 for "3.1"; 0: no number */
    bool chinese;   /* 一 二 三 */
    bool chapter;   /* 第…章, 第…节, 第…部分, and whatever counts chapters: see chapters.c */
    char sign;      /* the mark after it, as ASCII: . , ) : - or a blank */
} Number;

/* The number at the front of `*text`, taken off with its mark.  parts is 0 where there is none. */
Number number_eat(Str *text);

/*
 * Take `value` off the front of `*text`, where a word follows without a mark between, and none
 * that counts: 4设计, but no 4种; or a mark and another number: 4.100个.
 */
bool number_eat_bare(Str *text, uint32_t value, Number *number);

/*
 * Take the number that goes on with `above` off the front of `*text`, where a word follows without
 * a mark between: 2.1设计 after 2, 2.3设计 after 2.2, 3.2设计 after 3.1.4.
 */
bool number_eat_next(Str *text, const Number *above, Number *number);

#endif
