/*
 * read_type.c -- names are compared as the unique indices of Anki's tables do.
 */
#include "model/read_type.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { MOST_NAMES = 1000 };

static int by_name(const void *a, const void *b)
{
    return utf8_cmp_nocase(*(const Str *)a, *(const Str *)b);
}

/* Anki takes these marks and blanks off a field's name, and refuses one that is empty then. */
static bool is_name(Str s)
{
    static const Str marks = STR_INIT("\"#/:^{}");
    bool any = false;
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (code < ' ')
            return false;
        any = any || !(utf8_is_space(code) || (code < 0x80 && str_find_char(marks, (char)code) != STR_NONE));
    }
    return any;
}

/* Sorts them. */
static bool are_names(StrVec *names)
{
    bool good = names->n > 0 && names->n <= MOST_NAMES;
    if (good)
        qsort(names->at, names->n, sizeof *names->at, by_name);
    for (size_t i = 0; i < names->n && good; i++)
        good = is_name(names->at[i]) && (!i || by_name(&names->at[i - 1], &names->at[i]) != 0);
    return good;
}

bool read_type_good(const ReadType *t)
{
    Arena scratch = {0};
    StrVec fields = {0}, templates = {0};
    for (size_t i = 0; i < t->fields.n; i++)
        *vec_push(&fields, &scratch) = t->fields.at[i];
    for (size_t i = 0; i < t->templates.n; i++)
        *vec_push(&templates, &scratch) = t->templates.at[i].name;
    bool good = t->id > 0 && is_name(t->name) && are_names(&fields) && are_names(&templates);
    arena_free(&scratch);
    return good;
}
