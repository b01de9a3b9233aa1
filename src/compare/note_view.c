/*
 * note_view.c -- the first field asks, all others answer.
 *
 * Notes that deckbind made have fields that do neither; they are known by the id of
 * their note type, which never changes.
 */
#include "compare/note_view.h"

#include "compare/plain.h"
#include "emit/apkg/models.h"

typedef enum { ROLE_TEXT, ROLE_SECTION, ROLE_SOURCE, ROLE_NONE } FieldRole;

static const FieldRole question_roles[QUESTION_FIELDS] = {
    [QUESTION_REVERSE] = ROLE_NONE,
    [QUESTION_TYPE_IN] = ROLE_NONE,
    [QUESTION_SECTION] = ROLE_SECTION,
    [QUESTION_SOURCE] = ROLE_SOURCE,
    [QUESTION_ID] = ROLE_NONE,
};

static const FieldRole cloze_roles[CLOZE_FIELDS] = {
    [CLOZE_SECTION] = ROLE_SECTION,
    [CLOZE_SOURCE] = ROLE_SOURCE,
    [CLOZE_ID] = ROLE_NONE,
};

static const struct {
    const NoteType *type;
    const FieldRole *roles;
} own_types[] = {
    {&note_type_question, question_roles},
    {&note_type_cloze, cloze_roles},
};

static const char section_mark[] = " › "; /* between the titles of a section */

static FieldRole role_of(const ReadType *type, size_t field)
{
    for (size_t i = 0; i < COUNT(own_types); i++)
        if (type->id == own_types[i].type->id && type->fields.n == own_types[i].type->field_count)
            return own_types[i].roles[field];
    return ROLE_TEXT;
}

/* Append `text` behind what parts it from the text before. */
static void put_parted(Buf *b, const char *parting, Str text)
{
    if (!text.n)
        return;
    buf_puts(b, b->n ? parting : "");
    buf_put(b, text);
}

/* The first title of a section is that of its file, which mostly names the deck too. */
static Str below_deck(Str deck, Str section)
{
    size_t end = str_find(section, str_of(section_mark));
    Str first = str_take(section, end);
    Str rest = end == STR_NONE ? STR("") : str_drop(section, end + strlen(section_mark));
    return str_ends(deck, first) ? rest : section;
}

static Str cards_of(const ReadNote *note, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < note->cards.n; i++)
        buf_printf(&b, "%s%zu", i ? ", " : "", (size_t)note->cards.at[i] + 1);
    return buf_str(&b);
}

NoteView note_view(const ReadPackage *p, const ReadNote *note, Arena *a)
{
    const ReadType *type = &p->types.at[note->type];
    NoteView v = {.type = type->name, .cards = cards_of(note, a), .source = STR("")};
    Buf answer = {.arena = a}, markup = {.arena = a}, place = {.arena = a};
    buf_put(&place, note->deck);
    for (size_t i = 0; i < note->fields.n; i++) {
        FieldRole role = role_of(type, i);
        Str html = note->fields.at[i];
        Str text = role == ROLE_NONE ? STR("") : plain_text(html, a);
        if (role == ROLE_SECTION)
            put_parted(&place, section_mark, below_deck(note->deck, text));
        else if (role == ROLE_SOURCE)
            v.source = text;
        else if (role == ROLE_TEXT && i == 0)
            v.question = text;
        else if (role == ROLE_TEXT)
            put_parted(&answer, "\n", text);
        if (role == ROLE_TEXT)
            put_parted(&markup, "\x1f", html);
    }
    v.answer = buf_str(&answer);
    v.markup = buf_str(&markup);
    v.place = buf_str(&place);
    return v;
}
