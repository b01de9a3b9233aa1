/*
 * entry_blocks.c -- the trees of the entries, from the slices of their source.
 */
#include "read/block.h"

#include "read/block_parts.h"

/* Without its first `columns` columns of blanks. */
static Str without_indent(Str s, size_t columns)
{
    size_t column = 0, i = 0;
    for (; i < s.n && is_blank(s.at[i]) && column < columns; i++)
        column += s.at[i] == '\t' ? TAB - column % TAB : 1;
    return str_drop(s, i);
}

static Str without_quote(Str s)
{
    Str rest = str_trim(s);
    if (!str_eat(&rest, STR(">")))
        return s;
    str_eat(&rest, STR(" "));
    return rest;
}

/* The gaps of an entry that is read line by line; those in a fence are code. */
typedef struct GapWriter {
    Gaps form;
    bool fence;
    GapNumbers numbers;
    StrVec *found; /* their texts are wanted, not the lines */
    Arena *arena;
} GapWriter;

static void find_gaps(GapWriter *w, Str text)
{
    Gap gap;
    for (size_t at = 0; gap_find(text, w->form, at, &gap); at = gap.end)
        if (!gap.number)
            *vec_push(w->found, w->arena) = gap.text;
}

static Str write_gaps(GapWriter *w, Str text)
{
    bool fence = is_fence_line(text);
    w->fence ^= fence;
    if (fence || w->fence || w->form <= GAPS_CLOZE)
        return text;
    if (!w->found)
        return gaps_write(text, w->form, &w->numbers, w->arena);
    find_gaps(w, text);
    return text;
}

static void add_slice(LineVec *lines, Source *s, const Slice *slice, GapWriter *gaps)
{
    Arena *a = &s->arena;
    if (lines->n)
        *vec_push(lines, a) = (Line){STR(""), slice->from};
    for (uint32_t i = slice->from; i <= slice->to && i >= 1 && i <= s->line_count; i++) {
        Str text = source_line(s, i);
        if (i == slice->from)
            text = str_drop(text, slice->skip);
        else if (slice->quoted)
            text = without_quote(text);
        if (slice->keep && i == slice->to)
            text = str_take(text, slice->keep);
        *vec_push(lines, a) = (Line){without_indent(write_gaps(gaps, text), slice->indent), i};
    }
}

static Node *parse(Source *s, const LineVec *lines)
{
    Repairs repairs = {0};
    Blocks b = {.arena = &s->arena, .refs = &s->references, .lines = lines, .tolerant = true,
                .wanted = REPAIR_ALL & ~s->repairs_off, .repairs = &repairs};
    Node *tree = blocks_parse(&b);
    for (size_t i = 0; i < repairs.n; i++)
        source_report_repair(s, &repairs.at[i]);
    if (b.too_deep)
        diag(&s->diags, D_TOO_DEEP, source_place(s, b.too_deep, NULL), NULL);
    return tree->first ? tree : NULL; /* definitions leave nothing behind */
}

/* Marks of blocks mean nothing in a title. */
static Node *title_tree(Source *s, const Entry *e, GapWriter *gaps)
{
    Node *document = node_new(&s->arena, NODE_DOCUMENT, NULL);
    Node *paragraph = node_new(&s->arena, NODE_PARAGRAPH, document);
    document->line = document->end_line = paragraph->line = paragraph->end_line = e->line;
    paragraph->text = write_gaps(gaps, str_trim(e->title));
    return document;
}

static void add_slices(LineVec lines[PARTS], Source *s, const Entry *e, GapWriter *gaps)
{
    for (size_t i = 0; i < e->slices.n; i++)
        add_slice(&lines[e->slices.at[i].part], s, &e->slices.at[i], gaps);
}

/* Gaps are numbered when all are known: those of before keep their numbers. */
static GapNumbers number_gaps(Source *s, Entry *e)
{
    StrVec found = {0};
    LineVec lines[PARTS] = {0};
    GapWriter gaps = {.form = e->cloze, .found = &found, .arena = &s->arena};
    write_gaps(&gaps, str_trim(e->title));
    add_slices(lines, s, e, &gaps);
    GapNumbers numbers = gaps_number(&found, &e->gap_numbers, &s->arena);
    e->gap_numbers = str_copy(&s->kept, e->gap_numbers);
    return numbers;
}

static void entry_blocks(Source *s, Entry *e)
{
    LineVec lines[PARTS] = {0};
    GapWriter gaps = {.form = e->cloze, .arena = &s->arena};
    if (e->cloze > GAPS_CLOZE)
        gaps.numbers = number_gaps(s, e);
    e->made = arena_new(&s->arena, Made, 1);
    e->made->title_tree = e->title.n ? title_tree(s, e, &gaps) : NULL;
    add_slices(lines, s, e, &gaps);
    for (int part = 0; part < PARTS; part++)
        if (lines[part].n)
            e->made->part_tree[part] = parse(s, &lines[part]);
}

void source_blocks(Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++)
        entry_blocks(s, &s->entries.at[i]);
    references_sort(&s->references, &s->arena);
}
