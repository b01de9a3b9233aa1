/*
 * models.h -- the two note types, frozen.
 *
 * Anki keeps a reader's history only while the fields and templates of a note type
 * stay the same in number and order.  So names, order and ids below never change; a
 * template's text may.  What a field could be needed for is there from the start.
 */
#ifndef DECKBIND_EMIT_APKG_MODELS_H
#define DECKBIND_EMIT_APKG_MODELS_H

#include "model/lock.h"

#include <stdint.h>

typedef enum {
    QUESTION_QUESTION,
    QUESTION_ANSWER,
    QUESTION_HINT,
    QUESTION_EXPLANATION,
    QUESTION_CHOICES,
    QUESTION_REVERSE, /* "1": ask the other way round too */
    QUESTION_TYPE_IN, /* text to be typed: adds a card that asks for it */
    QUESTION_SECTION,
    QUESTION_SOURCE,
    QUESTION_EXTRA,
    QUESTION_ID,
    QUESTION_FIELDS
} QuestionField;

typedef enum {
    CLOZE_TEXT,
    CLOZE_HINT,
    CLOZE_EXPLANATION,
    CLOZE_SECTION,
    CLOZE_SOURCE,
    CLOZE_EXTRA,
    CLOZE_ID,
    CLOZE_FIELDS
} ClozeField;

/* Templates of the question type, in order. */
enum { TEMPLATE_FORWARD, TEMPLATE_BACKWARD, TEMPLATE_TYPED };

typedef struct FieldType {
    int64_t id; /* 0: it has none, and Anki goes by the name */
    const char *name;
    bool aside; /* folded in the editor, and not searched */
} FieldType;

typedef struct Template {
    int64_t id; /* as that of a field */
    const char *name, *front, *back, *browser_front, *browser_back;
    /* Which fields make a card: all of these.  For Anki's `req`; -1 ends them. */
    int needs[3];
} Template;

typedef struct NoteType {
    int64_t id;
    const char *name;
    bool cloze;
    const FieldType *fields;
    size_t field_count;
    const Template *templates;
    size_t template_count;
    uint32_t sort; /* the field that Anki sorts by; where it changes, Anki dates all notes anew */
} NoteType;

enum { NOTE_TYPES = 2 };
extern const NoteType note_type_question, note_type_cloze;
extern const NoteType *const note_types[NOTE_TYPES];

/* A note type of a deck: its style sheet, and when it last changed (seconds). */
typedef struct DatedType {
    const NoteType *type;
    Str style;
    int64_t time;
} DatedType;

/* What Anki asks for and no card shows. */
#define FIELD_FONT_NAME "Arial"
enum { FIELD_FONT_SIZE = 20 };
extern const char latex_head[], latex_foot[];

/*
 * Our types, each dated by `lock`, anew where it looks different from before; `time` is for
 * a build without a lock.
 */
void models_date(DatedType types[NOTE_TYPES], Str style, Lock *lock, int64_t time);

/* The `models` object of a collection with these types. */
void models_put(Buf *b, const DatedType *types, size_t count);

#endif
