/*
 * link_parts.h -- what the files of the link pass share.
 */
#ifndef DECKBIND_INLINE_LINK_PARTS_H
#define DECKBIND_INLINE_LINK_PARTS_H

#include "inline/shelf.h"

typedef struct Linker {
    Source *source;
    const Book *book;
    Shelf shelf;
    const Node *outer; /* the LINK or IMAGE that the walk is in */
} Linker;

/* Raise a message about the target of `n`, with `why` behind it. */
void link_report(Linker *l, DiagCode code, const Node *n, const char *why);

Str link_join(Arena *a, const char *head, Str tail);

/* A clean target on the web, with its scheme; empty where it is none, or no whole one. */
Str link_web(Str target, Arena *a);

/* embed.c: the targets of an IMAGE, or a LINK in its place. */
void embed_resolve(Linker *l, Node *n);

#endif
