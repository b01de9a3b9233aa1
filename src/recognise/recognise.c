/*
 * recognise.c -- lines, marks, vote, outline; in that order.
 */
#include "recognise/recognise.h"

#include "recognise/directive.h"
#include "recognise/lines.h"
#include "recognise/mark.h"
#include "recognise/outline.h"
#include "recognise/vote.h"

static bool says_something(const Source *s, const uint8_t *states)
{
    for (size_t i = 0; i < s->line_count; i++)
        if (line_speaks(states[i]))
            return true;
    return false;
}

static size_t count_questions(const Source *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->entries.n; i++)
        n += s->entries.at[i].kind == ENTRY_QUESTION;
    return n;
}

void recognise(Source *s)
{
    Arena scratch = {0};
    uint8_t *states = lines_scan(s, &scratch);
    MarkVec marks = marks_collect(s, states, &scratch);
    vote(&marks, s, states, NULL, &scratch);
    outline(s, &marks, states);
    if (s->entry.n && !level_named(s->entry) && mark_class(s->entry) == MARK_CLASSES)
        diag(&s->diags, D_RULE_UNKNOWN, (Place){.file = s->path}, "%.*s", STR_ARG(s->entry));
    for (uint32_t line = 1; line <= s->line_count; line++)
        if (states[line - 1] == LINE_COMMENT && directive_read(source_line(s, line)) == DIRECTIVE_UNKNOWN)
            diag(&s->diags, D_DIRECTIVE_UNKNOWN, source_place(s, line, NULL), NULL);
    if (!count_questions(s) && says_something(s, states))
        diag(&s->diags, D_NO_ENTRIES, (Place){.file = s->path}, NULL);
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        if (e->kind == ENTRY_QUESTION && !e->answered)
            diag(&s->diags, D_NO_ANSWER, source_place(s, e->line, NULL), NULL);
    }
    arena_free(&scratch);
}
