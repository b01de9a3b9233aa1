/*
 * block.c -- the line loop and the stack of open containers.
 */
#include "read/block.h"

#include "base/utf8.h"
#include "read/block_parts.h"

/* Empty cells that one document may get, so that short rows cannot blow it up. */
enum { SPARE_CELLS = 16 * 1024 };

bool blocks_mend(const Blocks *b, RepairKind kind)
{
    return b->tolerant && repair_wanted(b->wanted, kind);
}

void blocks_note(Blocks *b, RepairKind kind, uint32_t line)
{
    if (b->repairs)
        *vec_push(b->repairs, b->arena) = (Repair){.kind = kind, .line = line};
}

Node *blocks_top(const Blocks *b)
{
    return b->stack[b->matched - 1].node;
}

bool blocks_in_paragraph(const Blocks *b)
{
    return b->leaf.node && b->leaf.node->kind == NODE_PARAGRAPH && b->matched == b->depth;
}

bool blocks_have_room(Blocks *b, size_t containers)
{
    bool room = b->outside + b->matched + containers <= NODE_DEEPEST;
    if (!room && !b->too_deep)
        b->too_deep = b->cursor.number;
    return room;
}

static void close_containers(Blocks *b, size_t depth)
{
    for (; b->depth > depth; b->depth--) {
        Node *n = b->stack[b->depth - 1].node;
        n->end_line = n->last ? n->last->end_line : n->line;
    }
}

/* A blank line between two children of an item, or between two items, makes a list loose. */
static void note_looseness(Blocks *b)
{
    Node *parent = blocks_top(b);
    if (!b->after_blank || b->blank_quote >= b->matched || !parent->first)
        return;
    if (parent->kind == NODE_ITEM)
        parent->parent->tight = false;
    else if (parent->kind == NODE_LIST)
        parent->tight = false;
}

void blocks_leave(Blocks *b, NodeKind next)
{
    if (blocks_top(b)->kind == NODE_LIST && next != NODE_ITEM)
        b->matched--;
    leaf_close(b);
    close_containers(b, b->matched);
}

Node *blocks_add(Blocks *b, NodeKind kind)
{
    blocks_leave(b, kind);
    note_looseness(b);
    Node *n = node_new(b->arena, kind, blocks_top(b));
    n->line = n->end_line = b->cursor.number;
    return n;
}

void blocks_push(Blocks *b, Node *node, size_t indent)
{
    b->stack[b->depth++] = (Container){.node = node, .indent = indent};
    b->matched = b->depth;
    if (node->kind == NODE_QUOTE)
        b->quote = b->depth - 1;
}

Node *blocks_add_leaf(Blocks *b, NodeKind kind)
{
    Node *n = blocks_add(b, kind);
    b->leaf.node = n;
    b->leaf.lines.n = b->leaf.taken = b->leaf.run_end = 0;
    return n;
}

static void look(Blocks *b)
{
    cursor_look(&b->cursor);
    Str text = cursor_text(&b->cursor);
    b->blank = !text.n || (b->tolerant && utf8_looks_blank(text));
}

size_t quote_mark(const Blocks *b, Str text)
{
    Str wide = STR("＞");
    if (str_starts(text, STR(">")))
        return 1;
    return str_starts(text, wide) && blocks_mend(b, REPAIR_MARKS) ? wide.n : 0;
}

static bool quote_goes_on(Blocks *b, const Container *quote)
{
    if (quote->colons)
        return true;
    size_t n = quote_mark(b, cursor_text(&b->cursor));
    if (cursor_indent(&b->cursor) >= CODE_INDENT || !n)
        return false;
    cursor_pass(&b->cursor, n);
    cursor_skip(&b->cursor, 1);
    b->quote = b->matched;
    return true;
}

static bool list_goes_on(Blocks *b, const Container *list)
{
    (void)b, (void)list;
    return true;
}

/* An item that begins with a blank line ends at the next one. */
static bool item_goes_on(Blocks *b, const Container *item)
{
    bool deep = cursor_indent(&b->cursor) >= item->indent;
    if (!deep && !(b->blank && item->node->first))
        return false;
    cursor_skip(&b->cursor, deep ? item->indent : SIZE_MAX);
    return !b->blank || item->node->first;
}

