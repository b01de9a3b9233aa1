/*
 * mark.c -- reading the mark of one line.
 */
#include "recognise/mark.h"

#include "recognise/details.h"
#include "recognise/dialect.h"
#include "recognise/directive.h"
#include "recognise/foreign.h"
#include "recognise/label.h"
#include "recognise/lines.h"
#include "recognise/pointer.h"
#include "recognise/same_line.h"
#include "recognise/title.h"
#include "recognise/wording.h"

#include "base/utf8.h"

enum { BARE_WIDTH = 64, ASKING_WIDTH = 128, LEAD_WIDTH = 12, FEW_NUMBERS = 3, LIST_WIDTH = 48 };

static const char *const names[] = {
#define MARK(class, name, ...) name,
#include "recognise/mark.def"
#undef MARK
};

static const char *const identifiers[] = {
#define MARK(class, ...) #class,
#include "recognise/mark.def"
#undef MARK
};

MarkClass mark_class(Str identifier)
{
    MarkClass class = 0;
    while (class < MARK_CLASSES && (identifier.n != str_of(identifiers[class]).n
                                    || !str_starts_nocase(identifier, str_of(identifiers[class]))))
        class++;
    return class;
}

uint8_t level_named(Str entry)
{
    bool level = entry.n == 1 && entry.at[0] >= '1' && entry.at[0] <= '6';
    return level ? (uint8_t)(entry.at[0] - '0') : 0;
}

const char *mark_name(MarkClass class)
{
    return names[class];
}

/* `Q1：` in front of the title is taken off, and its number kept; false where there is none. */
static bool eat_label(Mark *m)
{
    Label label;
    if (!label_read(m->title, false, &label) || label.part != PART_QUESTION || !label.rest.n
        || (label.asking && m->level))
        return false;
    if (label.number.n) {
        Str counted = str_drop(m->title, (size_t)(label.number.at - m->title.at));
        m->number = number_eat(&counted);
    }
    m->title = label.rest;
    m->labelled = !label.asking; /* see add */
    return true;
}

static bool read_heading(Mark *m, Str text)
{
    Str after = text;
    Number before = number_eat(&after);
    Str title = before.parts ? after : text;
    if (m->indent > MARGIN && !before.parts)
        return false;
    m->level = heading_eat(&title);
    if (!m->level)
        m->level = html_heading_eat(&title);
    if (!m->level)
        return false;
    m->class = MARK_HEADING;
    m->title = mark_title(title);
    m->number = number_eat(&m->title);
    eat_label(m);
    if (!m->number.parts)
        m->number = before;
    return true;
}

/* Whether a text without a mark of its own opens again below the rule on line `rule`. */
static bool goes_on_below(const Look *l, uint32_t rule)
{
    uint32_t line = rule + 1;
    while (line < l->source->line_count && l->states[line - 1] == LINE_BLANK)
        line++;
    Str text = look_text(l, line);
    return text.n && l->states[line - 1] != LINE_RULE && !heading_eat(&text)
        && !wording_question_mark(text);
}

/*
 * A title over === or ---.  Rules part texts too, and a label may stand over one: see
 * parts.c.  So --- underlines only a topic or a question with its text below.
 */
static bool read_underlined(const Look *l, Mark *m, Str text)
{
    bool ruled = m->spaced && m->line < l->source->line_count && l->states[m->line] == LINE_RULE;
    if (!ruled)
        return false; /* as nearly always */
    Str rule = look_text(l, m->line + 1);
    bool underlined = (rule.at[0] == '=' || rule.at[0] == '-')
                   && str_find_char(rule, ' ') == STR_NONE && m->indent <= MARGIN;
    Str title = mark_title(text), counted = title;
    Label label;
    bool listed = number_eat(&counted).parts > 0; /* and the rule stands below the list */
    if (!underlined || listed || is_punct(title.at[0]) || label_read(title, true, &label)
        || !(wording_topic(title) || wording_question_mark(title))
        || (rule.at[0] == '-' && !goes_on_below(l, m->line + 1)))
        return false;
    m->class = MARK_HEADING;
    m->level = rule.at[0] == '=' ? 1 : 2;
    m->title = title;
    return true;
}

static bool read_number(Mark *m, Str text)
{
    Str title = mark_title(text);
    m->number = number_eat(&title);
    if (!m->number.parts)
        return false;
    m->class = m->number.chinese ? MARK_CHINESE
             : m->number.parts > 1 ? MARK_NESTED : m->indent > MARGIN ? MARK_INDENTED : MARK_NUMBER;
    m->title = title;
    return true;
}

