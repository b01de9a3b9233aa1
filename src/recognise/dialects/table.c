/*
 * table.c -- a table whose head says that its rows are cards:
 *
 *     | 问题     | 答案       |        | # | Term | Definition | Hint |
 *     |----------|------------|        |---|------|------------|------|
 *     | 什么是栈 | 后进先出   |        | 1 | LIFO | a stack    | 栈   |
 *
 * Both the question's and the answer's column must be named; a table with any other
 * head is part of a text.  A column of numbers may stand in front.  One column with one
 * row is a question over its answer.
 */
#include "recognise/dialect.h"

#include "recognise/label.h"
#include "recognise/wording.h"

enum { HEAD_BYTES = 512, MOST_CELLS = 16 };

/* What a column holds. */
typedef struct Columns {
    uint32_t first; /* the question's; 1 where numbers stand in front */
    uint32_t count;
    Part parts[MOST_CELLS];
} Columns;

/* Take the next cell off a row whose first bar is gone.  False at the end of the row. */
static bool next_cell(Str *rest, Str *cell)
{
    size_t at = 0;
    while (at < rest->n && (rest->at[at] != '|' || (at && rest->at[at - 1] == '\\')))
        at++;
    *cell = str_trim(str_take(*rest, at));
    bool end = at == rest->n && !cell->n;
    *rest = str_drop(*rest, at + (at < rest->n));
    return !end;
}

static bool is_one_of(Str cell, const char *const *words)
{
    for (; *words; words++)
        if (str_eq_nocase(cell, str_of(*words)))
            return true;
    return false;
}

/* The part that a head cell names; PARTS for none. */
static Part part_named(Str cell)
{
    static const char *const fronts[] = {"术语", "名词", "正面", "Term", "Front", NULL};
    static const char *const backs[] = {"定义", "释义", "解释", "背面", "Definition", "Back", NULL};
    Str word = wording_bare(cell);
    Label label;
    if (is_one_of(word, fronts))
        return PART_QUESTION;
    if (is_one_of(word, backs))
        return PART_ANSWER;
    return label_read(word, true, &label) && !label.rest.n ? label.part : PARTS;
}

static bool is_number_column(Str cell)
{
    static const char *const words[] = {"#", "序号", "编号", "No", "No.", NULL};
    return is_one_of(cell, words);
}

static bool read_head(Str head, Columns *c)
{
    Str rest = str_drop(str_trim(str_take(head, HEAD_BYTES)), 1), cell;
    *c = (Columns){0};
    while (c->count < MOST_CELLS && next_cell(&rest, &cell)) {
        if (!c->count && is_number_column(cell))
            c->first = 1;
        Part part = part_named(cell);
        c->parts[c->count++] = part == PARTS || part == PART_QUESTION ? PART_ANSWER : part;
        if (c->count == c->first + 1 && part != PART_QUESTION)
            return false;
        if (c->count == c->first + 2 && part != PART_ANSWER)
            return false;
    }
    return c->count >= c->first + 2;
}

/* `|---|:-:|`: the line under the head. */
static bool is_delimiter(Str text)
{
    text = str_take(str_trim(text), HEAD_BYTES);
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] != '|' && text.at[i] != '-' && text.at[i] != ':' && !is_blank(text.at[i]))
            return false;
    return str_find_char(text, '-') != STR_NONE;
}

static void read_row(const Look *l, Str whole, const Columns *c, Mark *m)
{
    Str rest = str_drop(str_trim(whole), 1), cell;
    Slice *pieces = arena_new(l->arena, Slice, MOST_CELLS);
    for (uint32_t i = 0; i < MOST_CELLS && next_cell(&rest, &cell); i++) {
        if (i < c->first)
            m->number.text = cell;
        else if (i == c->first)
            m->title = cell;
        else if (cell.n)
            pieces[m->extent.piece_count++] = (Slice){
                .part = i < c->count ? c->parts[i] : PART_ANSWER, .from = m->line, .to = m->line,
                .skip = (uint32_t)(cell.at - whole.at), .keep = (uint32_t)cell.n};
    }
    if (str_trim(rest).n && m->extent.piece_count) { /* more cells than a row of cards has */
        Slice *last = &pieces[m->extent.piece_count - 1];
        last->keep = (uint32_t)(str_trim(whole).at + str_trim(whole).n - (whole.at + last->skip));
    }
    m->extent.pieces = pieces;
    m->extent.end = m->line;
}

/* The only cell of a row; false where there are more, or none. */
static bool only_cell(const Look *l, uint32_t line, Str *cell)
{
    Str rest = line <= l->source->line_count && l->states[line - 1] == LINE_TABLE
             ? str_drop(str_trim(source_line(l->source, line)), 1) : STR(""), other;
    return rest.n && next_cell(&rest, cell) && cell->n && !next_cell(&rest, &other);
}

/* `| question |` over `|---|` over `| answer |`, and nothing else. */
static bool read_column(const Look *l, uint32_t line, Mark *m)
{
    Str rule, answer;
    if (line != l->run || !only_cell(l, line, &m->title) || !only_cell(l, line + 1, &rule)
        || !is_delimiter(source_line(l->source, line + 1)) || !only_cell(l, line + 2, &answer)
        || (line + 3 <= l->source->line_count && l->states[line + 2] == LINE_TABLE))
        return false;
    m->class = MARK_COLUMN;
    m->extent = (Extent){.answer_from = line + 2, .answer_keep = (uint32_t)answer.n, .end = line + 2};
    m->extent.answer_skip = (uint32_t)(answer.at - source_line(l->source, line + 2).at);
    return true;
}

bool table_read(const Look *l, uint32_t line, Mark *m)
{
    Columns columns;
    if (read_column(l, line, m))
        return true;
    if (l->states[line - 1] != LINE_TABLE || line < l->run + 2
        || !is_delimiter(source_line(l->source, l->run + 1))
        || !read_head(source_line(l->source, l->run), &columns))
        return false;
    read_row(l, source_line(l->source, line), &columns, m);
    m->class = MARK_TABLE;
    m->extent.above = line == l->run + 2 ? 2 : 0;
    return m->title.n > 0;
}
