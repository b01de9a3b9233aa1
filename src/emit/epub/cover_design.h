/*
 * cover_design.h -- the drawn cover: what stands where, whoever draws it.
 *
 * In points of a sheet of COVER_WIDTH by COVER_HEIGHT, y downwards; greys from 0, black,
 * to 255, white.
 */
#ifndef DECKBIND_EMIT_EPUB_COVER_DESIGN_H
#define DECKBIND_EMIT_EPUB_COVER_DESIGN_H

#include "model/book.h"

enum { COVER_WIDTH = 1600, COVER_HEIGHT = 2400, COVER_MARGIN = 160 };

/* The first choice of those who set Chinese; the last is whatever there is. */
#define COVER_FONTS "Noto Serif CJK SC,Source Han Serif SC,Songti SC,serif"

typedef struct CoverLine {
    Str text;
    int x, y, size; /* where the base line begins; an em */
    uint8_t grey;
    bool bold;   /* a line of the title: they stay of one size */
} CoverLine;

/* A quarter of a circle round (x, y), in the quadrant that `dx` and `dy`, 1 or -1, point to. */
typedef struct CoverArc {
    int x, y, dx, dy, radius;
} CoverArc;

typedef struct CoverBox {
    int x, y, width, height;
    uint8_t grey;
} CoverBox;

typedef struct CoverDesign {
    Vec(CoverBox) boxes; /* below the rest */
    Vec(CoverArc) arcs;
    int arc_width;
    uint8_t arc_grey;
    Vec(CoverLine) lines;
} CoverDesign;

CoverDesign cover_design(const Book *b, Arena *a);
Str cover_svg(const CoverDesign *design, Arena *a);

#endif
