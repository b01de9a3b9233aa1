/*
 * test_block.c -- lines become blocks: a row for a shape, the tree written out.
 *
 * CommonMark itself is tested with its examples; here stand the lines and texts of
 * the nodes, what GFM adds, and what the tolerant reader does otherwise.
 */
#include "read/block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static LineVec lines_of(const char *note, Arena *a)
{
    LineVec lines = {0};
    Str text = str_of(note);
    for (uint32_t number = 1; text.n; number++)
        *vec_push(&lines, a) = (Line){str_cut(&text, '\n'), number};
    return lines;
}

static void write_open(Buf *b, const Node *n)
{
    static const char *const tasks[] = {"", " open", " done"};
    static const char *const aligns[] = {"", " left", " center", " right"};
    buf_printf(b, "(%s%s%s", node_name(n->kind), tasks[n->task], aligns[n->align]);
    if (n->kind == NODE_LIST)
        buf_printf(b, " %c%s", n->mark, n->tight ? "" : " loose");
    if (n->kind == NODE_HEADING)
        buf_printf(b, " %d", n->level);
    if (n->kind == NODE_CODE_BLOCK && n->fenced && !n->closed)
        buf_puts(b, " open");
    if (n->text.n)
        buf_printf(b, " \"%.*s\"", STR_ARG(n->text));
}

static Str tree(const Node *root, Arena *a)
{
    Buf b = {.arena = a};
    NodeStep step = {(Node *)(uintptr_t)root, true};
    while (node_next(&step, root) && step.node != root)
        if (step.entering)
            write_open(&b, step.node);
        else
            buf_puts(&b, ")");
    return buf_str(&b);
}

typedef struct Case {
    const char *note, *want;
} Case;

static void check_cases(const Case *cases, size_t n, bool tolerant)
{
    for (size_t i = 0; i < n; i++) {
        Arena a = {0};
        References refs = {0};
        LineVec lines = lines_of(cases[i].note, &a);
        assert_string_equal(tree(block_parse(&lines, tolerant, &refs, &a), &a).at, cases[i].want);
        arena_free(&a);
    }
}

static const Case strict_cases[] = {
    {"- a\n- b\n\n- c", "(LIST - loose(ITEM(PARAGRAPH \"a\"))(ITEM(PARAGRAPH \"b\"))(ITEM(PARAGRAPH \"c\")))"},
    {"- a\n-\n- c", "(LIST -(ITEM(PARAGRAPH \"a\"))(ITEM)(ITEM(PARAGRAPH \"c\")))"},
    {"* a\n  > b\n  >\n* c",
     "(LIST *(ITEM(PARAGRAPH \"a\")(QUOTE(PARAGRAPH \"b\")))(ITEM(PARAGRAPH \"c\")))"},
    {"> a\nb\n\nc", "(QUOTE(PARAGRAPH \"a\nb\"))(PARAGRAPH \"c\")"},
    {">\t\tfoo", "(QUOTE(CODE_BLOCK \"  foo\n\"))"},
    {"a\n---", "(HEADING 2 \"a\")"},
    {"    a, b", "(CODE_BLOCK \"a, b\n\")"},
    {"##x", "(PARAGRAPH \"##x\")"},
    {"<div>\n*a*\n\nb", "(HTML_BLOCK \"<div>\n*a*\n\")(PARAGRAPH \"b\")"},
    {"- ```\na\n```\nb", "(LIST -(ITEM(CODE_BLOCK open)))(PARAGRAPH \"a\")(CODE_BLOCK open \"b\n\")"},
    {"a\n2. b", "(PARAGRAPH \"a\n2. b\")"},
};

static const Case table_cases[] = {
    {"a|b\n-|-:\n1", "(TABLE(ROW(CELL \"a\")(CELL right \"b\"))(ROW(CELL \"1\")(CELL right)))"},
    {"|a|\n|:-:|\n|1|\n\nb",
     "(TABLE(ROW(CELL center \"a\"))(ROW(CELL center \"1\")))(PARAGRAPH \"b\")"},
    {"|a|\n|-|\n|x\\|y|", "(TABLE(ROW(CELL \"a\"))(ROW(CELL \"x|y\")))"},
    {"t\n|a|\n|-|", "(PARAGRAPH \"t\")(TABLE(ROW(CELL \"a\")))"},
    {"|a|b|\n|-|", "(PARAGRAPH \"|a|b|\n|-|\")"},
    {"|a|\n|-|\n# h\n|-|", "(TABLE(ROW(CELL \"a\")))(HEADING 1 \"h\")(PARAGRAPH \"|-|\")"},
    {"> |a|\n> |-|\nb", "(QUOTE(TABLE(ROW(CELL \"a\"))))(PARAGRAPH \"b\")"},
};

