/*
 * node.h -- the tree of a piece of Markdown: blocks that hold blocks, leaf
 * blocks that hold spans.
 *
 * `read/block` makes the blocks and leaves the text of a leaf in `text`;
 * `inline` turns that text into spans below it.  Trees can be as deep as the
 * block scanner allows (NODE_DEEPEST) plus the spans' own nesting, so walk them
 * with node_next, never by recursion.
 */
#ifndef DECKBIND_MODEL_NODE_H
#define DECKBIND_MODEL_NODE_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

typedef enum {
#define NODE(kind, holds) NODE_##kind,
#include "model/node.def"
#undef NODE
    NODE_KINDS
} NodeKind;

typedef enum { HOLDS_BLOCKS, HOLDS_SPANS, HOLDS_TEXT } NodeHolds;

enum { NODE_DEEPEST = 100 }; /* containers within containers; libxml2 stops at 256 elements */

typedef enum { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } Align;

typedef enum { TASK_NONE, TASK_OPEN, TASK_DONE } Task;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    Node *parent, *first, *last, *previous, *next;

    /* Lines of the file, from 1; spans have only `line`. */
    uint32_t line, end_line;

    /*
     * A leaf block: its lines joined by '\n', block marks taken off.  Each line is
     * the tail of its line in the file, so a column can be found again.
     * CODE_BLOCK and HTML_BLOCK end in '\n' where they are not empty.  TEXT, CODE,
     * MATH and HTML spans: the text, escapes and entities resolved in TEXT.
     */
    Str text;

    Str target;  /* LINK, IMAGE: the destination, escapes and entities resolved; FOOTNOTE of a page: the
                    id of the entry that it leads back to */
    Str title;   /* LINK, IMAGE: the title; CODE_BLOCK: the info string, resolved */

    /* A note can have a node for each of its bytes, so kinds that have nothing else in common share room. */
    union {
        Str label;  /* FOOTNOTE, NOTE_MARK: as utf8_fold leaves it */
        Str wiki;   /* LINK, IMAGE: all of [[…]] as it is written, where it is that; see inline/wiki.h */
        Str tokens; /* CODE_BLOCK: a letter and a length in bytes for each; `at` is NULL where nobody looked */
    };
    union {
        uint32_t start;  /* LIST: the first number; ITEM: its own */
        uint32_t number; /* FOOTNOTE, NOTE_MARK: order of first use, from 1; 0 unused */
        struct {
            uint32_t width, height; /* IMAGE: in pixels; 0: not said */
            uint32_t zoom;          /* IMAGE: percent of its own size; 0: not said */
        };
    };

    uint8_t level;     /* HEADING: 1 to 6; spans, while they are read: how deep they nest */
    bool ordered;      /* LIST */
    bool tight;        /* LIST */
    bool fenced;       /* CODE_BLOCK */
    bool closed;       /* CODE_BLOCK: its fence was closed */
    bool display;      /* MATH: it stands on a line of its own */
    bool sound;        /* IMAGE: what it shows is to be heard */
    char mark;         /* LIST: - + * . ) and, in notes, those of read/item.c */
    Align align;       /* CELL */
    Task task;         /* ITEM */

    /*
     * LINK, IMAGE: what the link pass found; see link.h.  MATH: TeX for a card, markup
     * for a page; see math.h.  CODE, STRONG: page_target leads to the entry that is about it.
     */
    Str card_target, page_target;
};

extern const NodeHolds node_holds[NODE_KINDS];
const char *node_name(NodeKind kind);

/* A new node at the end of `parent`'s children; `parent` may be NULL. */
Node *node_new(Arena *a, NodeKind kind, Node *parent);

void node_append(Node *parent, Node *child);       /* `child` is free */
void node_insert_after(Node *at, Node *child);     /* `child` is free */
void node_unlink(Node *n);

/*
 * Walk all of `root`: start with {.node = root, .entering = true}; each call
 * goes to the next event.  A node without children is entered and then left.
 * False when `root` has been left.
 */
typedef struct NodeStep {
    Node *node;
    bool entering;
} NodeStep;

bool node_next(NodeStep *step, const Node *root);

/* The text below `root` without any mark, blocks parted by a blank; in `a`. */
Str node_plain(const Node *root, Arena *a);

/*
 * What `[label]: target "title"` and `[^label]: …` define in one file.  The
 * first definition of a label counts.
 */
typedef struct Reference {
    Str label; /* folded, blanks collapsed */
    Str target, title;
} Reference;

typedef struct References {
    Vec(Reference) links;    /* in order of the text until references_sort */
    Vec(Node *) footnotes;
    Vec(Reference *) sorted; /* first definitions only, in byte order of label */
} References;

void references_sort(References *r, Arena *a);
const Reference *references_find(const References *r, Str label);
Node *references_footnote(const References *r, Str label);

/* A label as it is compared: folded, inner blanks one space, trimmed. */
Str reference_label(Str raw, Arena *a);

#endif