static bool read_bullet(Mark *m, Str text)
{
    char sign = text.at[0];
    if (m->indent > MARGIN || !line_eat_bullet(&text))
        return false;
    bool task = str_starts(text, STR("[ ] ")) || str_starts_nocase(text, STR("[x] "));
    m->sign = task ? '[' : sign;
    m->title = task ? str_trim(str_drop(text, 4)) : text;
    Str title = m->title;
    m->bold = is_punct(title.at[0]) && bold_eat(&title);
    m->class = MARK_BULLET;
    return true;
}

static bool read_bold(Mark *m, Str text)
{
    wording_eat_colon(&text);
    if (m->indent > MARGIN || !bold_eat(&text))
        return false;
    m->class = MARK_BOLD;
    m->title = text;
    m->number = number_eat(&m->title);
    return m->number.parts || wording_topic(m->title) || wording_question_mark(m->title);
}

static bool read_label(Mark *m, Str text)
{
    Str quoted = str_trim(str_drop(text, str_starts(text, STR(">"))));
    Label label;
    if (quoted.n < text.n && (bold_eat(&quoted) || (m->indent <= MARGIN && label_read(quoted, false, &label))))
        text = quoted; /* all of a quote's line is bold, or a label stands in it */
    line_eat_bullet(&text);
    m->title = text;
    m->class = MARK_LABEL;
    return eat_label(m);
}

/* Whether a line of a quote asks, as those of a list of questions do, and makes no points; or is of none. */
static bool is_beside(const Look *l, uint32_t line)
{
    Str text = look_text(l, line);
    if (!str_eat(&text, STR(">")))
        return true;
    Str inner = str_trim(text);
    return wording_asks(l->wording, text) && !line_eat_bullet(&inner) && !number_eat(&inner).parts;
}

/* `> title`: a quote of one line that asks or names what is below, or one of several lines that ask. */
static bool read_quote(const Look *l, Mark *m, Str text)
{
    enum { NAME_WIDTH = 32 };
    if (!str_eat(&text, STR(">")))
        return false;
    text = mark_title(text);
    bool name = text.n && !is_punct(text.at[0]) && wording_topic(text) && !wording_part(text)
             && !utf8_wider(text, NAME_WIDTH) && !str_starts(look_text(l, look_below(l, m->line + 1)), STR(">"));
    if (!text.n || text.at[0] == '[' || !(name || wording_asks(l->wording, text))
        || !is_beside(l, m->line - 1) || !is_beside(l, m->line + 1))
        return false;
    m->class = MARK_QUOTE;
    m->title = text;
    m->number = number_eat(&m->title);
    return true;
}

/* Whether a label right below opens the answer. */
static bool is_answered(const Look *l, uint32_t line)
{
    Label label;
    return label_read(look_text(l, line + 1), false, &label) && label.part == PART_ANSWER;
}

/* Whether `*text` lost a colon at its end that may stand for the question mark: 区别： alone may not. */
static bool eat_asking_colon(const Look *l, uint32_t line, Str *text)
{
    if (!wording_eat_colon(text))
        return false;
    Str below = look_text(l, look_below(l, line + 1));
    return utf8_wider(*text, LEAD_WIDTH) && !is_digit(text->at[0]) && !number_eat(&below).parts;
}

static bool read_bare(const Look *l, Mark *m, Str text)
{
    if (!m->spaced || text.at[0] == '>' || text.at[0] == '|')
        return false;
    bool ends = !utf8_wider(text, ASKING_WIDTH) && wording_question_mark(text);
    if (m->indent > MARGIN && !is_answered(l, look_below(l, m->line + 1) - 1))
        return false;
    Str title = text;
    bool question = ends || (!utf8_wider(text, BARE_WIDTH)
                             && (wording_topic(text) || eat_asking_colon(l, m->line, &title))
                             && wording_asks(l->wording, title));
    m->class = MARK_BARE;
    m->title = text;
    m->labelled = !question && is_answered(l, m->line);
    return question || m->labelled;
}

/* The first line in a box is what the box asks. */
static bool read_boxed(const Look *l, Mark *m, Str text)
{
    uint32_t above = m->line - 1;
    while (m->spaced && above && l->states[above - 1] == LINE_BLANK)
        above--;
    if (!m->spaced || !above || l->states[above - 1] != LINE_BOX)
        return false;
    m->class = MARK_LABEL;
    m->title = mark_title(text);
    m->number = number_eat(&m->title);
    m->labelled = true;
    return true;
}

/* `> 1. title`: below the name of a round of an interview quotes hold lists. */
static bool read_quoted_item(Mark *m, Str text)
{
    if (!str_eat(&text, STR(">")))
        return false;
    text = str_trim(text);
    return text.n && (read_number(m, text) || read_bullet(m, text));
}

