/*
 * label.h -- words that open a part of an entry: 问：  **答案**：  A:  ## Answer
 */
#ifndef DECKBIND_RECOGNISE_LABEL_H
#define DECKBIND_RECOGNISE_LABEL_H

#include "model/entry.h"

typedef struct Label {
    Part part;
    bool strong; /* opens its part without another label before it */
    bool reply;  /* opens it only where a label opened the question */
    bool asking; /* opens it only before what asks */
    Str number;  /* 3 of Q3; may be empty */
    Str rest;    /* the text after the mark; may be empty */
} Label;

/*
 * Read the label at the front of `text`.  False: there is none.  As a `heading`
 * the bare word is enough.
 */
bool label_read(Str text, bool heading, Label *label);

#endif
