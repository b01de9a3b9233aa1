/*
 * leaf.h -- the text of one leaf block on its way to spans.
 *
 * A Leaf is read from front to back, once.  Bytes that nothing claims wait
 * between `pending` and `at` and become a TEXT that points into the leaf.  A
 * Reader looks at the byte at `at` and either takes something there (true; it has
 * moved `at`) or does not (false; nothing has changed).
 */
#ifndef DECKBIND_INLINE_LEAF_H
#define DECKBIND_INLINE_LEAF_H

#include "model/node.h"
#include "model/repair.h"

/* What the leaves of one source share. */
typedef struct Spans {
    const References *refs;
    bool tolerant;
    RepairSet wanted;     /* without `tolerant`, none */
    Repairs repairs;      /* that were made */
    Arena *arena;
    size_t text;          /* bytes of leaves so far */
    size_t expanded;      /* bytes that references have added */
    uint32_t notes;       /* footnotes in use */
    Vec(Node *) used;     /* the same, in order of first use */
} Spans;

typedef struct Delimiter Delimiter;

/* An opening bracket. */
typedef struct Bracket {
    Node *node;           /* a TEXT that holds the bracket */
    size_t at;            /* of the byte after it */
    bool image;
} Bracket;

/* Constructs of raw HTML that run up to an end mark. */
enum { HTML_COMMENT, HTML_INSTRUCTION, HTML_CDATA, HTML_DECLARATION, HTML_MARKED };

typedef struct Leaf {
    Spans *all;
    Node *node;           /* its spans are added here */
    Str text;
    size_t at, pending;

    size_t counted;       /* line ends before this offset are in `line` */
    uint32_t line;

    Node *tail;           /* the last span, where it is a TEXT that may grow */
    Buf joined;           /* its text, where that is not all in one piece */

    Delimiter *newest;    /* top of the stack of emphasis marks */
    Vec(Bracket) brackets;
    size_t inactive;      /* brackets below this one cannot become links */

    size_t *last_run;     /* offset of the last run of n backticks; NULL: not indexed */
    size_t longest_run;
    size_t wide_at;       /* the first full-width mark that was read as one, in that line; */
    uint32_t wide_line;   /* 0: there is none */

    bool no_end[HTML_MARKED]; /* no end mark lies ahead */
    bool *is_closed;      /* by the offset of a tag's name: its end lies ahead; NULL: not indexed */
} Leaf;

typedef bool Reader(Leaf *l);

Reader read_emphasis, read_bracket, read_image, read_wiki, read_close;
Reader read_code, read_angle, read_scheme, read_www;
Reader read_dollar, read_formula; /* `$`; `\\(` and `\\[` */

/* math.c: where the fence `n` holds a formula, it becomes a paragraph with it. */
void formula_of_fence(Node *n, Arena *a);

/* The element that shows a file, such as <img src="…">, at `at`, `n` bytes of it.  False: it is none. */
bool read_shown(Leaf *l, size_t n);

/*
 * Take the next attribute of a tag off at `*i`, and blanks before it.  False where none is
 * left (`*i` is where the tag should end), or one is broken (`*i` is STR_NONE).
 */
bool attribute_next(Str tag, size_t *i, Str *name, Str *value);

/* The byte `ahead` bytes after `at`; 0 past the end. */
char leaf_peek(const Leaf *l, size_t ahead);

/* The line of `at`. */
uint32_t leaf_line(Leaf *l);

/* Make what is pending a TEXT. */
void leaf_flush(Leaf *l);

/* Add text that is no slice of the leaf, or a slice out of turn. */
void leaf_text(Leaf *l, Str s);

/* A new span after a flush; `at` is its line. */
Node *leaf_node(Leaf *l, NodeKind kind);

/* Go on reading at `end`; what lies before it is used up. */
void leaf_skip(Leaf *l, size_t end);

/*
 * A new span, in place of all siblings between `after` and `before` (NULL: to the
 * end), which go into it.  NULL, and no change, where that would nest too deep.
 */
Node *leaf_wrap(Leaf *l, NodeKind kind, Node *after, const Node *before);

/* Chinese, Japanese or Korean, and the quotes and dashes that such text is set with. */
bool leaf_is_cjk(uint32_t code);

#endif
