/*
 * linediff.c -- runs of words, broken at line feeds of either text.
 */
#include "compare/linediff.h"

#include "base/utf8.h"

enum { CONTEXT = 1, KEPT_COLUMNS = 24, LINE_COLUMNS = 72 };

static const Str ellipsis = STR_INIT("…"), line_end = STR_INIT("⏎");

typedef struct Breaker {
    Arena *arena;
    DiffLineVec lines;
    RunVec line; /* the one that is not ended */
} Breaker;

/* The length of what fits into `columns`. */
static size_t fitting(Str s, size_t columns)
{
    size_t at = 0, width = 0, n;
    for (; at < s.n; at += n) {
        utf8_at(s, at, &n);
        width += utf8_width((Str){s.at + at, n});
        if (width > columns)
            break;
    }
    return at;
}

Str cut_columns(Str s, size_t columns, Arena *a)
{
    if (!utf8_wider(s, columns))
        return s;
    Buf b = {.arena = a};
    buf_put(&b, str_trim_end(str_take(s, fitting(s, columns - 1))));
    buf_put(&b, ellipsis);
    return buf_str(&b);
}

static bool has(const RunVec *runs, RunKind kind)
{
    for (size_t i = 0; i < runs->n; i++)
        if (runs->at[i].kind == kind && !utf8_looks_blank(runs->at[i].text))
            return true;
    return false;
}

static bool only(const RunVec *runs, RunKind kind)
{
    for (size_t i = 0; i < runs->n; i++)
        if (runs->at[i].kind != kind)
            return false;
    return runs->n > 0;
}

static void put_line(Breaker *b, LineKind kind, RunVec runs)
{
    *vec_push(&b->lines, b->arena) = (DiffLine){kind, runs};
}

/* The runs of `all` that one of the two texts has. */
static RunVec runs_without(const RunVec *all, RunKind other, Arena *a)
{
    RunVec runs = {0};
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].kind != other)
            *vec_push(&runs, a) = all->at[i];
    return runs;
}

static void end_line(Breaker *b)
{
    const RunVec *line = &b->line;
    if (only(line, RUN_OLD) || only(line, RUN_NEW)) {
        put_line(b, line->at[0].kind == RUN_OLD ? LINE_OLD : LINE_NEW, *line);
    } else if (!line->n || only(line, RUN_SAME)) {
        put_line(b, LINE_SAME, *line);
    } else if (has(line, RUN_SAME) || !has(line, RUN_OLD) || !has(line, RUN_NEW)) {
        put_line(b, LINE_MIXED, *line);
    } else {
        put_line(b, LINE_OLD, runs_without(line, RUN_NEW, b->arena));
        put_line(b, LINE_NEW, runs_without(line, RUN_OLD, b->arena));
    }
    b->line = (RunVec){0};
}

/* A line that is only broken or joined shows it by a sign. */
static void put_break(Breaker *b, const Run *run)
{
    bool hidden = run->kind != RUN_SAME && utf8_looks_blank(run->text);
    if (hidden)
        *vec_push(&b->line, b->arena) = (Run){run->kind, line_end};
    end_line(b);
}

static void put_run(Breaker *b, const Run *run)
{
    for (Str rest = run->text; rest.n;) {
        bool ends = str_find_char(rest, '\n') != STR_NONE;
        Str piece = str_cut(&rest, '\n');
        if (piece.n)
            *vec_push(&b->line, b->arena) = (Run){run->kind, piece};
        if (ends)
            put_break(b, run);
    }
}

/* Of text that is the same, what stands after a change, "…", and what stands before one. */
static void put_short(RunVec *runs, Str text, bool after, bool before, Arena *a)
{
    size_t columns = after || before ? KEPT_COLUMNS : LINE_COLUMNS;
    size_t head = before && !after ? 0 : fitting(text, columns);
    size_t width = utf8_width(text), tail = text.n;
    if (before)
        tail = width > columns ? fitting(text, width - columns) : 0;
    if (head + 1 >= tail || width <= (after || before ? 2 * columns : columns)) {
        *vec_push(runs, a) = (Run){RUN_SAME, text};
        return;
    }
    if (head)
        *vec_push(runs, a) = (Run){RUN_SAME, str_take(text, head)};
    *vec_push(runs, a) = (Run){RUN_SAME, ellipsis};
    if (tail < text.n)
        *vec_push(runs, a) = (Run){RUN_SAME, str_drop(text, tail)};
}

static void shorten(DiffLine *line, Arena *a)
{
    RunVec runs = {0};
    for (size_t i = 0; i < line->runs.n; i++)
        if (line->runs.at[i].kind == RUN_SAME)
            put_short(&runs, line->runs.at[i].text, i > 0, i + 1 < line->runs.n, a);
        else
            *vec_push(&runs, a) = line->runs.at[i];
    line->runs = runs;
}

static bool is_near_change(const DiffLineVec *lines, size_t i)
{
    size_t first = i > CONTEXT ? i - CONTEXT : 0;
    for (size_t k = first; k < lines->n && k <= i + CONTEXT; k++)
        if (lines->at[k].kind != LINE_SAME)
            return true;
    return false;
}

/* One line is not worth leaving out. */
static DiffLineVec leave_out(const DiffLineVec *all, Arena *a)
{
    DiffLineVec lines = {0};
    for (size_t i = 0; i < all->n;) {
        size_t n = 0;
        while (i + n < all->n && !is_near_change(all, i + n))
            n++;
        if (n > 1)
            vec_push(&lines, a)->kind = LINE_CUT;
        else if (n == 1)
            *vec_push(&lines, a) = all->at[i];
        i += n;
        if (i < all->n)
            *vec_push(&lines, a) = all->at[i++];
    }
    return lines;
}

DiffLineVec line_diff(Str before, Str after, Arena *a)
{
    Breaker b = {.arena = a};
    RunVec runs = word_diff(before, after, a);
    for (size_t i = 0; i < runs.n; i++)
        put_run(&b, &runs.at[i]);
    if (b.line.n)
        end_line(&b);
    DiffLineVec lines = leave_out(&b.lines, a);
    for (size_t i = 0; i < lines.n; i++)
        shorten(&lines.at[i], a);
    return lines;
}
