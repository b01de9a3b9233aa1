/*
 * evidence.h -- groups of marks, and what speaks for them.  Private to the vote.
 */
#ifndef DECKBIND_RECOGNISE_EVIDENCE_H
#define DECKBIND_RECOGNISE_EVIDENCE_H

#include "recognise/mark.h"
#include "recognise/wording.h"
#include "recognise/sequence.h"

/* The columns of mark.def. */
typedef enum {
    F_BASE, F_ASKS, F_TOPIC, F_BODY, F_SPACED, F_ADJACENT, F_NUMBERED, F_MANY, F_LOOSE, F_LED,
    F_HEADED, F_LISTED, F_REPEATED, F_INSIDE, F_INDENTED, F_FIRST, F_HABIT, F_RIVALS, F_BOLD, F_TOLD, FEATURES
} Feature;

enum {
    LEVELS = 7, FEW = 3,
    SECTION_RANK = 65, /* of a plain line: below headings, above all else */
};

typedef struct Group {
    MarkClass class;
    uint32_t members, last; /* last: index of its latest member */
    uint32_t sure;          /* members in the answer of a question that ends in a question mark */
    uint32_t sum[FEATURES];
    int score;
} Group;

typedef struct Vote {
    MarkVec *marks;
    const Source *source;
    uint8_t *states;
    uint32_t *spoken;   /* spoken[i]: lines before line i + 1 that say something */
    uint32_t *sequence; /* 1 + sequence of each mark */
    SequenceVec sequences;
    uint32_t headings[LEVELS]; /* how many of each level */
    bool forms[LEVELS]; /* titles that are repeated on it name parts */
    uint32_t margin;    /* the indent of most bullets */
    Vec(Group) groups;
    uint8_t wanted_level;   /* of headings, where the writer of the notes names it; else 0 */
    MarkClass wanted;       /* class that the writer names; MARK_CLASSES: none */
    Wording wording;
    ReasonVec *reasons; /* NULL: nobody asks */
    Arena *arena;
} Vote;

void evidence_count_lines(Vote *v); /* fills `spoken` */
void evidence_find_margin(Vote *v); /* fills `margin` */

/* Lines that say something after line `from` and before line `to`, both from 1. */
uint32_t text_between(const Vote *v, uint32_t from, uint32_t to);

uint32_t end_line(const Vote *v);             /* one more than the last */
uint32_t line_of(const Vote *v, size_t mark); /* end_line for none */

/* The next heading after mark `i`, written-out cards on headings included; the number of marks for none. */
size_t next_heading(const Vote *v, size_t i);

/* Whether the writer names the class of `m`, or its level, as that of questions. */
bool is_wanted(const Vote *v, const Mark *m);

/*
 * Whether a card of a dialect, or a question without a number, bare, quoted, bold or in a list, stands
 * right below mark `i`.
 */
bool leads_to_question(const Vote *v, size_t i);

/* The last line that the mark says is its entry's; its own line where it says nothing. */
uint32_t mark_last(const Mark *m);

/* How deep the entry of mark `i` stands. */
uint32_t mark_rank(const Vote *v, size_t i);

Group *group_new(Vote *v, MarkClass class);

/* Count the mark with index `i`; `inside`: it lies in the answer of another entry. */
void group_add(Vote *v, Group *g, size_t i, bool inside);

/* What the distance from `m` to the next mark of its group, on line `next`, tells. */
void group_gap(Vote *v, Group *g, const Mark *m, uint32_t next);

/* Whether mark `i` begins the file, and no others but those of its form stand in it. */
bool begins_file(const Vote *v, size_t i);

/* Whether a heading that does not ask stands right above mark `i`. */
bool is_headed(const Vote *v, size_t i);

/* The nearest line above mark `i`, where that ends in a colon; else 0. */
uint32_t colon_above(const Vote *v, size_t i);

/* Whether a comment of the writer's right above says that the line is text. */
bool is_said_text(const Vote *v, uint32_t line);

/* Whether what stands before mark `i` leads into a list: a colon, a bold question, or a mark right above. */
bool is_led(const Vote *v, size_t i);

/* Count the rivals of the groups of terms from `from` on, and of texts between rules. */
void count_rivals(Vote *v, size_t from);
void count_rules(Vote *v);

void group_score(Group *g);

/*
 * Write down why `m` has its role: `why`, or NULL for the evidence of its group.  Does
 * nothing unless somebody asks.
 */
void reason_add(Vote *v, const Mark *m, const char *why);

/* Headings that list the contents of the file are told so. */
void find_contents(Vote *v);

/* Headings over the name of a round of an interview are told that they name one, too. */
void find_talks(Vote *v);

/* Headings that only count are told so, and the lines below them become questions; no sequence is known yet. */
void find_counted(Vote *v);

/* Numbers that only count chapters are told so, and the counts inside them are none of an answer. */
void find_chapters(Vote *v);

/* Headings and bullets that only lead to lists of questions are told so, and the items. */
void find_leads(Vote *v);

/* Bullets that answer those of another sign are told so. */
void find_replies(Vote *v);

/* Lines without a mark that lead to lists of questions become sections; the last change of all. */
void add_leads(Vote *v);

/* Give each heading its role; the level whose headings open entries is voted first. */
void vote_headings(Vote *v);

/*
 * The last vote: paragraphs without a mark, where nothing else opened an entry.  The marks
 * of `v` change, and its sequences no longer belong to them.
 */
void vote_blocks(Vote *v);

/*
 * Where counted questions stand below most topics of a level, they do so below its others
 * too, whatever is said first.  True: a heading became a section, so counts vote again.
 */
bool demote_like_others(Vote *v);

/* Headings that lead straight to entries of another class group them. */
void demote_headings(Vote *v);

#endif
