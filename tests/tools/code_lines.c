/*
 * code_lines.c -- the lines of a note that end up in code blocks: "FROM TO" for each.
 */
#include "read/block.h"
#include "read/source.h"
#include "recognise/recognise.h"

#include <stdio.h>

static void print_code(const Node *root)
{
    NodeStep step = {(Node *)(uintptr_t)root, true};
    do
        if (step.entering && step.node->kind == NODE_CODE_BLOCK)
            printf("%u %u\n", step.node->line, step.node->end_line);
    while (node_next(&step, root));
}

int main(int argc, char **argv)
{
    Source s = {.path = str_of(argc > 1 ? argv[1] : ""), .name = STR("note.md")};
    s.diags.arena = &s.kept;
    source_read(&s);
    if (s.failed)
        return 1;
    recognise(&s);
    source_blocks(&s);
    for (size_t i = 0; i < s.entries.n; i++)
        for (int p = 0; p < PARTS; p++)
            if (s.entries.at[i].made->part_tree[p])
                print_code(s.entries.at[i].made->part_tree[p]);
    arena_free(&s.arena);
    arena_free(&s.fields);
    arena_free(&s.kept);
    return fflush(stdout) == 0 ? 0 : 1;
}
