/*
 * mark.h -- every line that might open an entry, with its class.
 */
#ifndef DECKBIND_RECOGNISE_MARK_H
#define DECKBIND_RECOGNISE_MARK_H

#include "model/book.h"
#include "recognise/number.h"

typedef enum {
#define MARK(class, ...) MARK_##class,
#include "recognise/mark.def"
#undef MARK
    MARK_CLASSES
} MarkClass;

/* What the vote makes of a mark. */
typedef enum {
    ROLE_TEXT,     /* it opens nothing */
    ROLE_QUESTION,
    ROLE_SECTION,
    ROLE_PART,     /* of the answer above it, with a label that names the part */
    ROLE_OTHER     /* an entry of its own that is no card, such as a summary */
} Role;

/*
 * What a written-out mark says of the lines of its entry; zero is "as everywhere":
 * the title is the rest of the line, and all up to the next entry is cut at labels.
 */
typedef struct Extent {
    uint32_t question_to;  /* the question goes on to this line */
    uint32_t answer_from;  /* the answer begins on this line … */
    uint32_t answer_skip;  /* … after so many bytes of it */
    uint32_t answer_keep;  /* and is so many bytes long, all on that line; 0: to its end */
    uint32_t end;          /* its last line; what follows belongs to no question */
    bool quoted;           /* each line but the first begins with > */
    uint32_t above;        /* so many lines right above only lead to it: the head of a table */
    const Slice *pieces;   /* all parts, where the lines above do not say it; NULL: they do */
    uint32_t piece_count;
} Extent;

typedef struct Mark {
    MarkClass class;
    uint32_t line;      /* from 1 */
    uint32_t indent;    /* columns */
    uint8_t level;      /* of a heading, 1 to 6; 0 else */
    char sign;          /* of a bullet: * - +, [ of a task, 1 of one with a number */
    Number number;
    Str title;          /* without marks and number */
    bool asks, topic, spaced;
    bool bold;          /* of a bullet: all of its title is */
    bool outer;         /* of a count: all counts are indented, and it stands as far out as any */
    bool told;          /* it asks, and its answer follows on the line */
    bool labelled;      /* a label said that it is a question, or right below opens the answer */
    bool reversed;      /* ask the other way round too */
    bool round;         /* a heading that names a round of an interview, … */
    bool dated;         /* … or a day, … */
    bool part, lone;    /* … a part of an answer, or what is asked of the thing above … */
    bool contents;      /* … or the contents of the file, or some of them … */
    bool counts;        /* … or only counts what is asked below */
    bool leads;         /* a heading or bullet that only leads to a list of questions … */
    bool listed;        /* … and an item of such a list */
    uint32_t lead;      /* of its first item: the plain line that leads to it; 0: none */
    bool reply;         /* a bullet that answers one of another sign */
    bool answered;      /* a heading whose list is its answer */
    bool repeated;      /* another mark of its class has the same title, and none of them asks */
    bool typed;         /* ask for the answer to be typed too */
    Gaps cloze;         /* the text holds its own gaps, in this form */
    Str tags;           /* parted by blanks */
    Str id;             /* that another tool gave it */
    Extent extent;
    Role role;
    Role said;          /* by a comment of the writer's; ROLE_TEXT: nothing is said */
    uint32_t group;     /* 1 + index of its group; 0: none */
    uint32_t rank;      /* how deep it stands: a smaller rank closes it */
} Mark;

typedef Vec(Mark) MarkVec;

/* Why a mark was taken for what it is; one line may have several, in the order of votes. */
typedef struct Reason {
    uint32_t line;
    Str text;
} Reason;

typedef Vec(Reason) ReasonVec;

static inline bool mark_is_heading(const Mark *m)
{
    return m->class == MARK_HEADING;
}

/* Whether its number stands inside an entry: 1.1, or an indented one. */
static inline bool mark_is_nested(const Mark *m)
{
    return m->class == MARK_NESTED || m->class == MARK_INDENTED;
}

/* A term with its definition on one line. */
static inline bool mark_is_term(const Mark *m)
{
    return m->class == MARK_TERM || m->class == MARK_POINT || m->class == MARK_NAME
        || m->class == MARK_GLOSS;
}

/* Whether it opens an entry of any kind. */
static inline bool mark_opens(const Mark *m)
{
    return m->role == ROLE_QUESTION || m->role == ROLE_SECTION || m->role == ROLE_OTHER;
}

/* Whether the class is a dialect: the rows from SEPARATOR on. */
static inline bool mark_is_written(const Mark *m)
{
    return m->class >= MARK_SEPARATOR;
}

const char *mark_name(MarkClass class);

/* The level of headings that `entry:` names, 1 to 6; 0: it names none. */
uint8_t level_named(Str entry);

/* The class with this identifier, in any case; MARK_CLASSES for none. */
MarkClass mark_class(Str identifier);

/* Find the titles that stand more than once and do not ask. */
void marks_find_repeats(MarkVec *marks, Arena *a);

/* The candidates of `s`, in order; `states` as lines_scan gives them. */
MarkVec marks_collect(const Source *s, const uint8_t *states, Arena *a);

#endif
