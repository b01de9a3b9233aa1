/*
 * entry.h -- one thing that the notes say: a question, a section, or neither.
 *
 * The recogniser gives every line of a file to exactly one entry.  An entry
 * points into the lines of its source; trees and fields are made of these later.
 */
#ifndef DECKBIND_MODEL_ENTRY_H
#define DECKBIND_MODEL_ENTRY_H

#include "base/str.h"
#include "base/vec.h"
#include "model/gap.h"
#include "model/lock.h"
#include "model/node.h"

#include <stdint.h>

typedef enum {
#define PART(part, name, answers) PART_##part,
#include "model/part.def"
#undef PART
    PARTS
} Part;

extern const char *const part_names[PARTS];
extern const bool part_answers[PARTS];

typedef enum { ENTRY_QUESTION, ENTRY_SECTION, ENTRY_OTHER } EntryKind;

extern const char *const entry_kind_names[];

/*
 * Lines `from` to `to` of the file, both included, of one part.  Of the first
 * line, `skip` bytes are left out (a label, a mark); every line loses up to
 * `indent` columns of blanks.
 */
typedef struct Slice {
    Part part;
    uint32_t from, to;
    uint32_t skip, indent;
    uint32_t keep;  /* bytes of its last line, after `skip` if that is the first; 0: to its end */
    bool quoted;    /* each line but the first loses a > in front */
} Slice;

/* Trees and pages of an entry. */
typedef struct Made {
    /* block, inline: one tree for the title and one for each part; NULL where empty */
    Node *title_tree;
    Node *part_tree[PARTS];

    /* render: XHTML for the book */
    Str page_title;
    Str page_part[PARTS];
    bool gapped;      /* the same of a cloze with its gaps hidden is here: */
    Str gapped_title;
    Str gapped_part[PARTS];
} Made;

/* What can have happened to a question since the lock was written. */
typedef enum {
    CHANGED_NEW,
    CHANGED_REVIVED,  /* it was retired */
    CHANGED_QUESTION, /* of what was in a deck before */
    CHANGED_ANSWER,
    CHANGED_FILE,     /* it lies in another */
    CHANGED_SHOWN,    /* its cards show something else */
    CHANGED_OUT,      /* it was in the deck and is not now */
    CHANGES
} Changed;

/* A question in a few numbers; as in Locked. */
typedef struct Prints {
    uint64_t question, answer, source, shown;
    size_t said;       /* bytes of the answer, without blanks and marks */
    Sketch sketch;
} Prints;

/* Another question: 1 + indexes of its source and of it there, and its words. */
typedef struct Like {
    uint32_t source, entry;
    Str title; /* gaps in Anki's form; may be empty */
} Like;

typedef struct Entry {
    EntryKind kind;
    uint32_t line;     /* of the question, the heading, or the first line; from 1 */
    uint32_t end_line; /* the last line of its own text that is not blank; >= line */
    uint32_t parent;   /* 1 + index of the entry that it lies in; 0: none */
    uint32_t depth;    /* number of its parents */
    bool answered;
    Gaps cloze;        /* a question whose text holds its gaps itself, in this form */
    bool reversed;     /* ask the other way round too */
    bool typed;        /* ask for its answer to be typed too */
    const char *rule;  /* the rule that made it, for people */
    Str tags;          /* its own, parted by blanks */
    Str id;            /* that another tool gave it; may be empty */
    Str number;        /* as written, such as "1.2" or "三"; may be empty */
    Str title;         /* the question line or heading, marks and number taken off; Markdown */
    Vec(Slice) slices; /* the rest, in order of the file */

    /* fingerprint */
    Str text;          /* the question as the lock holds it */
    Str normal;        /* the question as it is compared, or the id; empty where there is neither */
    Prints prints;     /* `source` and `shown` when it is rendered */

    /* wordings: of a question, by what equal and nearly equal ones are known; 0: by nothing */
    uint64_t same, near;

    /* weigh: about how many bytes of a page it takes, before it is made */
    uint32_t weight;

    /* gather */
    Str section;       /* titles of the file and the entries it lies in, joined by " › " */

    /* duplicates: an equal or nearly equal question that has an answer where this has none */
    uint32_t twin_source, twin; /* 1 + indexes of its source and of it there; 0: none */
    Like like; /* the next of those that ask the same, in a ring; of source 0: none does */

    /* match */
    uint32_t locked;   /* 1 + index of its earlier self in the lock; 0: it is new */

    /* identify */
    Str guid;          /* Anki's; see anki-package facts in identity.h */
    Str anchor;        /* id in the book, "q-…"; unique in the book */

    Made *made;        /* block to page: what lives only while its source is made */

    /* render: HTML of a card's fields, in the source's `fields`; empty where there is nothing */
    Str card_title;
    Str card_part[PARTS];
    Str typed_text;    /* what is to be typed; empty: nothing is */
    Str gap_numbers;   /* of its counted gaps, for the lock: see gap.h */

    /* settle */
    bool changes[CHANGES];
    int64_t note_id, time; /* of its note: `id` and `time` of Locked */

    Str plain_title;   /* for navigation and messages: no marks, no HTML escapes */
} Entry;

typedef Vec(Entry) EntryVec;

#endif
