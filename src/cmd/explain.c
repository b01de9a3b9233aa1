/*
 * explain.c -- one path after the other, each as a book of its own.
 */
#include "cmd/explain.h"

#include "base/print.h"
#include "book/open.h"
#include "deckbind.h"
#include "read/source.h"
#include "recognise/explain.h"

#include <stdlib.h>

/* Take `:LINE` off the end of a path that is no file itself; 0 where there is none. */
static uint32_t eat_line(Str *path)
{
    size_t at = path->n;
    while (at && is_digit(path->at[at - 1]))
        at--;
    bool numbered = at > 1 && at < path->n && path->n - at < 9 && path->at[at - 1] == ':';
    if (!numbered || file_exists(path->at))
        return 0;
    uint32_t line = (uint32_t)strtoul(path->at + at, NULL, 10);
    *path = str_take(*path, at - 1);
    return line;
}

static void print_lines(Str text)
{
    while (text.n) {
        print_path(str_cut(&text, '\n'), stdout);
        putchar('\n');
    }
}

/* False: there is no such line. */
static bool explain_source(Source *s, uint32_t line)
{
    source_read(s);
    if (s->failed)
        return true; /* its messages tell */
    if (line > s->line_count) {
        fprintf(stderr, "deckbind: there is no line %u, only %u lines\n", line, s->line_count);
        return false;
    }
    Buf out = {.arena = &s->arena};
    explain(s, line, &out);
    print_lines(buf_str(&out));
    return true;
}

static int explain_path(const Options *o, const char *name)
{
    Book b = {0};
    Str path = str_of(name);
    uint32_t line = eat_line(&path);
    const char *alone = str_copy(&b.arena, path).at;
    Options one = *o;
    one.paths = &alone;
    one.path_count = 1;
    bool ok = deckbind_open(&b, &one);
    for (size_t i = 0; ok && i < b.source_count; i++)
        ok = explain_source(&b.sources[i], line);
    deckbind_report(&b, &one);
    int code = ok ? deckbind_exit_code(&b, &one) : 2;
    book_close(&b);
    return code;
}

int explain_run(const Options *o)
{
    int worst = 0;
    for (size_t i = 0; i < o->path_count; i++) {
        int code = explain_path(o, o->paths[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}
