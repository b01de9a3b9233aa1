/*
 * read_markdown.h -- Markdown by itself, without a file or a book: text becomes a tree
 * with spans, whose links lead where they say.
 */
#ifndef DECKBIND_TESTS_READ_MARKDOWN_H
#define DECKBIND_TESTS_READ_MARKDOWN_H

#include "inline/inline.h"
#include "read/block.h"

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

static LineVec split_lines(Str text, Arena *a)
{
    LineVec lines = {0};
    for (uint32_t number = 1; text.n; number++) {
        Str line = str_cut(&text, '\n');
        line.n -= str_ends(line, STR("\r"));
        *vec_push(&lines, a) = (Line){line, number};
    }
    return lines;
}

static void point_links(Node *root)
{
    NodeStep step = {root, true};
    do
        step.node->card_target = step.node->page_target = step.node->target;
    while (node_next(&step, root));
}

/* The tree of `text`, whose definitions go to `refs`. */
static Node *read_markdown(Str text, bool tolerant, References *refs, Arena *a)
{
    LineVec lines = split_lines(without_nul(text, a), a);
    Node *document = block_parse(&lines, tolerant, refs, a);
    references_sort(refs, a);
    inline_parse(document, refs, tolerant, a);
    point_links(document);
    return document;
}

#endif
