/*
 * repair.c -- the table of repairs, by name.
 */
#include "model/repair.h"

static const Str names[REPAIR_KINDS] = {
#define REPAIR(kind, name, code) STR_INIT(name),
#include "model/repair.def"
#undef REPAIR
};

const DiagCode repair_codes[REPAIR_KINDS] = {
#define REPAIR(kind, name, code) D_##code,
#include "model/repair.def"
#undef REPAIR
};

const char repair_names[] = ""
#define REPAIR(kind, name, code) name ", "
#include "model/repair.def"
#undef REPAIR
    "all or none";

bool repair_add(RepairSet *set, Str word)
{
    if (str_eq(word, STR("all")))
        *set |= REPAIR_ALL;
    for (size_t i = 0; i < REPAIR_KINDS; i++)
        if (str_eq(word, names[i])) {
            *set |= 1U << i;
            return true;
        }
    return str_eq(word, STR("all")) || str_eq(word, STR("none"));
}
