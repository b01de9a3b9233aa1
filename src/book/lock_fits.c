/*
 * lock_fits.c -- what a lock says of adopted notes is asked once it is whole: their note
 * types stand above them, but what they keep may stand below the other side of a merge.
 */
#include "book/lock.h"

static bool refuse(const Lock *l, uint32_t line, const char *what, Diags *d)
{
    diag(d, D_LOCK_INVALID, (Place){.file = str_of(l->path), .line = line}, "%s", what);
    return false;
}

static bool type_fits(const AdoptedType *t)
{
    return t->question < t->type.fields.n && t->answer < t->type.fields.n && t->answer != t->question
        && t->type.templates.n;
}

/* A cloze has the cards of its gaps, any other those that it had: at least one, of its templates. */
static bool cards_fit(const Locked *e, const ReadType *type)
{
    if (!e->adopted || type->cloze)
        return !e->cards.n;
    for (size_t i = 1; i < e->cards.n; i++)
        if (e->cards.at[i] <= e->cards.at[i - 1])
            return false;
    return e->cards.n && e->cards.at[e->cards.n - 1] < type->templates.n;
}

bool lock_fits(const Lock *l, Diags *d)
{
    for (size_t i = 0; i < l->adopted.n; i++)
        if (!type_fits(&l->adopted.at[i]))
            return refuse(l, 0, "an adopted note type lacks fields or templates", d);
    for (size_t i = 0; i < l->entries.n; i++) {
        const Locked *e = &l->entries.at[i];
        const ReadType *type = e->adopted ? &l->adopted.at[e->adopted - 1].type : NULL;
        if (e->fields.n != (type ? type->fields.n : 0))
            return refuse(l, e->line, "an entry that has not the fields of its note type", d);
        if (!cards_fit(e, type))
            return refuse(l, e->line, "an entry that has not the cards of its note type", d);
    }
    return true;
}
