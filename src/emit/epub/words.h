/*
 * words.h -- what the book says in its own voice, in the language of the notes.
 */
#ifndef DECKBIND_EMIT_EPUB_WORDS_H
#define DECKBIND_EMIT_EPUB_WORDS_H

#include "model/book.h"

typedef struct Words {
    const char *language;       /* the tags that it serves begin so; the last row serves all */
    Str cover, title_page, contents, text, colophon; /* names of places */
    Str untitled;               /* a question or a book without words */
    Str questions, missing;     /* before a number of them */
    Str unanswered;             /* where an answer should stand */
    Str see;                    /* between that and a link to one */
    Str see_also;               /* before a link to a like question */
    Str self_test, answers;     /* names of places; the second before that of a chapter */
    Str answer;                 /* on the link from a question to it */
    Str question;               /* on the link back, where it has no number */
    Str whole;                  /* on the link to an answer of which not all is shown */
    Str index;
    Str places, next_page;      /* in it: before the places of a term, and between those on two pages */
    Str and;                    /* between two names */
    Str role[RELATORS];            /* after the name of who did it */
    Str part[PARTS];            /* over a part of an entry; empty: the part speaks for itself */
    Str source, id, date, made; /* what the colophon names */
    Str summary;                /* how accessible the book is */
    Str wordless;               /* and what is missing for those who see no pictures */
} Words;

const Words *words_of(const Book *b);

/* Append a number of an entry as print has it, and the gap after it: "3. " "三、" "1.2 ". */
void words_number(Buf *out, Str number);

/* The most of `s` that fits into `columns`, whole characters. */
Str words_cut(Str s, size_t columns);

/* `title`, or what stands for one where nothing of it can be seen. */
Str words_or_untitled(const Words *w, Str title);

/* An entry or a title in one line of a list, long ones cut; never empty. */
Str words_label(const Words *w, Str number, Str title, Arena *a);

#endif
