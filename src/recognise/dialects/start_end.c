/*
 * start_end.c -- notes written out field by field:
 *
 *     START                      STARTI [Basic] 栈 Back: 后进先出 ENDI
 *     Basic
 *     什么是 GMP？
 *     Back: 调度器的三个角色
 *     Tags: go runtime
 *     ID: 1607361487244
 *     END
 *
 * The first field needs no name.  A field whose name says nothing goes on with the one
 * before it, as a line of text.
 */
#include "recognise/dialect.h"

#include "recognise/foreign.h"
#include "recognise/wording.h"

enum { MOST_PARTS = 16 };

/* What a field of the usual note types holds. */
static const struct {
    Str name;
    Part part;
} fields[] = {
    {STR_INIT("Front:"), PART_QUESTION},   {STR_INIT("Text:"), PART_QUESTION},
    {STR_INIT("Question:"), PART_QUESTION}, {STR_INIT("Back Extra:"), PART_EXPLANATION},
    {STR_INIT("Back:"), PART_ANSWER},      {STR_INIT("Answer:"), PART_ANSWER},
    {STR_INIT("Extra:"), PART_EXPLANATION}, {STR_INIT("Hint:"), PART_HINT},
};

/* Take the name of a field off the front. */
static bool eat_field(Str *text, Part *part)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        if (str_eat(text, fields[i].name)) {
            *part = fields[i].part;
            *text = str_trim(*text);
            return true;
        }
    return false;
}

static bool is_line(const Look *l, uint32_t line, Str want)
{
    Str text = look_text(l, line);
    line_eat_bullet(&text);
    return l->states[line - 1] == LINE_TEXT && str_eq(text, want);
}

/* The line END, with no START before it; 0 for none. */
static uint32_t find_end(const Look *l, uint32_t line)
{
    while (++line <= l->source->line_count && !is_line(l, line, STR("START")))
        if (is_line(l, line, STR("END")))
            return line;
    return 0;
}

/* The type of a note says how it is asked. */
static void set_type(Mark *m, Str type, Str note)
{
    m->reversed = str_find(type, STR("reversed")) != STR_NONE;
    m->cloze = str_starts(type, STR("Cloze")) && str_find(note, STR("{{c")) != STR_NONE;
}

/* The parts of a note below its title, the last of them open to more lines. */
typedef struct Parts {
    Slice *at;
    uint32_t n;
    bool closed;
} Parts;

/* `line` without `skip` bytes goes to `part`, which begins here, or to the last where there is no room. */
static void open_part(Parts *parts, Part part, uint32_t from, uint32_t line, size_t skip)
{
    if (parts->n < MOST_PARTS)
        parts->at[parts->n++] = (Slice){.part = part, .from = from, .to = line, .skip = (uint32_t)skip};
    else
        parts->at[parts->n - 1].to = line;
    parts->closed = false;
}

/* A line of code, or such, above the title. */
static void go_on_asking(Parts *parts, uint32_t line)
{
    if (parts->n && parts->at[parts->n - 1].part == PART_QUESTION)
        parts->at[parts->n - 1].to = line;
    else
        open_part(parts, PART_QUESTION, line, line, 0);
}

/* What a note says of itself, below its fields. */
static bool read_head(Str whole, Str text, Mark *m)
{
    Str id;
    if (foreign_line(whole, &id))
        m->id = id.n ? id : m->id;
    else if (str_eat(&text, STR("Tags:")))
        m->tags = str_trim(text);
    else if (str_eat(&text, STR("ID:")) && is_digit(str_trim(text).n ? str_trim(text).at[0] : ' '))
        m->id = str_trim(text);
    else
        return false;
    return true;
}

static void read_line(const Look *l, uint32_t line, Parts *parts, Mark *m)
{
    Str whole = source_line(l->source, line), text = look_text(l, line);
    Part part = PART_QUESTION;
    bool named = eat_field(&text, &part);
    if (read_head(whole, text, m)) {
        parts->closed = true;
    } else if (!m->title.n && part == PART_QUESTION) {
        m->title = text;
        m->line = parts->n ? m->line : line; /* what stands above it is shown with it */
        if (text.n)
            open_part(parts, part, line + 1, line, 0);
        else if (!named && line_speaks(l->states[line - 1]))
            go_on_asking(parts, line);
    } else if (named) {
        open_part(parts, part, line + !text.n, line, text.n ? (size_t)(text.at - whole.at) : 0);
    } else if (parts->n && !parts->closed) {
        parts->at[parts->n - 1].to = line;
    } else if (line_speaks(l->states[line - 1])) {
        open_part(parts, PART_ANSWER, line, line, 0);
    }
}

/* Take `name` and what follows off the end of `*text`; empty where it is not. */
static Str eat_from(Str *text, Str name)
{
    size_t at = str_find(*text, name);
    Str rest = at == STR_NONE ? STR("") : str_trim(str_drop(*text, at + name.n));
    *text = str_trim(str_take(*text, at == STR_NONE ? text->n : at));
    return rest;
}

/* `[Basic] front Back: back Tags: a ENDI` */
static bool read_inline(const Look *l, uint32_t line, Str text, Mark *m)
{
    size_t end = str_find(text, STR("ENDI"));
    if (end == STR_NONE || str_trim(str_drop(text, end + STR("ENDI").n)).n)
        return false;
    text = str_trim(str_take(text, end));
    m->id = foreign_eat(&text);
    if (str_eat(&text, STR("[")))
        set_type(m, str_cut(&text, ']'), text);
    Str answer = eat_from(&text, STR("Back:")), tags = eat_from(&answer, STR("Tags:"));
    m->tags = tags.n ? tags : eat_from(&text, STR("Tags:"));
    Part part;
    eat_field(&text, &part);
    m->title = text;
    m->extent.end = line;
    if (answer.n) {
        m->extent.answer_from = line;
        m->extent.answer_skip = (uint32_t)(answer.at - source_line(l->source, line).at);
        m->extent.answer_keep = (uint32_t)answer.n;
    }
    return text.n > 0;
}

bool start_end_read(const Look *l, uint32_t line, Mark *m)
{
    Str text = look_text(l, line), type = look_text(l, line + 1);
    m->class = MARK_START_END;
    line_eat_bullet(&text);
    if (str_eat(&text, STR("STARTI ")))
        return read_inline(l, line, text, m);
    uint32_t end = str_eq(text, STR("START")) && wording_topic(type) ? find_end(l, line) : 0;
    if (end < line + 3)
        return false;
    set_type(m, type, (Str){text.at, (size_t)(look_text(l, end).at - text.at)});
    Parts parts = {.at = arena_new(l->arena, Slice, MOST_PARTS)};
    for (uint32_t i = line + 2; i < end; i++)
        read_line(l, i, &parts, m);
    m->extent = (Extent){.pieces = parts.at, .piece_count = parts.n, .end = end, .above = m->line - line};
    return m->title.n > 0;
}
