/*
 * markdown.c -- Markdown on standard input, HTML on standard output.
 *
 *     markdown [--strict | --tolerant] [--card | --book]
 *
 * Strict reading and the form of CommonMark's examples are the default.  The other
 * two forms show links as they are written.
 */
#include "read_markdown.h"
#include "render/html.h"

#include <stdio.h>
#include <string.h>

static Str read_all(FILE *in, Arena *a)
{
    Buf b = {.arena = a};
    char chunk[16 * 1024];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0;)
        buf_put(&b, (Str){chunk, n});
    return buf_str(&b);
}

static bool has(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], option) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    Arena arena = {0};
    References refs = {0};
    bool tolerant = has(argc, argv, "--tolerant"), card = has(argc, argv, "--card");
    HtmlProfile profile = {
        .commonmark = !card && !has(argc, argv, "--book"),
        .card = card,
        .top_level = 3,
        .prefix = "",
    };
    Node *document = read_markdown(read_all(stdin, &arena), tolerant, &refs, &arena);
    Buf out = {.arena = &arena};
    html_write(&out, document, &profile);
    fwrite(buf_str(&out).at, 1, out.n, stdout);
    arena_free(&arena);
    return fflush(stdout) == 0 ? 0 : 1;
}
