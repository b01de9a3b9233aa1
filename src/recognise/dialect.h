/*
 * dialect.h -- the ways in which people write cards out, for other tools.
 *
 * A dialect looks at one line of text, with its neighbours, and says whether an
 * entry is written there.  It only reads: whether the file means it is voted, by
 * the row of the dialect in mark.def, over all its marks in the file.  Marks that
 * win own their lines, and nothing else is looked for there.
 *
 * To add one: write dialects/NAME.c, declare it here, give it a row in the table
 * of dialect.c and one in mark.def, and a chapter in tests/spec/NAME.md.
 */
#ifndef DECKBIND_RECOGNISE_DIALECT_H
#define DECKBIND_RECOGNISE_DIALECT_H

#include "recognise/lines.h"
#include "recognise/mark.h"
#include "recognise/title.h"
#include "recognise/wording.h"

/* The file around a line. */
typedef struct Look {
    const Source *source;
    const uint8_t *states; /* as lines_scan gives them */
    Arena *arena;          /* for titles that stand nowhere as they are read */
    const uint32_t *details; /* as details_pair gives them */
    const Wording *wording;
    uint32_t dialects;     /* those that the file may hold, a bit for each of the table */
    bool glossary;         /* most lines are a name, a colon and what it means */
    bool cards;            /* the file is tagged as one of cards, for another tool */
    bool talk;             /* nothing but a quote stands between the name of a round of an interview and the line */
    uint32_t run;          /* the first of the lines of one state that the line stands among */
} Look;

/* What the whole file tells; `w` and all else outlive it. */
Look look_open(const Source *s, const uint8_t *states, const Wording *w, Arena *a);

/* The line, without blanks at either end; empty outside the file or where it is no text. */
Str look_text(const Look *l, uint32_t line);

/* The text from `line` on, as far as a summary may reach. */
Str look_window(const Look *l, uint32_t line);

/* The nearest line above `line` that says something; 0 for none. */
uint32_t look_above(const Look *l, uint32_t line);

/* The first line from `line` on that says something; one more than the last for none. */
uint32_t look_below(const Look *l, uint32_t line);

/* The last line of the paragraph that `line` stands in: no blank line before it. */
uint32_t look_paragraph_end(const Look *l, uint32_t line);

/*
 * The last line of the list item, or paragraph, that begins on `line`: indented lines
 * and, with no blank line before them, lines at the margin that begin nothing else.
 */
uint32_t look_item_end(const Look *l, uint32_t line);

/*
 * Whether an entry of the dialect begins on `line`, a line of text.  Fills the
 * class, title, extent and what else the dialect says, and the line where the title
 * stands on another below; the indent and the blank before it are known.
 */
typedef bool (*DialectRead)(const Look *l, uint32_t line, Mark *m);

bool separator_read(const Look *l, uint32_t line, Mark *m);
bool definition_read(const Look *l, uint32_t line, Mark *m);
bool cloze_read(const Look *l, uint32_t line, Mark *m);
bool deletion_read(const Look *l, uint32_t line, Mark *m);
bool question_mark_read(const Look *l, uint32_t line, Mark *m);
bool start_end_read(const Look *l, uint32_t line, Mark *m);
bool callout_read(const Look *l, uint32_t line, Mark *m);
bool summary_read(const Look *l, uint32_t line, Mark *m);
bool arrow_read(const Look *l, uint32_t line, Mark *m);
bool card_fence_read(const Look *l, uint32_t line, Mark *m);
bool front_back_read(const Look *l, uint32_t line, Mark *m);
bool percent_read(const Look *l, uint32_t line, Mark *m);
bool tag_read(const Look *l, uint32_t line, Mark *m);
bool between_read(const Look *l, uint32_t line, Mark *m);
bool rules_read(const Look *l, uint32_t line, Mark *m);
bool table_read(const Look *l, uint32_t line, Mark *m);
bool term_read(const Look *l, uint32_t line, Mark *m);
bool glossary_read(const Look *l, uint32_t line, Mark *m);

/* The mark of the first dialect of the table that reads `line`. */
bool dialect_read(const Look *l, uint32_t line, Mark *m);

/* Whether it may be a term: no letter, number or label, and no word that names a part. */
bool term_is_name(Str term);

/* Whether it is a name of a few words, with no mark in it. */
bool term_is_plain(Str name);

/* Whether a file is a glossary is told by counting its lines. */
typedef struct Glossary {
    uint32_t lines, names;
} Glossary;

void glossary_count(Glossary *g, Str line);
bool glossary_is(const Glossary *g);

/* Whether a tag on the line says that it is a card, or that the file holds cards. */
bool look_is_tagged(Str text);

#endif