/* The number that goes on with a list right above, whose mark was forgotten. */
static bool read_bare_number(const MarkVec *marks, Mark *m, Str text)
{
    const Mark *above = marks->n ? &marks->at[marks->n - 1] : NULL;
    if (!above || above->class != MARK_NUMBER || above->indent != m->indent || above->number.value < FEW_NUMBERS
        || above->line + 2 < m->line)
        return false;
    m->class = MARK_NUMBER;
    m->title = text;
    return number_eat_bare(&m->title, above->number.value + 1, &m->number);
}

static bool (*const readers[])(Mark *, Str) = {
    read_heading, read_label, read_bold, read_number, read_bullet,
};

/* A bullet that asks right above the label of its answer is as good as labelled itself. */
static void see_answer(const Look *l, Mark *m)
{
    if (m->class == MARK_BULLET && is_answered(l, m->line) && wording_asks(l->wording, m->title))
        *m = (Mark){.class = MARK_LABEL, .line = m->line, .indent = m->indent, .spaced = m->spaced,
                    .title = m->title, .labelled = true};
}

/* `marks`: those above. */
static bool read_mark(const Look *l, const MarkVec *marks, Mark *m, Str text)
{
    if (read_boxed(l, m, text))
        return true;
    if (read_underlined(l, m, text) || (l->talk && read_quoted_item(m, text)))
        return true;
    for (size_t i = 0; i < COUNT(readers); i++)
        if (readers[i](m, text)) {
            see_answer(l, m);
            return true;
        }
    return read_quote(l, m, text) || read_bare_number(marks, m, text) || read_bare(l, m, text);
}

/* A heading whose number goes on with that of one above, the latest `*counted`. */
static void count_heading(Mark *m, Number *counted)
{
    if (!m->number.parts)
        number_eat_next(&m->title, counted, &m->number);
    if (m->number.parts)
        *counted = m->number;
}

/* `* 3. title`: a bullet that goes on with the count of others, the latest `*counted`. */
static void count_bullet(Mark *m, uint32_t *counted)
{
    Str title = m->title;
    Number number = number_eat(&title);
    if (m->class != MARK_BULLET || number.parts != 1 || (number.value != 1 && number.value != *counted + 1))
        return;
    *counted = number.value;
    m->number = number;
    m->title = title;
    m->sign = '1';
}

/* What a link leads to is no remark. */
static Str without_remark(Str title)
{
    return str_find(title, STR("](")) == STR_NONE ? wording_without_remark(title) : title;
}

/* In a list, a long sentence that says how or why does not ask. */
static bool asks(const Wording *w, const Mark *m)
{
    bool list = m->class == MARK_BULLET || m->class == MARK_BOLD || m->class == MARK_QUOTE
             || mark_is_nested(m);
    Str title = m->title;
    if (m->class == MARK_BULLET && wording_eat_colon(&title))
        return wording_question_mark(title); /* it leads to what is below */
    bool lengthy = list && utf8_wider(wording_without_remark(m->title), LIST_WIDTH);
    return lengthy ? wording_question_mark(m->title) : wording_asks(w, without_remark(m->title));
}

/* Whether an item asks up to a question mark, right behind a word, and the rest of its line answers that. */
static bool is_told(const Wording *w, const Mark *m)
{
    Str question, answer;
    bool list = m->class == MARK_BULLET || m->class == MARK_NUMBER;
    return list && (str_find(m->title, STR("？")) != STR_NONE || str_find_char(m->title, '?') != STR_NONE)
        && same_line_answer(w, m->title, &question, &answer) && !utf8_wider(question, ASKING_WIDTH)
        && wording_question_mark(question) && question.n > 1 && !is_blank(question.at[question.n - 2]);
}

static void add(const Look *l, MarkVec *marks, Mark m)
{
    bool pointer = m.class == MARK_BULLET && pointer_to_page(m.title);
    if (pointer || (!mark_is_heading(&m) && pointer_to_place(m.title)))
        return;
    if (!m.level && str_ends(m.title, STR("\\")) && !str_ends(m.title, STR("\\\\")))
        m.title = str_trim(str_take(m.title, m.title.n - 1)); /* it breaks the line */
    Str id = foreign_eat(&m.title);
    m.id = m.id.n ? m.id : id;
    m.topic = wording_topic(without_remark(m.title));
    m.told = is_told(l->wording, &m);
    m.asks = m.labelled || m.told || asks(l->wording, &m);
    if (m.class == MARK_LABEL && !m.asks)
        return; /* 面：200 克 */
    m.labelled = m.labelled || m.class == MARK_LABEL;
    if (m.level) {
        m.round = !m.asks && wording_round(pointer_text(m.title));
        m.dated = wording_day(m.title);
        m.part = wording_part(m.title);
        m.lone = wording_lone(m.title);
        m.contents = wording_contents(m.title);
    }
    *vec_push(marks, l->arena) = m;
}

