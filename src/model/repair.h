/*
 * repair.h -- the mends that are made to the trees of a note, never to the note.
 *
 * Each has a row in repair.def, raises a message where it is made, and can be switched
 * off for all notes or for some: see repairs_off of Config and FileRule.
 */
#ifndef DECKBIND_MODEL_REPAIR_H
#define DECKBIND_MODEL_REPAIR_H

#include "base/diag.h"

typedef enum {
#define REPAIR(kind, name, code) REPAIR_##kind,
#include "model/repair.def"
#undef REPAIR
    REPAIR_KINDS
} RepairKind;

/* A bit for each kind that is wanted. */
typedef unsigned RepairSet;

enum { REPAIR_NONE = 0, REPAIR_ALL = (1 << REPAIR_KINDS) - 1 };

/* A mend that was made.  `rest` is its line from there on, where that is known. */
typedef struct Repair {
    RepairKind kind;
    uint32_t line;
    Str rest;
} Repair;

typedef Vec(Repair) Repairs;

static inline bool repair_wanted(RepairSet set, RepairKind kind)
{
    return set >> kind & 1;
}

/* Add what `word` names, a repair or "all" or "none".  False: it names nothing. */
bool repair_add(RepairSet *set, Str word);

/* What a word for it may be, for messages. */
extern const char repair_names[];

extern const DiagCode repair_codes[REPAIR_KINDS];

#endif
