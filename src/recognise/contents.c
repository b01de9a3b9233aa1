/*
 * contents.c -- a list of contents in plain lines, which stands before all else:
 *
 *     1. 什么是进程
 *     2. 什么是线程
 *     3. 上下文切换
 *     1. 什么是进程
 *     资源分配的单位。
 *     …
 *
 * It ends where its first line stands again, and most of its lines do so below, or the first, as
 * far as the writer came.
 */
#include "recognise/contents.h"

#include "recognise/directive.h"
#include "recognise/lines.h"
#include "recognise/number.h"
#include "recognise/title.h"
#include "recognise/wording.h"

#include <stdlib.h>
#include <string.h>

enum {
    BEFORE = 1, /* lines that may stand above, … */
    COUNTED = 4, /* … and counted ones that nobody went on with */
    FEWEST = 3, /* titles that stand again and ask */
    BEGUN = 6,  /* of the first, where the writer came no further */
    MARKS = 32  /* bytes around a title */
};

typedef struct Title {
    Str text; /* without marks */
    uint32_t line;
    bool said; /* a comment says what the line is */
} Title;

typedef struct Titles {
    Title *at;
    size_t n;
} Titles;

static Str title_of(Str line)
{
    Str text = str_trim(line);
    if (!heading_eat(&text))
        line_eat_bullet(&text);
    number_eat(&text);
    return wording_bare(text);
}

/* The titles from line `from` on, in order. */
static Titles titles_of(const Source *s, const uint8_t *states, uint32_t from, Arena *a)
{
    Titles t = {.at = arena_new(a, Title, s->line_count + 1)};
    bool said = false;
    for (uint32_t line = 1; line <= s->line_count; line++) {
        if (states[line - 1] == LINE_COMMENT && directive_read(source_line(s, line)))
            said = true;
        if (states[line - 1] != LINE_TEXT)
            continue;
        if (line >= from)
            t.at[t.n++] = (Title){title_of(source_line(s, line)), line, said};
        said = false;
    }
    return t;
}

/* The line below `at` on which its title stands again; 0: none.  Nearly always the length denies it. */
static uint32_t find_again(const Source *s, const uint8_t *states, uint32_t at)
{
    Str title = title_of(source_line(s, at));
    for (uint32_t line = at + 1; line <= s->line_count && title.n; line++) {
        Str other = str_trim(source_line(s, line));
        if (states[line - 1] == LINE_TEXT && other.n >= title.n && other.n <= title.n + MARKS
            && str_eq(title_of(other), title))
            return line;
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    return str_cmp(((const Title *)a)->text, ((const Title *)b)->text);
}

/*
 * The titles from line `from` to line `again` are contents where most of them stand below, too,
 * or the first few; and some of these ask.
 */
static bool take(const Source *s, uint8_t *states, uint32_t from, uint32_t again, Arena *a)
{
    const Wording wording = wording_open();
    Titles t = titles_of(s, states, from, a);
    size_t n = 0, found = 0, asks = 0, first = 0; /* first: all of these were found */
    while (t.at[n].line < again)
        n++;
    size_t below = t.n - n;
    Title *sorted = arena_new(a, Title, below);
    memcpy(sorted, t.at + n, below * sizeof *sorted);
    qsort(sorted, below, sizeof *sorted, compare);
    bool *known = arena_new(a, bool, n);
    for (size_t i = 0; i < n; i++) {
        Str title = t.at[i].text;
        found += known[i] = (wording_topic(title) || wording_question_mark(title))
                         && bsearch(&t.at[i], sorted, below, sizeof *sorted, compare);
        asks += known[i] && wording_asks(&wording, title);
        first += found == i + 1;
    }
    if (asks < FEWEST || (found * 2 < n && first < BEGUN))
        return false;
    for (size_t i = 0; i < n; i++)
        if (known[i] && !t.at[i].said)
            states[t.at[i].line - 1] = LINE_CONTENTS;
    return true;
}

void contents_find(const Source *s, uint8_t *states, Arena *a)
{
    uint32_t above = 0, counted = 0;
    for (uint32_t line = 1; line <= s->line_count && above <= BEFORE && counted <= COUNTED; line++) {
        if (states[line - 1] != LINE_TEXT)
            continue;
        uint32_t again = find_again(s, states, line);
        if (again && take(s, states, line, again, a))
            return;
        Str text = str_trim(source_line(s, line));
        *(number_eat(&text).parts ? &counted : &above) += 1;
    }
}
