/*
 * rules.h -- what the book description says of single files.
 */
#ifndef DECKBIND_BOOK_RULES_H
#define DECKBIND_BOOK_RULES_H

#include "model/book.h"

/*
 * Apply config.files: sources that are to be ignored are taken out of the book, others
 * learn what opens their entries.  The last rule that matches a file decides alone; one
 * that matches none is D_RULE_UNUSED.
 */
void book_apply_rules(Book *b);

/* Whether a file of that name, which ends in NUL, would be ignored. */
bool book_ignores(const Book *b, Str name);

#endif