static const Case task_cases[] = {
    {"- [ ] a\n- [X] b\n- [y] c\n- [x]",
     "(LIST -(ITEM open(PARAGRAPH \"a\"))(ITEM done(PARAGRAPH \"b\"))"
     "(ITEM(PARAGRAPH \"[y] c\"))(ITEM(PARAGRAPH \"[x]\")))"},
};

static const Case tolerant_cases[] = {
    {"a\n---", "(PARAGRAPH \"a\")(RULE)"},
    {"a\n===", "(HEADING 1 \"a\")"},
    {"##标题\n##x ##", "(HEADING 2 \"标题\")(HEADING 2 \"x\")"},
    {"#标签\n##[x]", "(PARAGRAPH \"#标签\n##[x]\")"},
    {"a\n\xE2\x80\x8B\nb\n　\nc", "(PARAGRAPH \"a\")(PARAGRAPH \"b\")(PARAGRAPH \"c\")"},
    {"    先说结论，再说原因。", "(PARAGRAPH \"先说结论，再说原因。\")"},
    {"    x := 1 // 中文注释，很长的一句话。", "(CODE_BLOCK \"x := 1 // 中文注释，很长的一句话。\n\")"},
    {"    npm install deckbind", "(CODE_BLOCK \"npm install deckbind\n\")"},
    {"    This is what people write, and it is no code.",
     "(PARAGRAPH \"This is what people write, and it is no code.\")"},
    {"\n    1. 甲\n    2. 乙", "(LIST .(ITEM(PARAGRAPH \"甲\"))(ITEM(PARAGRAPH \"乙\")))"},
    {"a\n2. b", "(PARAGRAPH \"a\")(LIST .(ITEM(PARAGRAPH \"b\")))"},
    {"a\n    - b", "(PARAGRAPH \"a\")(LIST -(ITEM(PARAGRAPH \"b\")))"},
    {"- ```\na\n```\nb", "(LIST -(ITEM(CODE_BLOCK \"a\n\")))(PARAGRAPH \"b\")"},
    {"- ```\na", "(LIST -(ITEM(CODE_BLOCK open)))(PARAGRAPH \"a\")"},
    {"```\na\n      ```\nb", "(CODE_BLOCK \"a\n\")(PARAGRAPH \"b\")"},
    {"<div>\n*a*", "(PARAGRAPH \"<div>\n*a*\")"},
    {"<!-- a\n\nb -->\nc", "(HTML_BLOCK \"<!-- a\n\nb -->\n\")(PARAGRAPH \"c\")"},
};

static void strict_is_commonmark(void **state)
{
    (void)state;
    check_cases(strict_cases, COUNT(strict_cases), false);
}

static void tables_are_those_of_gfm(void **state)
{
    (void)state;
    check_cases(table_cases, COUNT(table_cases), false);
    check_cases(table_cases, COUNT(table_cases), true);
    static const Case strict[] = {{"|a|\n|-|\n|1|2|3|", "(TABLE(ROW(CELL \"a\"))(ROW(CELL \"1\")))"}};
    static const Case tolerant[] = {
        {"|a|\n|-|\n|1|2|3|\n|4| |\n5|6", "(TABLE(ROW(CELL \"a\"))(ROW(CELL \"1|2|3\"))"
                                       "(ROW(CELL \"4\"))(ROW(CELL \"5|6\")))"},
        {"a|b\n-|-\n1|2|x\\|", "(TABLE(ROW(CELL \"a\")(CELL \"b\"))(ROW(CELL \"1\")(CELL \"2|x|\")))"},
    };
    check_cases(strict, COUNT(strict), false);
    check_cases(tolerant, COUNT(tolerant), true);
}

static void items_may_be_tasks(void **state)
{
    (void)state;
    check_cases(task_cases, COUNT(task_cases), false);
}

