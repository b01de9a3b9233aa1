/*
 * repair.c -- text out of fences, code into blocks.
 */
#include "read/repair.h"

#include "read/block_parts.h"
#include "read/look.h"

/* Lines that look like code together. */
typedef struct Run {
    size_t to; /* index behind its last line */
    size_t lines, least_indent;
    unsigned signs, strongest;
} Run;

typedef struct Search {
    const LineVec *lines;
    size_t *in_vain;
    size_t margin, indent; /* columns before the container's content, and before the run */
    bool in_comment;
    size_t reached; /* the first line that was not looked at, or ended it */
    Run run;
} Search;

static void take_look(Run *run, const Look *look, size_t index, size_t indent)
{
    if (look->width && indent < run->least_indent)
        run->least_indent = indent;
    run->to = index + 1;
    run->lines += look->width > 0;
    run->signs += look->signs;
    if (look->signs > run->strongest)
        run->strongest = look->signs;
}

static bool is_outside(const Search *s, Str line)
{
    return str_indent(line) < s->margin && str_trim(line).n;
}

/*
 * What the line at `index` opens, `depth` brackets, is closed again; take all up to
 * there.  False, and nothing taken, where it is not, or where mostly text is between.
 */
static bool take_brackets(Search *s, size_t index, int depth)
{
    Search inner = *s;
    size_t chinese = 0, first = index + 1, n = s->lines->n;
    size_t last = n - first > LOOK_LONGEST_RUN ? first + LOOK_LONGEST_RUN : n;
    bool fits = *s->in_vain <= LOOK_IN_VAIN * n;
    for (size_t i = first; i < last && depth > 0 && fits; i++) {
        Look look;
        Str line = s->lines->at[i].text;
        chinese += look_line(&look, line, &inner.in_comment) == LINE_CHINESE;
        fits = !is_outside(s, line) && !is_fence_line(line);
        ++*s->in_vain;
        depth += look.depth;
        take_look(&inner.run, &look, i, str_indent(line));
    }
    if (depth > 0 || !fits || 2 * chinese > inner.run.lines)
        return false;
    *s->in_vain -= inner.run.to - first;
    *s = inner;
    return true;
}

/* Take the line at `index`, and what its brackets hold.  False: the run ends before it. */
static bool take_line(Search *s, size_t index, size_t *blanks)
{
    Look look;
    Str line = s->lines->at[index].text;
    if (is_outside(s, line))
        return false;
    LineKind kind = look_line(&look, line, &s->in_comment);
    size_t indent = str_indent(line);
    bool first = !s->run.lines, deeper = indent > s->indent;
    if (kind == LINE_BLANK)
        return ++*blanks <= LOOK_BLANKS_IN_RUN && !first;
    if (kind == LINE_COMMENT) {
        if (str_starts(line, STR("#")))
            return false; /* a heading */
        if (!*blanks && !first)
            s->run.to = index + 1;
        return true;
    }
    if (kind < LINE_WEAK && (kind != LINE_OTHER || first || !deeper || *blanks))
        return false;
    *blanks = 0;
    take_look(&s->run, &look, index, indent);
    if (look.depth > 0)
        take_brackets(s, index, look.depth);
    return true;
}

static bool find_run(Search *s, size_t index)
{
    size_t blanks = 0, i = s->run.to = index;
    s->run.least_indent = SIZE_MAX;
    while (i < s->lines->n && take_line(s, i, &blanks))
        i = s->run.to > i ? s->run.to : i + 1;
    s->reached = i;
    return s->run.strongest >= LOOK_CODE_LINE
        || (s->run.lines > 1 && s->run.signs >= LOOK_CODE_RUN);
}

/* Only blanks stand before the text: no mark of a quote or an item. */
static bool is_bare(const Cursor *c)
{
    return str_trim(str_take(c->line, c->text)).n == 0;
}

/* Known to lie so deep that it is no bare code, where no paragraph goes on. */
static bool is_deep(const Blocks *b, size_t indent)
{
    return !b->in_fence && indent >= b->cursor.column + CODE_INDENT && !blocks_in_paragraph(b);
}

