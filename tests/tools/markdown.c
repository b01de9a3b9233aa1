/*
 * markdown.c -- Markdown on standard input, HTML on standard output.
 *
 *     markdown [--strict | --tolerant] [--card | --book]
 *
 * Strict reading and the form of CommonMark's examples are the default.  The other
 * two forms show links as they are written.
 */
#include "inline/inline.h"
#include "read/block.h"
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

/* CommonMark asks for U+FFFD in the place of NUL. */
static Str without_nul(Str text, Arena *a)
{
    Buf b = {.arena = a};
    while (text.n) {
        size_t n = str_find_char(text, '\0');
        buf_put(&b, str_take(text, n));
        if (n != STR_NONE)
            buf_puts(&b, "\uFFFD");
        text = str_drop(text, n == STR_NONE ? text.n : n + 1);
    }
    return buf_str(&b);
}

static LineVec split(Str text, Arena *a)
{
    LineVec lines = {0};
    for (uint32_t number = 1; text.n; number++)
        *vec_push(&lines, a) = (Line){str_cut(&text, '\n'), number};
    return lines;
}

static void point_links(Node *root)
{
    NodeStep step = {root, true};
    do
        step.node->card_target = step.node->page_target = step.node->target;
    while (node_next(&step, root));
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
    LineVec lines = split(without_nul(read_all(stdin, &arena), &arena), &arena);
    Node *document = block_parse(&lines, tolerant, &refs, &arena);
    references_sort(&refs, &arena);
    inline_parse(document, &refs, tolerant, &arena);
    point_links(document);

    Buf out = {.arena = &arena};
    html_write(&out, document, &profile);
    fwrite(buf_str(&out).at, 1, out.n, stdout);
    arena_free(&arena);
    return fflush(stdout) == 0 ? 0 : 1;
}
