/*
 * note.c -- which field holds which part of an entry, as tables.
 */
#include "emit/apkg/note.h"

#include "emit/apkg/field.h"
#include "render/html.h"

enum { FIELD_PARTS = 4, FIELD_MARK = 0x1F };

/* What a field shows of an entry, one after the other. */
typedef struct Content {
    bool title;
    uint8_t count;
    Part parts[FIELD_PARTS];
} Content;

static const Content question_content[QUESTION_FIELDS] = {
    [QUESTION_QUESTION] = {true, 1, {PART_QUESTION}},
    [QUESTION_ANSWER] = {false, 1, {PART_ANSWER}},
    [QUESTION_HINT] = {false, 1, {PART_HINT}},
    [QUESTION_EXPLANATION] = {false, 1, {PART_EXPLANATION}},
    [QUESTION_CHOICES] = {false, 1, {PART_CHOICES}},
    [QUESTION_EXTRA] = {false, 1, {PART_EXTRA}},
};

static const Content cloze_content[CLOZE_FIELDS] = {
    [CLOZE_TEXT] = {true, 2, {PART_QUESTION, PART_CHOICES}},
    [CLOZE_HINT] = {false, 1, {PART_HINT}},
    [CLOZE_EXPLANATION] = {false, 2, {PART_ANSWER, PART_EXPLANATION}},
    [CLOZE_EXTRA] = {false, 1, {PART_EXTRA}},
};

/* The blanks may stand in what was read as the answer; it is asked about then. */
static const Content cloze_content_in_answer[CLOZE_FIELDS] = {
    [CLOZE_TEXT] = {true, 3, {PART_QUESTION, PART_CHOICES, PART_ANSWER}},
    [CLOZE_HINT] = {false, 1, {PART_HINT}},
    [CLOZE_EXPLANATION] = {false, 1, {PART_EXPLANATION}},
    [CLOZE_EXTRA] = {false, 1, {PART_EXTRA}},
};

static bool has_cloze(Str html)
{
    Clozes c = field_clozes(html);
    return clozes_any(&c);
}

static const Content *content_of(const Entry *e, const NoteType *type)
{
    if (!type->cloze)
        return question_content;
    return has_cloze(e->card_part[PART_ANSWER]) ? cloze_content_in_answer : cloze_content;
}

const NoteType *note_type(const Entry *e)
{
    bool cloze = e->cloze
        && (has_cloze(e->card_title) || has_cloze(e->card_part[PART_QUESTION])
            || has_cloze(e->card_part[PART_CHOICES]) || has_cloze(e->card_part[PART_ANSWER]));
    return cloze ? &note_type_cloze : &note_type_question;
}

static bool is_reversed(const Entry *e)
{
    return e->reversed && !field_is_empty(e->card_part[PART_ANSWER]);
}

bool note_has_card(const Entry *e, const NoteType *type, size_t i)
{
    if (type->cloze)
        return false;
    return i == TEMPLATE_FORWARD || (i == TEMPLATE_BACKWARD && is_reversed(e))
        || (i == TEMPLATE_TYPED && e->typed_text.n);
}

static bool has_parts(const Entry *e, const Content *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (e->card_part[c->parts[i]].n)
            return true;
    return false;
}

/* The title is a line of text; where blocks follow it is a paragraph among them. */
static void put_title(Buf *b, Str title, bool among_blocks)
{
    bool paragraph = among_blocks && title.n;
    buf_puts(b, paragraph ? "<p>" : "");
    field_put(b, title);
    buf_puts(b, paragraph ? "</p>" : "");
}

/* Markup that holds no part of the entry, so nothing that Anki is to obey. */
static void put_inert(Buf *b, Str html)
{
    Arena scratch = {0};
    Buf inert = {.arena = &scratch};
    card_put(&inert, html, CLOZE_BROKEN);
    field_put(b, buf_str(&inert));
    arena_free(&scratch);
}

static void put_text(Buf *b, Str text)
{
    Arena scratch = {0};
    Buf html = {.arena = &scratch};
    html_text(&html, text);
    put_inert(b, buf_str(&html));
    arena_free(&scratch);
}

static void put_content(Buf *b, const Entry *e, const Content *c, Str language)
{
    bool parts = has_parts(e, c);
    if (!parts && !(c->title && e->card_title.n))
        return;
    bool marked = language.n && !str_eq(language, STR("zh-CN"));
    if (marked) {
        buf_puts(b, "<div lang=\"");
        html_text(b, language);
        buf_puts(b, "\">");
    }
    if (c->title)
        put_title(b, e->card_title, parts);
    for (size_t i = 0; i < c->count; i++)
        field_put(b, e->card_part[c->parts[i]]);
    buf_puts(b, marked ? "</div>" : "");
}

