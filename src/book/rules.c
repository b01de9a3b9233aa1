/*
 * rules.c -- patterns and names.
 */
#include "book/rules.h"

#include "base/file.h"

#include <fnmatch.h>

/* A pattern without a slash is for names, wherever they stand; a folder is for all in it. */
static bool matches(const FileRule *rule, Str name)
{
    Str pattern = rule->match, last = name;
    for (Str rest = name; rest.n;)
        last = str_cut(&rest, '/');
    while (str_ends(pattern, STR("/")))
        pattern.n--;
    bool inside = str_starts(name, pattern) && name.n > pattern.n && name.at[pattern.n] == '/';
    bool plain = str_find_char(pattern, '/') == STR_NONE;
    return inside || fnmatch(rule->match.at, name.at, 0) == 0
        || (plain && fnmatch(rule->match.at, last.at, 0) == 0);
}

bool book_ignores(const Book *b, Str name)
{
    bool ignore = false;
    for (size_t i = 0; i < b->config.files.n; i++)
        if (matches(&b->config.files.at[i], name))
            ignore = b->config.files.at[i].ignore;
    return ignore;
}

void book_apply_rules(Book *b)
{
    size_t kept = 0;
    bool *used = arena_new(&b->arena, bool, b->config.files.n + 1);
    for (size_t i = 0; i < b->source_count; i++) {
        Source *s = &b->sources[i];
        bool ignore = false;
        s->repairs_off = b->config.repairs_off;
        for (size_t k = 0; k < b->config.files.n; k++) {
            const FileRule *rule = &b->config.files.at[k];
            if (!matches(rule, s->name))
                continue;
            used[k] = true;
            ignore = rule->ignore;
            s->entry = rule->entry;
            s->repairs_off = rule->repairs_off;
        }
        if (!ignore) {
            b->sources[kept] = *s;
            b->sources[kept].diags.arena = &b->sources[kept].kept;
            kept++;
        }
    }
    b->source_count = kept;
    const char *path = file_path(&b->arena, b->folder, STR("deckbind.yaml"));
    for (size_t k = 0; k < b->config.files.n; k++)
        if (!used[k])
            diag(&b->diags, D_RULE_UNUSED, (Place){.file = str_of(path)}, "%s",
                 b->config.files.at[k].match.at);
}
