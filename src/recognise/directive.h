/*
 * directive.h -- comments by which a writer says how notes are to be read:
 *
 *     <!-- deckbind: card -->      the next line is a question
 *     <!-- deckbind: section -->   … a section
 *     <!-- deckbind: text -->      … neither
 *     <!-- deckbind: off -->       nothing is read from here on, until
 *     <!-- deckbind: on -->
 */
#ifndef DECKBIND_RECOGNISE_DIRECTIVE_H
#define DECKBIND_RECOGNISE_DIRECTIVE_H

#include "base/str.h"

typedef enum {
    DIRECTIVE_NONE,
    DIRECTIVE_CARD,
    DIRECTIVE_SECTION,
    DIRECTIVE_TEXT,
    DIRECTIVE_OFF,
    DIRECTIVE_ON,
    DIRECTIVE_UNKNOWN /* a word that is none of these */
} Directive;

Directive directive_read(Str line);

#endif