static bool footnote_goes_on(Blocks *b, const Container *footnote)
{
    (void)footnote;
    if (cursor_indent(&b->cursor) < CODE_INDENT)
        return b->blank;
    cursor_skip(&b->cursor, CODE_INDENT);
    return true;
}

static bool (*const goes_on[NODE_KINDS])(Blocks *, const Container *) = {
    [NODE_QUOTE] = quote_goes_on,
    [NODE_LIST] = list_goes_on,
    [NODE_ITEM] = item_goes_on,
    [NODE_FOOTNOTE] = footnote_goes_on,
};

/* Of the `most` outermost containers those that the line goes on with. */
static void match_containers(Blocks *b, size_t most)
{
    b->quote = 0;
    look(b);
    for (b->matched = 1; b->matched < most; b->matched++) {
        const Container *c = &b->stack[b->matched];
        if (!goes_on[c->node->kind](b, c))
            break;
        look(b);
    }
}

/* An item that begins with the block at hand goes on at a blank line once it has that block. */
static Reach reach(const Blocks *b, size_t wanted, size_t quote)
{
    if (b->matched == wanted)
        return GOES_ON;
    if (b->stack[b->matched].node->kind != NODE_ITEM || quote > b->matched)
        return ENDS;
    return b->blank ? GOES_ON : LAZY;
}

Reach blocks_reach(Blocks *b, size_t index, Str *text)
{
    Cursor cursor = b->cursor;
    size_t matched = b->matched, quote = b->quote;
    bool blank = b->blank;
    cursor_begin(&b->cursor, b->lines->at[index]);
    match_containers(b, matched);
    Reach result = reach(b, matched, quote);
    *text = cursor_text(&b->cursor);
    b->cursor = cursor;
    b->matched = matched;
    b->quote = quote;
    b->blank = blank;
    return result;
}

/* What no block wants: blank, a line of a table or a paragraph, or a new paragraph. */
static void add_text(Blocks *b)
{
    Leaf *leaf = &b->leaf;
    bool all = b->matched == b->depth;
    LeafLine rest = {cursor_text(&b->cursor), 0, b->cursor.number};

    if (b->blank) {
        leaf_close(b);
        close_containers(b, b->matched);
        b->ends_blank = true;
    } else if (leaf->node && leaf->node->kind == NODE_PARAGRAPH && (all || !item_is_left(b))) {
        leaf_add(b, rest); /* where not all match, this is lazy continuation */
    } else if (leaf->node && leaf->node->kind == NODE_TABLE && all) {
        table_row(b, rest.text);
    } else {
        blocks_add_leaf(b, NODE_PARAGRAPH);
        leaf_add(b, rest);
    }
}

static void take_rest(Blocks *b)
{
    bool opened = false;
    Start start;
    while ((start = block_start(b)) == CONTAINER_START) {
        opened = true;
        look(b);
    }
    if (start == NO_START)
        add_text(b);
    if (opened)
        b->ends_blank = false; /* an empty item is no blank line */
}

static void take_line(Blocks *b, Line line)
{
    cursor_begin(&b->cursor, line);
    b->ends_blank = false;
    match_containers(b, b->depth);
    if (!leaf_takes(b))
        take_rest(b);
    b->after_blank = b->ends_blank;
    b->blank_quote = b->quote;
}

Node *blocks_parse(Blocks *b)
{
    Node *document = node_new(b->arena, NODE_DOCUMENT, NULL);
    document->line = b->lines->n ? b->lines->at[0].number : 1;
    b->stack[0] = (Container){.node = document};
    b->depth = b->matched = 1;
    if (!b->in_fence)
        b->spare_cells = SPARE_CELLS;

    for (b->index = 0; b->index < b->lines->n; b->index++)
        take_line(b, b->lines->at[b->index]);
    leaf_close(b);
    close_containers(b, 0);
    return document;
}

Node *block_parse(const LineVec *lines, bool tolerant, References *refs, Arena *a)
{
    Blocks b = {.arena = a, .refs = refs, .lines = lines, .tolerant = tolerant,
                .wanted = REPAIR_ALL};
    return blocks_parse(&b);
}