/* The mark of a line that a comment names: what it is besides does not count. */
static void add_forced(const Look *l, MarkVec *marks, Mark m, Str text, Directive d)
{
    Mark plain = m;
    if (!read_mark(l, marks, &m, text)) {
        m = plain;
        m.class = MARK_BARE;
        m.title = text;
    }
    m.said = d == DIRECTIVE_CARD ? ROLE_QUESTION : ROLE_SECTION;
    add(l, marks, m);
}

/*
 * Where all counts are indented, and no other line asks without a mark, the outermost of them
 * vote as those at the margin do.
 */
static void dedent_numbers(const Wording *w, MarkVec *marks)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < marks->n; i++) {
        const Mark *m = &marks->at[i];
        bool inner = m->class == MARK_LABEL && m->indent > MARGIN;
        if (m->class == MARK_NUMBER || m->class == MARK_CHINESE || m->class == MARK_BARE
            || (m->class == MARK_LABEL && !inner))
            return;
        if (m->class == MARK_INDENTED && m->indent < least)
            least = m->indent;
    }
    for (size_t i = 0; i < marks->n; i++) {
        Mark *m = &marks->at[i];
        if (m->class != MARK_INDENTED || m->indent > least + 1)
            continue;
        m->class = MARK_NUMBER;
        m->outer = true;
        m->asks = asks(w, m);
    }
}

/* The last line of what unfolds on `line`, where it is the answer; nothing in it opens an entry. */
static uint32_t answer_end(const Look *l, uint32_t line)
{
    Label label;
    uint32_t end = l->details ? l->details[line - 1] : 0;
    return end && details_label(look_window(l, line), &label) && label.part == PART_ANSWER ? end : 0;
}

/* Whether the line is a heading of `level` or higher. */
static bool is_heading_of(const Look *l, uint32_t line, uint8_t level)
{
    Str text = look_text(l, line);
    uint8_t own = heading_eat(&text);
    return own && own <= level;
}

MarkVec marks_collect(const Source *s, const uint8_t *states, Arena *a)
{
    const Wording wording = wording_open();
    Look look = look_open(s, states, &wording, a);
    MarkVec marks = {0};
    Directive directive = DIRECTIVE_NONE;
    bool blank = true;
    uint32_t counted = 0, folded = 0;
    uint8_t level = 0; /* of the latest heading */
    Number chapter = {0};
    for (size_t i = 0; i < s->line_count; i++) {
        bool text = states[i] == LINE_TEXT;
        if (i < folded && text && is_heading_of(&look, (uint32_t)i + 1, level))
            folded = 0; /* what closes is another's */
        else if (i >= folded)
            folded = answer_end(&look, (uint32_t)i + 1);
        if (states[i] == LINE_COMMENT && directive_read(source_line(s, i + 1)))
            directive = directive_read(source_line(s, i + 1));
        if (i && states[i] != states[i - 1])
            look.run = (uint32_t)i + 1;
        if ((i >= folded || directive) && (text || states[i] == LINE_TABLE || states[i] == LINE_WRAP)) {
            Str line = source_line(s, i + 1);
            Mark m = {.line = (uint32_t)i + 1, .indent = str_indent(line), .spaced = blank};
            Mark written = m;
            Directive now = directive;
            directive = DIRECTIVE_NONE;
            if (now == DIRECTIVE_CARD || now == DIRECTIVE_SECTION)
                add_forced(&look, &marks, m, str_trim(line), now);
            if (now == DIRECTIVE_CARD || now == DIRECTIVE_SECTION || now == DIRECTIVE_TEXT) {
                blank = false;
                continue;
            }
            if (dialect_read(&look, m.line, &written))
                add(&look, &marks, written);
            if (text && read_mark(&look, &marks, &m, str_trim(line))) {
                count_bullet(&m, &counted);
                if (mark_is_heading(&m))
                    count_heading(&m, &chapter);
                add(&look, &marks, m);
            }
        }
        bool heading = marks.n && marks.at[marks.n - 1].line == i + 1 && marks.at[marks.n - 1].level;
        level = heading ? marks.at[marks.n - 1].level : level;
        bool quote = look.talk && (!line_speaks(states[i]) || str_starts(str_trim(source_line(s, i + 1)), STR(">")));
        look.talk = heading ? marks.at[marks.n - 1].round : quote;
        blank = !line_speaks(states[i]) || states[i] == LINE_RULE || heading;
    }
    dedent_numbers(&wording, &marks);
    marks_find_repeats(&marks, a);
    return marks;
}
