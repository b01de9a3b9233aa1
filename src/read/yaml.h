/*
 * yaml.h -- a YAML document as the pairs of its outermost mapping, with places.
 *
 * Of mappings in a sequence the pairs are kept apart; deeper values are passed over,
 * aliases and masses of brackets are refused, so the cost is linear.
 * The only module that knows libyaml.
 */
#ifndef DECKBIND_READ_YAML_H
#define DECKBIND_READ_YAML_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

/* From 1; the column counts characters. */
typedef struct YamlMark {
    uint32_t line, column;
} YamlMark;

typedef struct YamlPair {
    Str key, value;  /* of scalars; empty for what else stands there */
    Vec(Str) items;  /* the scalars of a sequence */
    bool is_mapping; /* the value */
    YamlMark mark;   /* of the key */
    size_t item;     /* an inner pair: the index of its mapping in the sequence */
} YamlPair;

typedef struct Yaml {
    bool is_empty, is_mapping; /* neither: a list or a text */
    Vec(YamlPair) pairs;       /* in order; those with other keys left out */
    Vec(YamlPair) inner;       /* those of the mappings in a sequence, all sequences together */
    const char *problem;       /* a constant; NULL: none */
    YamlMark at;               /* of the problem */
} Yaml;

/* Strings are in `a`.  Bad YAML has a problem, and the pairs before it. */
Yaml yaml_read(Str text, Arena *a);

/* The column in bytes, as Place has it, of a mark's column in `line`. */
uint32_t yaml_column(Str line, uint32_t characters);

#endif
