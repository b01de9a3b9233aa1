/*
 * vote.h -- a mark means what the file says it means.
 *
 * Marks of one kind form groups; the evidence of mark.def decides for each group
 * whether it opens entries.  This is the only place that decides.
 */
#ifndef DECKBIND_RECOGNISE_VOTE_H
#define DECKBIND_RECOGNISE_VOTE_H

#include "recognise/mark.h"

/*
 * Give each mark its role and rank; lines above dialects that won become LINE_HEAD.
 * `reasons` gets the evidence for each; NULL where
 * nobody asks.
 */
void vote(MarkVec *marks, const Source *s, uint8_t *states, ReasonVec *reasons, Arena *a);

#endif
