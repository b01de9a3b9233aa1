/*
 * diag.c -- raising and printing messages.
 */
#include "base/diag.h"

#include "base/print.h"
#include "base/utf8.h"

#include <stdlib.h>

static const struct {
    const char *name;
    DiagLevel level;
    const char *words, *help;
} rows[] = {
#define DIAG(code, level, words, help) {#code, DIAG_##level, words, help},
#include "base/diag.def"
#undef DIAG
};

static const char *const level_names[] = {"note", "warning", "error", "error"};

enum { QUOTED = 100 }; /* columns of a quoted line */

const char *diag_name(DiagCode code)
{
    return rows[code].name;
}

bool diag_any(const Diags *d, DiagLevel level)
{
    for (unsigned l = level; l < DIAG_LEVELS; l++)
        if (d->count[l])
            return true;
    return false;
}

void diag(Diags *d, DiagCode code, Place place, const char *detail, ...)
{
    if (d->count[rows[code].level]++ >= DIAGS_KEPT)
        return;
    Diag *one = vec_push(&d->list, d->arena);
    *one = (Diag){.code = code, .place = place};
    one->place.file = str_copy(d->arena, place.file);
    one->place.text = str_copy(d->arena, str_take(place.text, 4096));
    if (!detail)
        return;
    Buf b = {.arena = d->arena};
    va_list args;
    va_start(args, detail);
    buf_vprintf(&b, detail, args);
    va_end(args);
    one->detail = buf_str(&b);
}

static size_t characters(Str s)
{
    size_t count = 0;
    for (size_t i = 0, n; i < s.n; i += n, count++)
        utf8_at(s, i, &n);
    return count;
}

/* The part of the line around byte `at`, cut on characters. */
static Str window(Str line, size_t at)
{
    size_t from = 0, width = 0, i = 0, n;
    if (!utf8_wider(line, QUOTED))
        return line;
    for (; i < line.n; i += n, width++) {
        utf8_at(line, i, &n);
        if (width >= QUOTED && i >= at + QUOTED / 2)
            break;
        if (i < at && at - i > QUOTED / 2)
            from = i + n;
    }
    return (Str){line.at + from, i - from};
}

/* A tab is one column wide, so that the caret finds its place. */
static void print_line(Str line, FILE *out)
{
    while (line.n) {
        print_safe(str_cut(&line, '\t'), out);
        fputs(line.n ? " " : "", out);
    }
}

static void print_quote(const Place *p, FILE *out)
{
    Str line = str_trim_end(p->text);
    if (!line.n)
        return;
    size_t at = p->column && p->column <= line.n ? p->column - 1 : 0;
    Str shown = window(line, at);
    fputs("    | ", out);
    print_line(shown, out);
    fputc('\n', out);
    if (!p->column)
        return;
    size_t before = (size_t)(line.at + at - shown.at);
    Str head = str_take(shown, before);
    size_t tabs = 0;
    for (size_t i = 0; i < head.n; i++)
        tabs += head.at[i] == '\t';
    fprintf(out, "    | %*s^\n", (int)(utf8_width(head) + tabs), "");
}

static void print_one(const Diag *one, FILE *out)
{
    const Place *p = &one->place;
    if (p->file.n) {
        print_path(p->file, out);
        if (p->line)
            fprintf(out, ":%u", p->line);
        if (p->line && p->column)
            fprintf(out, ":%zu", characters(str_take(p->text, p->column - 1)) + 1);
        fputs(": ", out);
    } else {
        fputs("deckbind: ", out);
    }
    fprintf(out, "%s[%s]: %s", level_names[rows[one->code].level], rows[one->code].name,
            rows[one->code].words);
    if (one->detail.n) {
        fputs(": ", out);
        print_safe(one->detail, out);
    }
    fputc('\n', out);
    print_quote(p, out);
    fprintf(out, "    help: %s\n", rows[one->code].help);
}

static int by_place(const void *a, const void *b)
{
    const Diag *x = a, *y = b;
    int order = (x->place.line > y->place.line) - (x->place.line < y->place.line);
    if (order == 0)
        order = (x->place.column > y->place.column) - (x->place.column < y->place.column);
    return order ? order : (x->code > y->code) - (x->code < y->code);
}

void diag_sort(Diags *d)
{
    if (d->list.n)
        qsort(d->list.at, d->list.n, sizeof *d->list.at, by_place);
}

void diag_print(const Diags *d, DiagLevel least, FILE *out)
{
    for (size_t i = 0; i < d->list.n; i++)
        if (rows[d->list.at[i].code].level >= least)
            print_one(&d->list.at[i], out);
    for (unsigned l = least; l < DIAG_LEVELS; l++)
        if (d->count[l] > DIAGS_KEPT)
            fprintf(out, "    and %zu more of level %s\n", d->count[l] - DIAGS_KEPT,
                    level_names[l]);
}

void diag_print_code(const Diags *d, DiagCode code, FILE *out)
{
    for (size_t i = 0; i < d->list.n; i++)
        if (d->list.at[i].code == code)
            print_one(&d->list.at[i], out);
}