static const Case formula_cases[] = {
    {"a\n$$\nx\n+ y\n\n= z\n$$\nb", "(PARAGRAPH \"a\")(PARAGRAPH \"$$\nx\n+ y\n\n= z\n$$\")(PARAGRAPH \"b\")"},
    {"\\[\n# x\n\\]", "(PARAGRAPH \"\\[\")(HEADING 1 \"x\")(PARAGRAPH \"\\]\")"},
    {"\\[ x \\\\[2pt]\n- y \\]", "(PARAGRAPH \"\\[ x \\\\[2pt]\n- y \\]\")"},
    {"a\n$$x^2$$\nb", "(PARAGRAPH \"a\")(PARAGRAPH \"$$x^2$$\")(PARAGRAPH \"b\")"},
    {"$$x^2$$，其中\nb", "(PARAGRAPH \"$$x^2$$，其中\nb\")"},
    {"$$\n- x", "(PARAGRAPH \"$$\")(LIST -(ITEM(PARAGRAPH \"x\")))"},
    {"$$ 是进程号\n- x\n- $$", "(PARAGRAPH \"$$ 是进程号\")(LIST -(ITEM(PARAGRAPH \"x\"))(ITEM(PARAGRAPH \"$$\")))"},
    {"$$\n- x\n```\n$$\n```", "(PARAGRAPH \"$$\")(LIST -(ITEM(PARAGRAPH \"x\")))(CODE_BLOCK \"$$\n\")"},
    {"\\[可选\\]\n- x \\]", "(PARAGRAPH \"\\[可选\\]\")(LIST -(ITEM(PARAGRAPH \"x \\]\")))"},
    {"- a\n  $$\n  * x\n  $$\n- b", "(LIST -(ITEM(PARAGRAPH \"a\")(PARAGRAPH \"$$\n* x\n$$\"))(ITEM(PARAGRAPH \"b\")))"},
    {"> $$\n> - x\n> $$\n\nb", "(QUOTE(PARAGRAPH \"$$\n- x\n$$\"))(PARAGRAPH \"b\")"},
};

static void a_displayed_formula_is_a_paragraph(void **state)
{
    static const Case strict = {"$$\n- x\n$$", "(PARAGRAPH \"$$\")(LIST -(ITEM(PARAGRAPH \"x\n$$\")))"};
    (void)state;
    check_cases(formula_cases, COUNT(formula_cases), true);
    check_cases(&strict, 1, false);
}

static void notes_are_read_as_they_are_meant(void **state)
{
    (void)state;
    check_cases(tolerant_cases, COUNT(tolerant_cases), true);
}

static void a_table_has_at_most_128_columns(void **state)
{
    (void)state;
    Arena a = {0};
    for (int columns = 128; columns <= 129; columns++) {
        Buf note = {.arena = &a};
        for (int i = 0; i < columns; i++)
            buf_puts(&note, "|a");
        buf_puts(&note, "|\n");
        for (int i = 0; i < columns; i++)
            buf_puts(&note, "|-");
        buf_puts(&note, "|\nx");
        LineVec lines = lines_of(buf_str(&note).at, &a);
        References refs = {0};
        const Node *n = block_parse(&lines, false, &refs, &a)->first;
        assert_int_equal(n->kind, columns == 128 ? NODE_TABLE : NODE_PARAGRAPH);
    }
    arena_free(&a);
}

static void a_leaf_of_one_line_is_a_view_of_it(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    LineVec lines = lines_of("- > # head ##\n- text  \n- [x]: /u\n  text", &a);
    const Node *list = block_parse(&lines, false, &refs, &a)->first;
    const Node *heading = list->first->first->first, *text = list->first->next->first;

    assert_ptr_equal(heading->text.at, lines.at[0].text.at + 6);
    assert_int_equal(heading->text.n, 4);
    assert_ptr_equal(text->text.at, lines.at[1].text.at + 2);
    assert_int_equal(text->text.n, 4);
    assert_int_equal(refs.links.n, 1);
    arena_free(&a);
}

static void nodes_know_their_lines(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    LineVec lines = lines_of("[a]: /u\ntext\n\n- ```\n  x\n  ```\n\n- |a|\n  |-|\n  |1|\n\n    c;\n\n", &a);
    for (size_t i = 0; i < lines.n; i++)
        lines.at[i].number += 10;
    const Node *document = block_parse(&lines, false, &refs, &a);
    const Node *text = document->first, *list = text->next, *item = list->first;

    assert_int_equal(text->line, 12);
    assert_int_equal(text->end_line, 12);
    assert_int_equal(list->line, 14);
    assert_int_equal(item->end_line, 16);
    assert_int_equal(item->next->first->line, 18);
    assert_int_equal(item->next->first->end_line, 20);
    assert_int_equal(list->end_line, 22);
    assert_int_equal(document->end_line, 22);
    arena_free(&a);
}

static void footnotes_are_taken_out_of_the_tree(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    LineVec lines = lines_of("a[^N]\n\n[^N]: one\n\n    two\n\nb\n\n- c\n[^m]: three", &a);
    const Node *document = block_parse(&lines, false, &refs, &a);
    references_sort(&refs, &a);
    const Node *note = references_footnote(&refs, STR("n"));

    assert_string_equal(tree(document, &a).at,
                        "(PARAGRAPH \"a[^N]\")(PARAGRAPH \"b\")(LIST -(ITEM(PARAGRAPH \"c\")))");
    assert_int_equal(refs.footnotes.n, 2);
    assert_non_null(note);
    assert_null(note->parent);
    assert_int_equal(note->line, 3);
    assert_int_equal(note->end_line, 5);
    assert_string_equal(tree(note, &a).at, "(PARAGRAPH \"one\")(PARAGRAPH \"two\")");
    arena_free(&a);
}

