/*
 * note_view.h -- a note of any package as its reader sees it.
 */
#ifndef DECKBIND_COMPARE_NOTE_VIEW_H
#define DECKBIND_COMPARE_NOTE_VIEW_H

#include "emit/apkg/reader.h"

typedef struct NoteView {
    Str question, answer; /* text */
    Str markup;           /* what both are made from */
    Str place;            /* the deck, and in notes of deckbind the section in it */
    Str source;           /* file:line in notes of deckbind; otherwise empty */
    Str type;             /* name of the note type */
    Str cards;            /* "1, 2" */
} NoteView;

/* In `a`, or views of the package. */
NoteView note_view(const ReadPackage *p, const ReadNote *note, Arena *a);

#endif
