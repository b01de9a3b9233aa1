/*
 * explain.c -- the recogniser's own passes, with somebody asking.
 */
#include "recognise/explain.h"

#include "recognise/lines.h"
#include "recognise/mark.h"
#include "recognise/outline.h"
#include "recognise/vote.h"

/* What one line is: words, and the line of the entry that they belong to. */
typedef struct LinePlace {
    const char *words;
    const Entry *entry; /* NULL: of none */
} LinePlace;

static const char *const state_words[] = {
    [LINE_BLANK] = "blank", [LINE_TEXT] = "a word or mark that opens a part", [LINE_TABLE] = "table",
    [LINE_RULE] = "rule", [LINE_FENCE] = "fence", [LINE_CODE] = "in a fence",
    [LINE_COMMENT] = "comment, left out", [LINE_META] = "front matter",
    [LINE_CONTENTS] = "contents: it stands again below",
    [LINE_HEAD] = "head of the cards below",
    [LINE_OFF] = "switched off by a comment",
    [LINE_TOOL] = "for another tool, left out", [LINE_WRAP] = "marks around text",
    [LINE_BOX] = "opens a box around a question, left out",
};

/* The entry that owns `line`; entries are in order, so the search goes on from `*at`. */
static const Entry *owner(const Source *s, uint32_t line, size_t *at)
{
    while (*at + 1 < s->entries.n && s->entries.at[*at + 1].line <= line)
        (*at)++;
    return *at < s->entries.n ? &s->entries.at[*at] : NULL;
}

static LinePlace place_of(const Entry *e, uint8_t state, uint32_t line)
{
    if ((state >= LINE_COMMENT && state != LINE_WRAP) || !e)
        return (LinePlace){state_words[state], NULL};
    if (line == e->line && e->title.n)
        return (LinePlace){entry_kind_names[e->kind], NULL};
    for (size_t i = 0; i < e->slices.n; i++)
        if (e->slices.at[i].from <= line && line <= e->slices.at[i].to) {
            bool text = e->kind != ENTRY_QUESTION;
            return (LinePlace){text ? "text" : part_names[e->slices.at[i].part], e};
        }
    return (LinePlace){state_words[state], state == LINE_BLANK ? NULL : e};
}

static void put_run(Buf *out, const Source *s, LinePlace p, uint32_t from, uint32_t to, const Entry *e)
{
    buf_printf(out, "%s:%u", s->path.at, from);
    if (to > from)
        buf_printf(out, "-%u", to);
    buf_printf(out, ": %s", p.words);
    if (p.entry && p.entry->title.n)
        buf_printf(out, " of line %u", p.entry->line);
    else if (e && from == e->line && e->title.n && e->rule) {
        buf_printf(out, " (%s)%s: %.*s", e->rule,
                   e->kind == ENTRY_QUESTION && !e->answered ? ", not answered" : "",
                   STR_ARG(e->title));
    }
    buf_put_char(out, '\n');
}

static bool same(LinePlace a, LinePlace b)
{
    return a.words == b.words && a.entry == b.entry;
}

static void put_all(Buf *out, const Source *s, const uint8_t *states, uint32_t first, uint32_t last)
{
    size_t at = 0;
    for (uint32_t line = first; line <= last;) {
        const Entry *e = owner(s, line, &at);
        LinePlace p = place_of(e, states[line - 1], line);
        uint32_t to = line;
        for (size_t next = at; to < last; to++) {
            const Entry *f = owner(s, to + 1, &next);
            bool title = f && f->line == to + 1 && f->title.n;
            if (title || (e && line == e->line && e->title.n) || !same(p, place_of(f, states[to], to + 1)))
                break;
        }
        put_run(out, s, p, line, to, e);
        line = to + 1;
    }
}

void explain(Source *s, uint32_t line, Buf *out)
{
    Arena scratch = {0};
    ReasonVec reasons = {0};
    uint8_t *states = lines_scan(s, &scratch);
    MarkVec marks = marks_collect(s, states, &scratch);
    vote(&marks, s, states, &reasons, &scratch);
    outline(s, &marks, states);
    put_all(out, s, states, line ? line : 1, line ? line : s->line_count);
    for (size_t i = 0; line && i < reasons.n; i++)
        if (reasons.at[i].line == line)
            buf_printf(out, "    %.*s\n", STR_ARG(reasons.at[i].text));
    arena_free(&scratch);
}