static void definitions_are_found_by_their_folded_label(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    LineVec lines = lines_of("[A\n b]: <x y> 'one\ntwo'\n[c]: /u \"t\" x\n", &a);
    const Node *document = block_parse(&lines, false, &refs, &a);
    references_sort(&refs, &a);
    const Reference *r = references_find(&refs, STR("a b"));

    assert_non_null(r);
    assert_string_equal(str_copy(&a, r->target).at, "x y");
    assert_string_equal(str_copy(&a, r->title).at, "one\ntwo");
    assert_string_equal(tree(document, &a).at, "(PARAGRAPH \"[c]: /u \"t\" x\")");
    arena_free(&a);
}

static void nesting_ends_and_the_text_stays(void **state)
{
    (void)state;
    Arena a = {0};
    References refs = {0};
    Buf note = {.arena = &a};
    for (int i = 0; i < 5000; i++)
        buf_puts(&note, "> - ");
    buf_puts(&note, "end");
    LineVec lines = lines_of(buf_str(&note).at, &a);
    const Node *n = block_parse(&lines, true, &refs, &a);
    int depth = 0;
    for (; n->first; n = n->first)
        depth++;

    assert_true(depth <= NODE_DEEPEST);
    assert_int_equal(n->kind, NODE_PARAGRAPH);
    assert_true(str_ends(n->text, STR("> - end")));
    arena_free(&a);
}

/* Lines that end in '\n'. */
static void set_text(Source *s, const char *text)
{
    s->text = str_of(text);
    s->starts = arena_new(&s->arena, uint32_t, s->text.n + 1);
    for (size_t i = 0; i < s->text.n; i++)
        if (text[i] == '\n')
            s->starts[++s->line_count] = (uint32_t)i + 1;
}

static void slices_become_the_trees_of_parts(void **state)
{
    (void)state;
    Source s = {.path = STR("a.md")};
    s.diags.arena = &s.kept;
    set_text(&s, "### 1. # Why?\n答：one\n  two\nskipped\n  - three\n\t- four\n");
    Entry *e = vec_push(&s.entries, &s.arena);
    e->line = 1;
    e->title = STR("# Why?");
    *vec_push(&e->slices, &s.arena) = (Slice){.part = PART_ANSWER, .from = 2, .to = 3, .skip = 6};
    *vec_push(&e->slices, &s.arena) = (Slice){.part = PART_ANSWER, .from = 5, .to = 6, .indent = 4};
    source_blocks(&s);

    assert_string_equal(tree(e->made->title_tree, &s.arena).at, "(PARAGRAPH \"# Why?\")");
    assert_string_equal(
        tree(e->made->part_tree[PART_ANSWER], &s.arena).at,
        "(PARAGRAPH \"one\ntwo\")(LIST -(ITEM(PARAGRAPH \"three\"))(ITEM(PARAGRAPH \"four\")))");
    assert_int_equal(e->made->part_tree[PART_ANSWER]->last->line, 5);
    assert_null(e->made->part_tree[PART_QUESTION]);
    arena_free(&s.arena);
    arena_free(&s.kept);
}

static void too_deep_is_reported(void **state)
{
    (void)state;
    Source s = {.path = STR("a.md")};
    s.diags.arena = &s.kept;
    Buf note = {.arena = &s.arena};
    for (int i = 0; i < 200; i++)
        buf_puts(&note, ">");
    buf_puts(&note, "\n");
    set_text(&s, buf_str(&note).at);
    Entry *e = vec_push(&s.entries, &s.arena);
    *vec_push(&e->slices, &s.arena) = (Slice){.part = PART_ANSWER, .from = 1, .to = 1};
    source_blocks(&s);

    assert_int_equal(s.diags.list.n, 1);
    assert_int_equal(s.diags.list.at[0].code, D_TOO_DEEP);
    assert_int_equal(s.diags.list.at[0].place.line, 1);
    arena_free(&s.arena);
    arena_free(&s.kept);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(strict_is_commonmark),
        cmocka_unit_test(tables_are_those_of_gfm),
        cmocka_unit_test(items_may_be_tasks),
        cmocka_unit_test(notes_are_read_as_they_are_meant),
        cmocka_unit_test(a_displayed_formula_is_a_paragraph),
        cmocka_unit_test(a_table_has_at_most_128_columns),
        cmocka_unit_test(a_leaf_of_one_line_is_a_view_of_it),
        cmocka_unit_test(nodes_know_their_lines),
        cmocka_unit_test(footnotes_are_taken_out_of_the_tree),
        cmocka_unit_test(definitions_are_found_by_their_folded_label),
        cmocka_unit_test(nesting_ends_and_the_text_stays),
        cmocka_unit_test(slices_become_the_trees_of_parts),
        cmocka_unit_test(too_deep_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
