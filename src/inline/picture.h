/*
 * picture.h -- picture files of the notes folder, each read once for a source.
 */
#ifndef DECKBIND_INLINE_PICTURE_H
#define DECKBIND_INLINE_PICTURE_H

#include "model/book.h"

typedef enum { PICTURE_READ, PICTURE_MISSING, PICTURE_OUTSIDE, PICTURE_LARGE, PICTURE_KIND } PictureState;

enum { PICTURE_MOST = 25 * 1024 * 1024 }; /* bytes */

/*
 * The regular file `path` below the folder that is open as `folder`, in `a`.  It is
 * PICTURE_OUTSIDE where a symbolic link lies in the way.
 */
PictureState picture_read(int folder, Str path, Arena *a, Str *bytes);

/* How it is opened where the kernel has no openat2: a file descriptor, or -1. */
int picture_open_by_name(int folder, Str path);

/* "image/png" and the like by the first bytes, with the suffix; NULL for no picture. */
const char *picture_type(Str bytes, const char **suffix);

/* What is known of one path. */
typedef struct Picture {
    Str path;
    PictureState state;
    Str name; /* of its Media */
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
