/*
 * wiki.h -- [[note]], [[note#heading|words]] and ![[picture.png|300]], as Obsidian writes
 * them.
 *
 * They are read as LINK and IMAGE whose `wiki` is all that was written.  Code has double
 * brackets too, and only the names of files tell: what leads nowhere and does not read
 * like a title is for the link pass to show as it was written.
 */
#ifndef DECKBIND_INLINE_WIKI_H
#define DECKBIND_INLINE_WIKI_H

#include "model/node.h"

/* Whether a target reads like a title: Chinese, a capital, several words. */
bool wiki_is_title(Str target);

/* The last heading that `fragment` names; empty where a block is meant. */
Str wiki_heading(Str fragment);

/* What the reader sees of `wiki`, the text of a link. */
Str wiki_words(Str wiki, Arena *a);

#endif