/* The file and the line; a link where the description says where the notes are kept. */
static void put_source(Buf *b, const Source *s, const Entry *e, Str url)
{
    Arena scratch = {0};
    Buf html = {.arena = &scratch};
    if (url.n) {
        buf_puts(&html, "<a href=\"");
        html_text(&html, html_source_address(s, e->line, url, &scratch));
        buf_puts(&html, "\">");
    }
    html_text(&html, s->name);
    buf_printf(&html, ":%u%s", e->line, url.n ? "</a>" : "");
    put_inert(b, buf_str(&html));
    arena_free(&scratch);
}

/* The fields that hold no part of the entry: where they stand in each type. */
typedef struct Places {
    int section, source, id, reverse, typed;
} Places;

static const Places question_places = {QUESTION_SECTION, QUESTION_SOURCE, QUESTION_ID,
                                       QUESTION_REVERSE, QUESTION_TYPE_IN};
static const Places cloze_places = {CLOZE_SECTION, CLOZE_SOURCE, CLOZE_ID, -1, -1};

void note_fields(Buf *b, const Source *s, const Entry *e, const NoteType *type,
                 const Config *config)
{
    const Content *content = content_of(e, type);
    const Places *places = type->cloze ? &cloze_places : &question_places;
    for (int i = 0; i < (int)type->field_count; i++) {
        if (i)
            buf_put_char(b, FIELD_MARK);
        if (i == places->section)
            put_text(b, e->section);
        else if (i == places->source)
            put_source(b, s, e, config->source_url);
        else if (i == places->id)
            put_text(b, e->anchor);
        else if (i == places->reverse)
            buf_puts(b, is_reversed(e) ? "1" : "");
        else if (i == places->typed)
            put_text(b, e->typed_text);
        else
            put_content(b, e, &content[i], config->language);
    }
}

/* What the two fields of an adopted note show. */
static const Content adopted_question = {true, 2, {PART_QUESTION, PART_CHOICES}};
static const Content adopted_answer = {false, 4, {PART_ANSWER, PART_EXPLANATION, PART_EXTRA, PART_HINT}};
static const Content adopted_question_with_answer = {true, 3, {PART_QUESTION, PART_CHOICES, PART_ANSWER}};
static const Content adopted_rest = {false, 3, {PART_EXPLANATION, PART_EXTRA, PART_HINT}};

/* Templates of others do not know our style sheet, so the frame that it looks for is in the field. */
static void put_framed(Buf *b, const Entry *e, const Content *c, Str language)
{
    size_t empty = b->n;
    buf_puts(b, "<div class=\"dk\" lang=\"zh-CN\">");
    size_t start = b->n;
    put_content(b, e, c, language);
    bool filled = b->n > start;
    b->n = filled ? b->n : empty;
    buf_puts(b, filled ? "</div>" : "");
}

void note_adopted_fields(Buf *b, const Entry *e, const AdoptedType *type, const Locked *kept, Str language)
{
    bool in_answer = type->type.cloze && has_cloze(e->card_part[PART_ANSWER]);
    for (size_t i = 0; i < type->type.fields.n; i++) {
        if (i)
            buf_put_char(b, FIELD_MARK);
        if (i == type->question)
            put_framed(b, e, in_answer ? &adopted_question_with_answer : &adopted_question, language);
        else if (i == type->answer)
            put_framed(b, e, in_answer ? &adopted_rest : &adopted_answer, language);
        else
            field_put(b, kept->fields.at[i]);
    }
}

Str note_field(Str fields, size_t i)
{
    Str field = str_cut(&fields, FIELD_MARK);
    while (i--)
        field = str_cut(&fields, FIELD_MARK);
    return field;
}

Str note_first_field(Str fields)
{
    return str_take(fields, str_find_char(fields, FIELD_MARK));
}

size_t note_cards(const Source *s, const Entry *e, const Config *config)
{
    const NoteType *type = note_type(e);
    Arena scratch = {0};
    Buf fields = {.arena = &scratch};
    Clozes clozes = {0};
    size_t n = 0;
    if (type->cloze) {
        note_fields(&fields, s, e, type, config);
        clozes = field_clozes(note_first_field(buf_str(&fields)));
    }
    for (size_t i = 0; i < type->template_count; i++)
        n += note_has_card(e, type, i);
    for (size_t number = 1; type->cloze && number <= CLOZE_CARDS; number++)
        n += clozes_has(&clozes, number);
    arena_free(&scratch);
    return n;
}
