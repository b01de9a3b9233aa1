/*
 * models.c -- fields and templates as tables, and as the JSON that Anki reads.
 *
 * Every front is wrapped in a condition on the fields that it cannot do without, so
 * that a card exists exactly where they are filled, whatever else is.
 */
#include "emit/apkg/models.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/vec.h"

#include <string.h>

#define OPEN "<div class=\"dk\" lang=\"zh-CN\">\n"
#define CLOSE "\n</div>"
#define SECTION "{{#Section}}<div class=\"dk-section\">{{Section}}</div>{{/Section}}\n"
#define CHOICES "{{#Choices}}<div class=\"dk-choices\">{{Choices}}</div>{{/Choices}}\n"
#define HINT                                                                    \
    "{{#Hint}}<details class=\"dk-hint\"><summary>提示</summary>"               \
    "<div>{{Hint}}</div></details>{{/Hint}}"
#define QUESTION "<div class=\"dk-question\">{{Question}}</div>\n"
#define ASKED "<div class=\"dk-asked\">{{Question}}</div>\n"
#define ANSWER "{{#Answer}}<div class=\"dk-answer\">{{Answer}}</div>{{/Answer}}\n"
/* Anki scrolls to this id when it shows the answer. */
#define DIVIDER "<div id=\"answer\" class=\"dk-divider\"></div>\n"
#define MORE                                                                       \
    "{{#Explanation}}<div class=\"dk-explanation\">{{Explanation}}</div>{{/Explanation}}\n" \
    "{{#Extra}}<div class=\"dk-extra\">{{Extra}}</div>{{/Extra}}\n"                \
    "{{#Source}}<div class=\"dk-source\">{{Source}}</div>{{/Source}}"

static const FieldType question_fields[QUESTION_FIELDS] = {
    [QUESTION_QUESTION] = {3254485566387793, "Question", false},
    [QUESTION_ANSWER] = {785199591180508, "Answer", false},
    [QUESTION_HINT] = {116255221617620, "Hint", false},
    [QUESTION_EXPLANATION] = {4023505015456743, "Explanation", false},
    [QUESTION_CHOICES] = {4127590769407122, "Choices", false},
    [QUESTION_REVERSE] = {3272691086377776, "Reverse", true},
    [QUESTION_TYPE_IN] = {1836291668476409, "TypeIn", true},
    [QUESTION_SECTION] = {1084210261737141, "Section", true},
    [QUESTION_SOURCE] = {2069817078615932, "Source", true},
    [QUESTION_EXTRA] = {4350773210702734, "Extra", false},
    [QUESTION_ID] = {3923248552283688, "Id", true},
};

static const FieldType cloze_fields[CLOZE_FIELDS] = {
    [CLOZE_TEXT] = {3147480794197127, "Text", false},
    [CLOZE_HINT] = {4407798348922331, "Hint", false},
    [CLOZE_EXPLANATION] = {1341362650046692, "Explanation", false},
    [CLOZE_SECTION] = {853662496887034, "Section", true},
    [CLOZE_SOURCE] = {868674483404165, "Source", true},
    [CLOZE_EXTRA] = {236758800091628, "Extra", false},
    [CLOZE_ID] = {1453278465534326, "Id", true},
};

static const Template question_templates[] = {
    [TEMPLATE_FORWARD] = {
        837911921528557, "问→答",
        OPEN "{{#Question}}\n" SECTION QUESTION CHOICES HINT "\n{{/Question}}" CLOSE,
        OPEN SECTION ASKED CHOICES DIVIDER ANSWER MORE CLOSE,
        "{{Question}}", "{{Answer}}",
        {QUESTION_QUESTION, -1},
    },
    [TEMPLATE_BACKWARD] = {
        4082314975338979, "答→问",
        OPEN "{{#Reverse}}{{#Answer}}\n" SECTION
             "<div class=\"dk-task\">这是哪个问题的答案？</div>\n" ANSWER
             "{{/Answer}}{{/Reverse}}" CLOSE,
        OPEN SECTION "<div class=\"dk-asked\">{{Answer}}</div>\n" DIVIDER QUESTION CHOICES MORE CLOSE,
        "{{Answer}}", "{{Question}}",
        {QUESTION_ANSWER, QUESTION_REVERSE, -1},
    },
    [TEMPLATE_TYPED] = {
        3002569359220220, "默写",
        OPEN "{{#TypeIn}}{{#Question}}\n" SECTION QUESTION CHOICES
             "<div class=\"dk-typed\">{{type:TypeIn}}</div>\n" HINT
             "\n{{/Question}}{{/TypeIn}}" CLOSE,
        OPEN SECTION ASKED CHOICES DIVIDER "<div class=\"dk-typed\">{{type:TypeIn}}</div>\n"
             ANSWER MORE CLOSE,
        "{{Question}}", "{{TypeIn}}",
        {QUESTION_QUESTION, QUESTION_TYPE_IN, -1},
    },
};

