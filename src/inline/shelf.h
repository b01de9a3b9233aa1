/*
 * shelf.h -- pictures and sounds of the notes folder, each read once for a source.
 */
#ifndef DECKBIND_INLINE_SHELF_H
#define DECKBIND_INLINE_SHELF_H

#include "model/book.h"
#include "model/picture.h"

typedef enum { PICTURE_READ, PICTURE_MISSING, PICTURE_OUTSIDE, PICTURE_LARGE, PICTURE_KIND } PictureState;

/* What is known of one path. */
typedef struct Picture {
    Str path;
    PictureState state;
    Str name; /* of its Media */
    MediaForm form;
} Picture;

/* The pictures that a source has asked for, by path. */
typedef struct Shelf {
    Source *source;
    int folder;            /* -1: not there */
    Vec(Picture) pictures;
    size_t *slots, slot_count; /* 1 + index of a picture; a power of two */
} Shelf;

/* `folder` ends in NUL. */
void shelf_open(Shelf *shelf, Source *source, Str folder);

/* The picture at `path`; read, and added to the media of the source, the first time. */
Picture shelf_find(Shelf *shelf, Str path);

void shelf_close(Shelf *shelf);

#endif
