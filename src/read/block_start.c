/*
 * block_start.c -- what may begin a block, one function each, in the order in which
 * they are asked.
 */
#include "model/container.h"
#include "read/repair.h"

static Start start_quote(Blocks *b)
{
    size_t n = quote_mark(b, cursor_text(&b->cursor));
    if (!n || !blocks_have_room(b, 1))
        return NO_START;
    if (n > 1)
        blocks_note(b, REPAIR_MARKS, b->cursor.number);
    Node *quote = blocks_add(b, NODE_QUOTE);
    cursor_pass(&b->cursor, n);
    cursor_skip(&b->cursor, 1);
    blocks_push(b, quote, 0);
    return CONTAINER_START;
}

/*
 * Whether the box of so many colons that opens on this line is closed in the same containers.  In
 * the outermost what is not closed need not be looked for again; in others so many lines are
 * looked through in vain, and no more.
 */
static bool is_boxed(Blocks *b, size_t colons)
{
    enum { VAIN = 16 };
    bool outside = b->matched == 1, code = false;
    if (b->box_end > b->index && b->box_colons >= colons)
        return true;
    if (outside ? b->never_boxed && colons >= b->never_boxed : b->boxed_in_vain > VAIN * b->lines->n)
        return false;
    Str text;
    size_t i = b->index + 1;
    for (; i < b->lines->n && blocks_reach(b, i, &text) != ENDS; i++) {
        code ^= is_fence_line(text);
        b->box_colons = code ? 0 : container_closes(text);
        b->box_end = i;
        if (b->box_colons >= colons)
            return true;
    }
    if (outside)
        b->never_boxed = colons;
    else
        b->boxed_in_vain += i - b->index;
    return false;
}

/* The title becomes that of a callout, for its kind has a name there. */
static void add_box(Blocks *b, size_t colons, Str kind, Str title)
{
    Node *quote = blocks_add(b, NODE_QUOTE), *first = node_new(b->arena, NODE_PARAGRAPH, quote);
    Buf text = {.arena = b->arena};
    buf_printf(&text, "[!%.*s] %.*s", STR_ARG(kind.n ? kind : STR("note")), STR_ARG(title));
    first->line = first->end_line = b->cursor.number;
    first->text = buf_str(&text);
    b->stack[b->depth++] = (Container){.node = quote, .colons = colons};
    b->matched = b->depth;
}

/* What opens a box that says nothing itself, and what closes any, is not shown. */
static Start start_box(Blocks *b)
{
    Str text = cursor_text(&b->cursor), kind, title;
    if (!b->tolerant || text.at[0] != ':')
        return NO_START;
    size_t closes = container_closes(text), colons = container_opens(text, &kind, &title);
    if (!closes && !colons)
        return NO_START;
    bool told = title.n || container_name(kind, false).n;
    if (colons && told && (!blocks_have_room(b, 1) || !is_boxed(b, colons)))
        return NO_START;
    for (size_t i = b->depth; closes && i-- > 1;)
        if (b->stack[i].colons && b->stack[i].colons <= closes) {
            b->matched = i;
            break;
        }
    if (colons && told)
        add_box(b, colons, kind, title);
    else
        blocks_leave(b, NODE_PARAGRAPH);
    return LEAF_START;
}

/* `##title`: two marks at least, since `#word` is a tag; and no `##[command]`. */
static bool is_bare_title(Str title, size_t level)
{
    return level >= 2 && title.n
        && (!is_punct(title.at[0]) || str_find_char(STR("*`"), title.at[0]) != STR_NONE);
}

/* Without the marks that close a heading. */
static Str heading_text(Str text)
{
    text = str_trim(text);
    Str head = text;
    while (head.n && head.at[head.n - 1] == '#')
        head.n--;
    if (head.n && !is_blank(head.at[head.n - 1]))
        return text;
    return str_trim_end(head);
}

static Start start_heading(Blocks *b)
{
    Str text = cursor_text(&b->cursor), title = text;
    size_t level = run_of(text, '#');
    bool wide = !level && blocks_mend(b, REPAIR_MARKS);
    for (title = str_drop(text, level); wide && str_eat(&title, STR("＃"));)
        level++;
    if (level < 1 || level > 6)
        return NO_START;
    bool spaced = !title.n || is_blank(title.at[0]) || (wide && str_starts(title, STR("\u3000")));
    if (!spaced && !(b->tolerant && is_bare_title(title, level)))
        return NO_START;
    if (wide)
        blocks_note(b, REPAIR_MARKS, b->cursor.number);
    Node *n = blocks_add(b, NODE_HEADING);
    n->level = (uint8_t)level;
    n->text = heading_text(title);
    return LEAF_START;
}

