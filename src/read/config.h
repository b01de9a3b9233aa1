/*
 * config.h -- the book description, deckbind.yaml.
 */
#ifndef DECKBIND_READ_CONFIG_H
#define DECKBIND_READ_CONFIG_H

#include "model/book.h"

/*
 * Read the file `path` into `config`.  Keys are those of Config; an unknown key,
 * a wrong type or bad YAML is D_CONFIG_INVALID with its line and column.  What
 * the file does not say stays empty.  False: `d` says why.
 */
bool config_read(const char *path, Config *config, Arena *a, Diags *d);

#endif
