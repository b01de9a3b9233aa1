/*
 * fence_language.c -- for each fence of the notes named that says its language and holds
 * code: that language, the one that its look speaks for, "-" for none, and where it is.
 */
#include "read/block.h"
#include "read/language.h"
#include "read/source.h"

#include <stdio.h>

static void print_fence(const Source *s, const Node *n)
{
    Str rest = n->title, named = str_cut(&rest, ' '), guess = language_guess(n->text);
    printf("%.*s\t%.*s\t%s:%u\n", STR_ARG(named), STR_ARG(guess.n ? guess : STR("-")),
           s->path.at, n->line);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        Source s = {.path = str_of(argv[i]), .name = STR("note.md")};
        LineVec lines = {0};
        s.diags.arena = &s.kept;
        source_read(&s);
        for (uint32_t k = 1; k <= s.line_count; k++)
            *vec_push(&lines, &s.arena) = (Line){source_line(&s, k), k};
        NodeStep step = {block_parse(&lines, true, &s.references, &s.arena), true};
        const Node *root = step.node;
        do
            if (step.entering && step.node->kind == NODE_CODE_BLOCK && step.node->fenced && step.node->title.n)
                print_fence(&s, step.node);
        while (node_next(&step, root));
        arena_free(&s.arena);
        arena_free(&s.kept);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