static const Template cloze_templates[] = {
    {
        2835880289589320, "填空",
        OPEN "{{#Text}}\n" SECTION "<div class=\"dk-cloze\">{{cloze:Text}}</div>\n" HINT
             "\n{{/Text}}" CLOSE,
        OPEN SECTION "<div id=\"answer\" class=\"dk-cloze\">{{cloze:Text}}</div>\n" MORE CLOSE,
        "{{cloze:Text}}", "{{cloze:Text}}",
        {CLOZE_TEXT, -1},
    },
};

const NoteType note_type_question = {
    OWN_QUESTION_TYPE, "Deckbind 问答", false,
    question_fields, COUNT(question_fields), question_templates, COUNT(question_templates), 0,
};

const NoteType note_type_cloze = {
    OWN_CLOZE_TYPE, "Deckbind 填空", true,
    cloze_fields, COUNT(cloze_fields), cloze_templates, COUNT(cloze_templates), 0,
};

const NoteType *const note_types[NOTE_TYPES] = {&note_type_question, &note_type_cloze};

const char latex_head[] =
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n"
    "\\begin{document}\n";
const char latex_foot[] = "\\end{document}";

/* The object that was put last goes on with an id, if there is one, and `rest`. */
static void put_id(Buf *b, int64_t id, const char *rest)
{
    b->n--;
    if (id)
        buf_printf(b, ",\"id\":%lld", (long long)id);
    buf_puts(b, rest);
}

static void put_fields(Buf *b, const NoteType *type)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const FieldType *f = &type->fields[i];
        buf_puts(b, i ? "," : "[");
        json_put(b, "{s:s, s:i, s:b, s:b, s:s, s:i, s:[], s:s, s:b, s:b, s:b}",
                 "name", f->name, "ord", (int)i, "sticky", 0, "rtl", 0, "font", FIELD_FONT_NAME, "size",
                 FIELD_FONT_SIZE, "media", "description", "", "plainText", 0, "collapsed", f->aside,
                 "excludeFromSearch", f->aside);
        put_id(b, f->id, ",\"tag\":null,\"preventDeletion\":false}");
    }
    buf_puts(b, "]");
}

static void put_templates(Buf *b, const NoteType *type)
{
    for (size_t i = 0; i < type->template_count; i++) {
        const Template *t = &type->templates[i];
        buf_puts(b, i ? "," : "[");
        json_put(b, "{s:s, s:i, s:s, s:s, s:s, s:s, s:n, s:s, s:i}", "name", t->name, "ord",
                 (int)i, "qfmt", t->front, "afmt", t->back, "bqfmt", t->browser_front, "bafmt",
                 t->browser_back, "did", "bfont", "", "bsize", 0);
        put_id(b, t->id, "}");
    }
    buf_puts(b, "]");
}

/* "any" with the one field that makes a card, or "all" with those that do together. */
static void put_needs(Buf *b, const NoteType *type)
{
    for (size_t i = 0; i < type->template_count; i++) {
        const int *needs = type->templates[i].needs;
        buf_printf(b, "%s[%zu,\"%s\",[%d", i ? "," : "[", i, needs[1] < 0 ? "any" : "all", needs[0]);
        for (needs++; *needs >= 0; needs++)
            buf_printf(b, ",%d", *needs);
        buf_puts(b, "]]");
    }
    buf_puts(b, "]");
}

/* All that Anki takes over from a type that is dated later: what it is called, and looks like. */
static uint64_t type_print(const NoteType *type, Str style)
{
    Arena scratch = {0};
    Buf b = {.arena = &scratch};
    put_templates(&b, type);
    put_fields(&b, type);
    buf_puts(&b, type->name);
    buf_put(&b, style);
    uint64_t print = hash64(buf_str(&b));
    arena_free(&scratch);
    return print;
}

static void put_type(Buf *b, const NoteType *type, Str style, int64_t time)
{
    buf_printf(b, "\"%lld\":{\"id\":%lld,\"name\":", (long long)type->id, (long long)type->id);
    json_put(b, "s", type->name);
    buf_printf(b, ",\"type\":%d,\"mod\":%lld,\"usn\":-1,\"sortf\":%u,\"did\":null,\"tmpls\":",
               type->cloze, (long long)time, type->sort);
    put_templates(b, type);
    buf_puts(b, ",\"flds\":");
    put_fields(b, type);
    buf_puts(b, ",\"css\":");
    json_put(b, "s%", JSON_STR(style));
    buf_puts(b, ",\"latexPre\":");
    json_put(b, "s", latex_head);
    buf_puts(b, ",\"latexPost\":");
    json_put(b, "s", latex_foot);
    buf_puts(b, ",\"latexsvg\":false,\"req\":");
    put_needs(b, type);
    buf_puts(b, ",\"vers\":[],\"tags\":[]}");
}

void models_date(DatedType types[NOTE_TYPES], Str style, Lock *lock, int64_t time)
{
    for (size_t i = 0; i < NOTE_TYPES; i++) {
        const NoteType *type = note_types[i];
        types[i] = (DatedType){type, style, lock_type(lock, str_of(type->name), type_print(type, style), time)};
    }
}

void models_put(Buf *b, const DatedType *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_puts(b, i ? "," : "{");
        put_type(b, types[i].type, types[i].style, types[i].time);
    }
    buf_puts(b, "}");
}
