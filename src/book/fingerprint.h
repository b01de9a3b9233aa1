/*
 * fingerprint.h -- an entry in a few numbers: for finding it again, and for telling
 * whether it changed.
 */
#ifndef DECKBIND_BOOK_FINGERPRINT_H
#define DECKBIND_BOOK_FINGERPRINT_H

#include "model/book.h"

/*
 * Pass: what each question is compared by: `text`, `normal`, and the prints of question
 * and answer.
 */
void source_fingerprint(Source *s);

/*
 * Pass: what each question is made of, and what its cards show.  The line of an entry is
 * no part of either, since it changes with every line that is put in above; the name of
 * its file is.
 */
void source_seal(Source *s, const Book *b);

/* `text` as questions are compared: folded, without blanks, marks and punctuation. */
Str fingerprint_normal(Str text, Arena *a);

/* The question of `e`: its title and what goes on with it below. */
Str fingerprint_question(const Source *s, const Entry *e, Arena *a);

/* The question as one line, cut where it is long: as the lock holds it. */
Str fingerprint_text(Str question, Arena *a);

/* A question, normalised, in a number. */
uint64_t fingerprint_of(Str normal);

/* An answer: its number, 0 where nothing is said, its sketch, and how many bytes are said. */
typedef struct Said {
    uint64_t print;
    Sketch sketch;
    size_t bytes;
} Said;

Said fingerprint_said(Str answer);

/* How alike two texts are, from 0 to 1. */
double sketch_alike(const Sketch *x, const Sketch *y);

#endif
