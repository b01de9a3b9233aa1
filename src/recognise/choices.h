/*
 * choices.h -- options to choose from, between a question and its answer:
 *
 *     A. one     **B**:        - C: three      - [ ] one
 *                ```go …                       - [x] two
 */
#ifndef DECKBIND_RECOGNISE_CHOICES_H
#define DECKBIND_RECOGNISE_CHOICES_H

#include "recognise/lines.h"

typedef struct Choices {
    uint32_t from, to; /* the lines of the options, with what belongs to them */
    bool boxes;        /* they are [ ] and [x], which say the answer */
} Choices;

/* The first options in lines `from` to `to`: two or more that count from A, or boxes. */
bool choices_find(const Source *s, const uint8_t *states, uint32_t from, uint32_t to, Choices *c);

/* Whether a line only names options: "B", "A、C". */
bool choice_letters(Str line);

/* Bytes of a line up to the text behind its box; 0: it has none.  `*checked`: [x]. */
uint32_t choice_box(Str line, bool *checked);

/* Whether a question has a gap for a letter, or words that ask to choose. */
bool choices_asked(Str question);

#endif
