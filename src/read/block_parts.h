/*
 * block_parts.h -- what the files of the block parser share.
 *
 * The parser goes through the lines once.  It keeps the open containers on a
 * stack, the document at its bottom, and at most one open leaf below the innermost
 * of them.  For every line: match the containers that go on, offer the rest to the
 * open leaf, then to the kinds of blocks that may start here, and what nobody wants
 * is text.
 */
#ifndef DECKBIND_READ_BLOCK_PARTS_H
#define DECKBIND_READ_BLOCK_PARTS_H

#include "read/cursor.h"

/* An open container.  Only an ITEM has an `indent`: the columns before its content. */
typedef struct Container {
    Node *node;
    size_t indent;
    size_t colons; /* of a QUOTE that such a line opened, and one of as many or more closes; 0: it has marks */
    bool by_look; /* an item without a mark of Markdown, see item.c */
} Container;

typedef struct Leaf {
    Node *node; /* NULL: none is open */
    Vec(LeafLine) lines;
    size_t taken;       /* PARAGRAPH: lines at the front that were link definitions */
    char fence;         /* CODE_BLOCK: '`' or '~'; 0 for one made by indentation */
    size_t fence_length, fence_indent;
    size_t fence_end;   /* tolerant: the index of the line that closes it, once looked for */
    unsigned html;      /* HTML_BLOCK: its kind, see html_block.c */
    size_t run_end;     /* CODE_BLOCK: bare code goes on before this index, PARAGRAPH: a formula; 0: none */
    size_t columns;     /* TABLE */
    Align align[128];
} Leaf;

enum { TABLE_WIDEST = sizeof((Leaf){0}.align) / sizeof(Align) };

typedef struct Blocks {
    Arena *arena;
    References *refs;
    const LineVec *lines;
    bool tolerant;

    size_t index; /* of the current line in `lines` */
    Cursor cursor;
    bool blank;   /* nothing visible from the cursor on */

    Container stack[NODE_DEEPEST + 1];
    size_t depth;   /* of the stack */
    size_t matched; /* how many of them the current line goes on with */
    size_t quote;   /* the innermost quote among these; 0: none */
    Leaf leaf;

    /* The line before was blank, and its innermost quote. */
    bool after_blank, ends_blank;
    size_t blank_quote;

    /* Tolerant: lines before this index were judged together, see code_look.c. */
    size_t judged;
    bool judged_code;

    /* Tolerant: no bare code begins before this index. */
    size_t no_run_before;
    size_t deep_run_end, deep_run_indent; /* and what does before this one has so much before it */
    size_t in_vain; /* lines that were looked through for a closing bracket in vain */

    /* Tolerant: the last number that nothing but its look made an item, see item.c. */
    char counted_mark;
    uint32_t counted;

    RepairSet wanted; /* without `tolerant`, none */
    Repairs *repairs; /* NULL: nobody asks */
    bool in_fence;    /* the lines stood in a fence, and are text */
    size_t outside;   /* containers that the document itself lies in */

    /* Tolerant: no fence of this length or more is closed from here on; 0: not known. */
    size_t never_closed[2];
    size_t never_boxed; /* nor a box of so many colons or more; 0: not known */
    size_t boxed_in_vain; /* lines that were looked through for its end in other containers, and none was there */
    size_t box_end, box_colons; /* the index of a line that closes one, and its colons */

    size_t spare_cells; /* empty cells that may still be added to short rows */
    uint32_t too_deep;  /* the first line that was nested deeper than the stack; 0: none */
} Blocks;

/* Whether open containers go on at a later line; LAZY: it has no mark of an item, but may be text of it. */
typedef enum { ENDS, LAZY, GOES_ON } Reach;

/* block.c */
bool blocks_mend(const Blocks *b, RepairKind kind);   /* whether it is wanted */
void blocks_note(Blocks *b, RepairKind kind, uint32_t line); /* that it was made */
Node *blocks_top(const Blocks *b); /* the innermost matched container */
bool blocks_in_paragraph(const Blocks *b);
Reach blocks_reach(Blocks *b, size_t index, Str *text); /* of those that are matched; the line's text in them */
bool blocks_have_room(Blocks *b, size_t containers);
void blocks_leave(Blocks *b, NodeKind next);  /* close what `next` cannot be in */
Node *blocks_add(Blocks *b, NodeKind kind);   /* a block in the innermost matched container */
void blocks_push(Blocks *b, Node *node, size_t indent); /* after blocks_leave or blocks_add */
Node *blocks_add_leaf(Blocks *b, NodeKind kind); /* and open it */
Node *blocks_parse(Blocks *b);

size_t quote_mark(const Blocks *b, Str text); /* the length of the mark it begins with; 0: none */

/* block_start.c */
typedef enum { NO_START, CONTAINER_START, LEAF_START } Start;
Start block_start(Blocks *b);

/* block_leaf.c */
void leaf_add(Blocks *b, LeafLine line);
bool leaf_takes(Blocks *b);    /* whether the open leaf wants the line, whatever is in it */
void leaf_close(Blocks *b);
LeafLine leaf_take_last(Blocks *b); /* the last line, off the open paragraph */
bool leaf_take_definitions(Blocks *b); /* of a paragraph; false: nothing is left of it */

/* fence.c */
size_t run_of(Str s, char c); /* how many `c` it begins with */
bool is_fence_line(Str line); /* it may open or close one */
Start fence_start(Blocks *b);
bool fence_takes(Blocks *b);

/* math_block.c */
Start math_start(Blocks *b);
bool math_takes(Blocks *b); /* the lines of a formula that is open */

/* item.c */
Start item_start(Blocks *b);
Start step_start(Blocks *b);
Start term_start(Blocks *b); /* `: definition` below a term */
bool item_is_left(const Blocks *b); /* text below the open items is no part of them */

/* definition.c: take a link definition off the front of `text`. */
bool definition_eat(Str *text, References *refs, Arena *a);

/* table.c */
bool table_start(Blocks *b);
void table_row(Blocks *b, Str line);

/* html_block.c: the kind of HTML block that begins here, 0 for none; where one ends. */
unsigned html_block_kind(Str text, const Blocks *b);
bool html_block_ends(unsigned kind, Str line);
bool html_block_ends_blank(unsigned kind);

/* code_look.c: whether the indented lines from here on look like code. */
bool blocks_look_like_code(Blocks *b);

#endif
