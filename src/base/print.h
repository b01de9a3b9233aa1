/*
 * print.h -- text from outside on a terminal or in a log.
 *
 * No control character, no mark that turns the direction of text, and nothing that a
 * build server takes for a command (GitHub and Azure read `::…` at the front of a
 * line, `##[…` and `##vso[…` anywhere).
 */
#ifndef DECKBIND_BASE_PRINT_H
#define DECKBIND_BASE_PRINT_H

#include "base/str.h"

#include <stdio.h>

/* What cannot be shown becomes '?'; tabs stay. */
void print_safe(Str s, FILE *out);

/* A path, at the front of a line; its bytes that cannot be shown are written as \xHH. */
void print_path(Str path, FILE *out);

/* JSON text; what may not be printed stands in it as \uXXXX. */
void print_json(Str json, FILE *out);

#endif
