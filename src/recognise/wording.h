/*
 * wording.h -- what a title sounds like.
 */
#ifndef DECKBIND_RECOGNISE_WORDING_H
#define DECKBIND_RECOGNISE_WORDING_H

#include "base/str.h"

#include <stdint.h>

/* Second and third bytes of the words that ask: nearly no other place in a title has them. */
typedef struct Wording {
    uint64_t second[64]; /* by the second byte: a bit for each third */
} Wording;

Wording wording_open(void);

/* Whether a title asks: it ends in a question mark, or its words do. */
bool wording_asks(const Wording *w, Str title);

/* The same, of titles that do more than name what they tell of: 如何调度, but not 调度原理. */
bool wording_demands(const Wording *w, Str title);

/* `s` without the brackets that end it: what is it? (a remark). */
Str wording_without_remark(Str s);

/* Whether it ends in a question mark, blanks, brackets and tags aside. */
bool wording_question_mark(Str title);

/* Whether it could be the name of a topic: short, and no sentence. */
bool wording_topic(Str title);

/* Whether a heading names a part of an answer. */
bool wording_part(Str title);

/* Whether a heading is but a word that asks, such as 区别, of what stands above it. */
bool wording_lone(Str title);

/* Whether it names an example, which is a part of what stands above it. */
bool wording_example(Str title);

/* Whether a heading says that the contents of the file are below. */
bool wording_contents(Str title);

/* Whether it names an aspect of what stands above, such as 优点. */
bool wording_aspect(Str title);

/* Whether a line names a round of an interview. */
bool wording_round(Str line);

/* Whether it ends in a day, as the title of a record does: 2023-05-01, 5月1日, 某公司-0907. */
bool wording_day(Str title);

/* Whether a heading says that questions are gathered below it. */
bool wording_gathers(Str title);

/* Whether a text only says that there is nothing yet. */
bool wording_todo(Str text);

/* Take a colon, and blanks, off the end of `*s`; false: it ends in no colon. */
bool wording_eat_colon(Str *s);

/* `s` without emphasis marks, tags such as <br>, and blanks at both ends. */
Str wording_bare(Str s);

#endif
