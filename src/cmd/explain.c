/*
 * explain.c -- one file after the other, with nothing known of the book.
 */
#include "cmd/explain.h"

#include "model/book.h"
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

static bool explain_path(const char *name)
{
    Source s = {0};
    s.diags.arena = &s.kept;
    Str path = str_of(name);
    uint32_t line = eat_line(&path);
    s.path = s.name = str_copy(&s.kept, path);
    source_read(&s);
    bool ok = !s.failed;
    if (ok && line <= s.line_count) {
        Buf out = {.arena = &s.arena};
        explain(&s, line, &out);
        fwrite(buf_str(&out).at, 1, out.n, stdout);
    } else if (ok) {
        fprintf(stderr, "deckbind: %s has %u lines\n", s.path.at, s.line_count);
    }
    diag_print(&s.diags, DIAG_ERROR, stderr);
    bool found = ok && line <= s.line_count;
    arena_free(&s.arena);
    arena_free(&s.kept);
    return found;
}

int explain_run(const Options *o)
{
    int code = 0;
    for (size_t i = 0; i < o->path_count; i++)
        if (!explain_path(o->paths[i]))
            code = 2;
    return code;
}
