/*
 * code.c -- code between runs of backticks.
 *
 * The first backtick of a leaf has all its runs indexed: a run of n backticks opens
 * code only where another run of n lies ahead, so no search is in vain.  In notes one
 * without another may be mended, see mend.h; full-width ones pair in a line.
 */
#include "inline/mend.h"

static size_t run_length(Str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.at[at + n] == '`')
        n++;
    return n;
}

static void index_runs(Leaf *l)
{
    for (size_t i = 0, n; i < l->text.n; i += n ? n : 1) {
        n = run_length(l->text, i);
        if (n > l->longest_run)
            l->longest_run = n;
    }
    l->last_run = arena_new(l->all->arena, size_t, l->longest_run + 1);
    for (size_t i = 0, n; i < l->text.n; i += n ? n : 1) {
        n = run_length(l->text, i);
        l->last_run[n] = i;
    }
}

/* Offset of the run of `n` at or after `at`; there is one. */
static size_t closing_run(Str s, size_t at, size_t n)
{
    for (size_t found; (found = run_length(s, at)) != n;)
        at += found ? found : 1;
    return at;
}

/* Line ends become blanks; in a table cell `\|` is a bar even here. */
static Str flatten(Str s, bool cell, Arena *a)
{
    bool bars = cell && str_find(s, STR("\\|")) != STR_NONE;
    if (!bars && str_find_char(s, '\n') == STR_NONE)
        return s;
    Buf b = {.arena = a};
    for (size_t i = 0; i < s.n; i++) {
        i += bars && s.at[i] == '\\' && i + 1 < s.n && s.at[i + 1] == '|';
        buf_put_char(&b, s.at[i] == '\n' ? ' ' : s.at[i]);
    }
    return buf_str(&b);
}

static Str strip_one_blank(Str s)
{
    size_t blanks = 0;
    while (blanks < s.n && s.at[blanks] == ' ')
        blanks++;
    bool both = s.n > 1 && s.at[0] == ' ' && s.at[s.n - 1] == ' ';
    return both && blanks < s.n ? (Str){s.at + 1, s.n - 2} : s;
}

/* The code between two offsets of the leaf; what lies before `behind` is used up. */
static void put_code(Leaf *l, size_t start, size_t end, size_t behind)
{
    Node *code = leaf_node(l, NODE_CODE);
    Str raw = {l->text.at + start, end - start};
    code->text = strip_one_blank(flatten(raw, l->node->kind == NODE_CELL, l->all->arena));
    leaf_skip(l, behind);
}

/* Not further than its line, so that of all marks of a line one at most is sought in vain. */
bool read_wide_code(Leaf *l)
{
    Str tick = STR("｀");
    size_t start = l->at + tick.n, end = start;
    while (end < l->text.n && l->text.at[end] != '\n' && !str_starts(str_drop(l->text, end), tick))
        end++;
    if (end == start || end == l->text.n || l->text.at[end] == '\n')
        return false;
    mend_wide(l, leaf_line(l), l->at);
    put_code(l, start, end, end + tick.n);
    return true;
}

bool read_code(Leaf *l)
{
    if (!l->last_run)
        index_runs(l);
    size_t n = run_length(l->text, l->at), start = l->at + n;
    bool closed = l->last_run[n] >= start;
    size_t end = closed ? closing_run(l->text, start, n) : 0;
    size_t pause = n == 1 ? mend_code_end(l, start, end) : 0;
    if (pause) {
        end = pause;
        closed = false;
    }
    if (!end) {
        l->at = start;
        return true;
    }
    if (!closed)
        mend_note(l, REPAIR_EMPHASIS, leaf_line(l), l->at);
    put_code(l, start, end, closed ? end + n : end);
    return true;
}
