/*
 * package.h -- the package document: what the book is and of what it consists.
 *
 * The identifier of a book is a name-based UUID (version 5) of what the book
 * description says, never of title, content or time: a reading program keeps
 * places and notes by it.
 */
#ifndef DECKBIND_EMIT_EPUB_PACKAGE_H
#define DECKBIND_EMIT_EPUB_PACKAGE_H

#include "model/book.h"

/* A file of the book.  Its id is its name, which no file in another folder has. */
typedef struct Item {
    Str path;               /* from the folder EPUB; ends in NUL */
    const char *type;
    const char *properties; /* of the manifest; NULL: none */
    Packed packed;
    Arena *keeper;          /* of what is packed; NULL: it is another's, too */
} Item;

/* A place that every book of its kind has, for those that open a book there. */
typedef struct Landmark {
    const char *type;  /* in EPUB 3, an epub:type; each once */
    const char *guide; /* in the guide of EPUB 2; NULL: it knows none such */
    Str path, label;
} Landmark;

typedef Vec(Landmark) LandmarkVec;

typedef struct Package {
    Str uid;
    Vec(Item) items;
    StrVec spine;    /* paths, in reading order */
    LandmarkVec landmarks;
    StrVec features; /* of accessibility, besides those that every book has */
    bool wordless;   /* it shows a picture without a text that could stand for it */
    Str cover;       /* path of the picture */
} Package;

/* "urn:uuid:…", in `a`. */
Str package_identifier(const Book *b, Arena *a);

/* When the book was last changed: "YYYY-MM-DDThh:mm:ssZ", in `a`. */
Str package_time(const Book *b, Arena *a);

/* The package document itself.  False: `d` says why. */
bool package_write(const Package *p, const Book *b, Arena *a, Str *bytes, Diags *d);

/* META-INF/container.xml, which points to the package document. */
bool package_container(Arena *a, Str *bytes, Diags *d);

#endif