static Start start_html(Blocks *b)
{
    unsigned kind = html_block_kind(cursor_text(&b->cursor), b);
    if (!kind)
        return NO_START;
    LeafLine rest = cursor_rest(&b->cursor);
    blocks_add_leaf(b, NODE_HTML_BLOCK);
    b->leaf.html = kind;
    leaf_add(b, rest);
    if (html_block_ends(kind, rest.text))
        leaf_close(b);
    return LEAF_START;
}

/* The line that makes a heading of the paragraph above it. */
static Start start_underline(Blocks *b)
{
    Str text = cursor_text(&b->cursor);
    char mark = text.at[0];
    if (!blocks_in_paragraph(b) || (mark != '=' && mark != '-'))
        return NO_START;
    if (mark == '-' && b->tolerant)
        return NO_START; /* people draw a line under a text to end it */
    if (str_trim(str_drop(text, run_of(text, mark))).n || !leaf_take_definitions(b))
        return NO_START;
    Node *n = b->leaf.node;
    n->kind = NODE_HEADING;
    n->level = mark == '=' ? 1 : 2;
    n->end_line = b->cursor.number;
    b->leaf.node = NULL;
    return LEAF_START;
}

static bool is_rule(Str text)
{
    char mark = text.at[0];
    size_t marks = 0;
    if (mark != '*' && mark != '-' && mark != '_')
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] == mark)
            marks++;
        else if (!is_blank(text.at[i]))
            return false;
    return marks >= 3;
}

static Start start_rule(Blocks *b)
{
    if (!is_rule(cursor_text(&b->cursor)))
        return NO_START;
    blocks_add(b, NODE_RULE);
    return LEAF_START;
}

/* The length of `[^label]:`, 0 where it is none. */
static size_t footnote_mark(Str text)
{
    if (!str_starts(text, STR("[^")))
        return 0;
    size_t i = 2;
    while (i < text.n && !is_space(text.at[i]) && text.at[i] != '[' && text.at[i] != ']')
        i++;
    return i > 2 && str_starts(str_drop(text, i), STR("]:")) ? i + 2 : 0;
}

static Start start_footnote(Blocks *b)
{
    Str text = cursor_text(&b->cursor);
    size_t n = footnote_mark(text);
    if (!n || !blocks_have_room(b, 1))
        return NO_START;
    blocks_leave(b, NODE_FOOTNOTE);
    Node *note = node_new(b->arena, NODE_FOOTNOTE, NULL);
    note->line = b->cursor.number;
    note->label = reference_label((Str){text.at + 2, n - 4}, b->arena);
    *vec_push(&b->refs->footnotes, b->arena) = note;
    cursor_pass(&b->cursor, n);
    cursor_skip(&b->cursor, SIZE_MAX);
    blocks_push(b, note, 0);
    return CONTAINER_START;
}

static Start start_code(Blocks *b)
{
    bool paragraph = b->leaf.node && b->leaf.node->kind == NODE_PARAGRAPH;
    if (paragraph || b->in_fence || (blocks_mend(b, REPAIR_PROSE) && !blocks_look_like_code(b)))
        return NO_START;
    cursor_skip(&b->cursor, CODE_INDENT);
    LeafLine rest = cursor_rest(&b->cursor);
    blocks_add_leaf(b, NODE_CODE_BLOCK);
    b->leaf.fence = 0;
    leaf_add(b, rest);
    return LEAF_START;
}

static Start start_table(Blocks *b)
{
    return blocks_in_paragraph(b) && table_start(b) ? LEAF_START : NO_START;
}

/*
 * With more than three columns of blanks before it a line is code or goes on with a
 * paragraph.  Notes hold fences and lists there too.
 */
typedef enum { SHALLOW, DEEP, ANY_IN_NOTES } Depth;

static const struct {
    Start (*start)(Blocks *);
    Depth depth;
} starts[] = {
    {start_quote, SHALLOW},     {start_box, SHALLOW},     {start_heading, SHALLOW}, {fence_start, ANY_IN_NOTES},
    {math_start, ANY_IN_NOTES},
    {start_html, SHALLOW},      {start_table, SHALLOW},   {start_underline, SHALLOW},
    {start_rule, SHALLOW},      {start_footnote, SHALLOW}, {term_start, SHALLOW}, {repair_code_start, ANY_IN_NOTES},
    {start_code, DEEP},         {item_start, ANY_IN_NOTES}, {step_start, ANY_IN_NOTES},
};

static bool may_start(const Blocks *b, Depth depth)
{
    bool deep = cursor_indent(&b->cursor) >= CODE_INDENT;
    return depth == (deep ? DEEP : SHALLOW) || (depth == ANY_IN_NOTES && (!deep || b->tolerant));
}

Start block_start(Blocks *b)
{
    Start got = NO_START;
    for (size_t i = 0; i < COUNT(starts) && got == NO_START && !b->blank; i++)
        if (may_start(b, starts[i].depth))
            got = starts[i].start(b);
    return got;
}