Start repair_code_start(Blocks *b)
{
    const Cursor *c = &b->cursor;
    char first = cursor_text(c).at[0];
    bool table = b->leaf.node && b->leaf.node->kind == NODE_TABLE && b->matched == b->depth;
    if (!blocks_mend(b, REPAIR_CODE) || table || (unsigned char)first >= 0x80 || is_digit(first) || !is_bare(c)
        || (b->index < b->deep_run_end && is_deep(b, b->deep_run_indent)))
        return NO_START;
    Search s = {.lines = b->lines, .in_vain = &b->in_vain, .margin = c->column,
                .indent = str_indent(c->line)};
    if (b->index < b->no_run_before || !find_run(&s, b->index)) {
        if (s.reached > b->no_run_before)
            b->no_run_before = s.reached;
        return NO_START;
    }
    if (is_deep(b, s.run.least_indent)) { /* this is how Markdown writes code */
        b->deep_run_end = s.run.to;
        b->deep_run_indent = s.run.least_indent;
        return NO_START;
    }
    blocks_note(b, REPAIR_CODE, c->number);
    blocks_add_leaf(b, NODE_CODE_BLOCK);
    b->leaf.fence = 0;
    b->leaf.run_end = s.run.to;
    b->leaf.fence_indent = cursor_indent(&b->cursor);
    cursor_skip(&b->cursor, b->leaf.fence_indent);
    leaf_add(b, cursor_rest(&b->cursor));
    return LEAF_START;
}

bool repair_code_takes(Blocks *b)
{
    if (b->index >= b->leaf.run_end)
        return false;
    b->matched = b->depth;
    cursor_skip(&b->cursor, b->leaf.fence_indent);
    leaf_add(b, cursor_rest(&b->cursor));
    return true;
}

static bool begins_tag(Str line)
{
    line = str_trim(line);
    return str_eat(&line, STR("<")) && line.n && (is_alpha(line.at[0]) || line.at[0] == '/');
}

static bool is_ascii(Str line)
{
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)line.at[i] >= 0x80)
            return false;
    return true;
}

/* The lines that can matter once one is code: up to the last that may be Chinese. */
static size_t behind_last_chinese(const Leaf *leaf)
{
    size_t n = leaf->lines.n;
    while (n && is_ascii(leaf->lines.at[n - 1].text))
        n--;
    return n;
}

/* By columns: what the fence holds of text, of code, and whether any of it is Chinese. */
static bool is_text(const Leaf *leaf, FenceKind fence)
{
    size_t text = 0, code = 0, lines = 0, last = behind_last_chinese(leaf);
    bool in_comment = false, chinese = false, parted = false;
    for (size_t i = 0; i < leaf->lines.n && fence != FENCE_WORDS; i++) {
        if (i >= last && code && !chinese)
            return false;
        Look look;
        LineKind kind = look_line(&look, leaf->lines.at[i].text, &in_comment);
        if (look.drawing)
            return false;
        if (kind == LINE_CHINESE && begins_tag(leaf->lines.at[i].text))
            kind = LINE_CODE;
        bool english = !look.chinese && look.sentence && look.signs < LOOK_WEAK_LINE;
        chinese |= kind == LINE_CHINESE;
        parted |= kind == LINE_CHINESE && look.parted;
        lines += kind == LINE_CHINESE || english;
        *(kind == LINE_CHINESE || english ? &text : &code) += look.width;
    }
    if (fence == FENCE_OUTPUT && !parted)
        return false;
    if (chinese)
        return text > code && text >= LOOK_LEAST_TEXT;
    return lines > 1 && !code;
}

/* The lines without the indent that all have. */
static LineVec lines_of(Blocks *b)
{
    const Leaf *leaf = &b->leaf;
    LineVec lines = {0};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < leaf->lines.n; i++) {
        Str text = leaf->lines.at[i].text;
        size_t indent = str_indent(text);
        if (str_trim(text).n && indent < least)
            least = indent;
    }
    vec_reserve(&lines, b->arena, leaf->lines.n);
    for (size_t i = 0; i < leaf->lines.n; i++) {
        Cursor c;
        cursor_begin(&c, (Line){leaf->lines.at[i].text, leaf->lines.at[i].number});
        cursor_skip(&c, least);
        *vec_push(&lines, b->arena) = (Line){str_drop(c.line, c.at), c.number};
    }
    return lines;
}

void repair_fence(Blocks *b, Node *fence)
{
    if (b->in_fence || !blocks_mend(b, REPAIR_PROSE) || !is_text(&b->leaf, look_fence(fence->title)))
        return;
    LineVec lines = lines_of(b);
    Blocks inner = {
        .arena = b->arena, .refs = b->refs, .lines = &lines, .tolerant = true, .in_fence = true,
        .outside = b->depth - 1, .wanted = b->wanted, .repairs = b->repairs,
        .spare_cells = b->spare_cells,
    };
    blocks_note(b, REPAIR_PROSE, fence->line);
    Node *document = blocks_parse(&inner), *after = fence;
    b->spare_cells = inner.spare_cells;
    if (!b->too_deep)
        b->too_deep = inner.too_deep;
    for (Node *n; (n = document->first) != NULL; after = n) {
        node_unlink(n);
        node_insert_after(after, n);
    }
    node_unlink(fence);
}
