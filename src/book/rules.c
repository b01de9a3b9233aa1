/*
 * rules.c -- patterns and names.
 */
#include "book/rules.h"

#include <fnmatch.h>

void book_apply_rules(Book *b)
{
    size_t kept = 0;
    bool *used = arena_new(&b->arena, bool, b->config.files.n + 1);
    for (size_t i = 0; i < b->source_count; i++) {
        Source *s = &b->sources[i];
        bool ignore = false;
        for (size_t k = 0; k < b->config.files.n; k++) {
            const FileRule *rule = &b->config.files.at[k];
            if (fnmatch(rule->match.at, s->name.at, 0) != 0)
                continue;
            used[k] = true;
            ignore = rule->ignore;
            s->entry = rule->entry;
        }
        if (!ignore) {
            b->sources[kept] = *s;
            b->sources[kept].diags.arena = &b->sources[kept].kept;
            kept++;
        }
    }
    b->source_count = kept;
    for (size_t k = 0; k < b->config.files.n; k++)
        if (!used[k])
            diag(&b->diags, D_RULE_UNUSED, (Place){.file = STR("deckbind.yaml")}, "%s",
                 b->config.files.at[k].match.at);
}
