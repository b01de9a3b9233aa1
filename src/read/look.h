/*
 * look.h -- does a line look like code, or like text?
 *
 * Three places ask: an indented block (Markdown's code, and how people line up their
 * answers), a fence (which may hold an answer in plain words), and a bare line (which
 * may be code that nobody put in a fence).  They weigh the same evidence; all weights
 * are in look.def.  What stands in quotes or in a comment says nothing.
 *
 * One pass over the line, and no line is needed but this.
 */
#ifndef DECKBIND_READ_LOOK_H
#define DECKBIND_READ_LOOK_H

#include "base/str.h"

enum {
#define LIMIT(name, value) LOOK_##name = (value),
#include "read/look.def"
};

typedef struct Look {
    unsigned signs;     /* of code: the weights of look.def */
    unsigned marks;     /* punctuation that code is full of */
    unsigned chinese;   /* characters, punctuation counted more */
    unsigned words_run; /* the most words in a row with nothing but blanks between */
    unsigned width;     /* columns without blanks and comments */
    int depth;          /* brackets opened less brackets closed */
    bool commented;     /* holds a comment or a part of one */
    bool sentence;      /* English words that end as a sentence does */
    bool drawing;       /* a line of a drawing: bars, boxes and arrows alone, or behind a corner */
    bool parted;        /* a mark that parts or ends a Chinese sentence */
} Look;

typedef enum {
    LINE_BLANK,
    LINE_COMMENT, /* and nothing else */
    LINE_MARKED,  /* a mark of Markdown, a tag, an address */
    LINE_CHINESE, /* text */
    LINE_WORDS,   /* English text, or so it seems */
    LINE_OTHER,
    LINE_WEAK,    /* code, if it stands beside code */
    LINE_CODE
} LineKind;

/* `in_comment`: the line begins within a comment; then, whether the next does. */
LineKind look_line(Look *look, Str line, bool *in_comment);

/* What a fence is for, by its info string; see look.def. */
typedef enum { FENCE_CODE, FENCE_WORDS, FENCE_OUTPUT } FenceKind;
FenceKind look_fence(Str info);

/* look_form.c: the forms of look.def by name, and one that language.def alone uses. */
#define FORM(weight, form) bool form_##form(Str line);
#include "read/look.def"
bool form_is_setting(Str line);

#endif
