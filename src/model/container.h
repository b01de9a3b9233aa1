/*
 * container.h -- boxes of notes for the web, and what kinds of them are called:
 *
 *     ::: tip 标题          > [!TIP] 标题
 *     …                     > …
 *     :::
 */
#ifndef DECKBIND_MODEL_CONTAINER_H
#define DECKBIND_MODEL_CONTAINER_H

#include "base/str.h"

/* `::: kind title`, also `:::kind[title]{…}`; its colons, 0: it opens none.  One of the two may be empty. */
size_t container_opens(Str line, Str *kind, Str *title);

/* The colons of a line that has nothing else, at least three; else 0. */
size_t container_closes(Str line);

/* What a box of the kind is called; empty: it is of no kind that says anything, such as tabs. */
Str container_name(Str kind, bool chinese);

#endif
