/*
 * tag.c -- a tag that makes a card of a heading or a line:
 *
 *     ## Braking #card #car          - 栈 #card
 *     the text of the section            后进先出
 *
 * An item may begin with its tag: `- #card 栈`.
 * A heading asks for its section, an item for what is indented below it, any other
 * line for the paragraph that follows.  `#card` may stand alone below the heading;
 * `#flashcards` there, or above all headings, is a tag of the file and makes no card.
 */
#include "recognise/dialect.h"

#include "recognise/foreign.h"
#include "recognise/tags.h"

/* Tags that make cards, as tags_eat writes them: "::" between levels. */
static const struct {
    const char *name;
    bool reversed, typed;
} card_tags[] = {
    {"card", false, false},          {"card-spaced", false, false},   {"card-reminder", false, false},
    {"flashcard", false, false},     {"flashcards", false, false},    {"question", false, false},
    {"anki", false, false},
    {"card-reverse", true, false},   {"card::reverse", true, false},  {"flashcard-reverse", true, false},
    {"flashcard::reverse", true, false},
    {"card-type", false, true},      {"card::type", false, true},     {"默写", false, true},
};

static bool is_card(Str tag, Mark *m)
{
    for (size_t i = 0; i < COUNT(card_tags); i++)
        if (str_eq(tag, str_of(card_tags[i].name))) {
            m->reversed = m->reversed || card_tags[i].reversed;
            m->typed = m->typed || card_tags[i].typed;
            return true;
        }
    return str_starts(tag, STR("flashcards::"));
}

/* Take the tags that make cards out of those of `m`; whether there were any. */
static bool take_cards(Mark *m, Arena *a)
{
    bool card = false;
    Buf kept = {.arena = a};
    for (Str rest = m->tags; rest.n;) {
        Str tag = str_cut(&rest, ' ');
        if (is_card(tag, m)) {
            card = true;
            continue;
        }
        if (kept.n)
            buf_put_char(&kept, ' ');
        buf_put(&kept, tag);
    }
    m->tags = buf_str(&kept);
    return card;
}

/* Whether there is a tag that makes a card among these. */
static bool has_card(Str tags)
{
    Mark unused = {0};
    while (tags.n)
        if (is_card(str_cut(&tags, ' '), &unused))
            return true;
    return false;
}

/* Take the run of tags off the front of an item; where none of them makes a card, they are text. */
static Str eat_front(Str *text, Arena *a)
{
    Str rest = *text;
    while (str_starts(rest, STR("#"))) {
        str_cut(&rest, ' ');
        rest = str_trim(rest);
    }
    Str run = str_trim(str_take(*text, text->n - rest.n)), tags = tags_eat(&run, a);
    if (run.n || !has_card(tags))
        return STR("");
    *text = rest;
    return tags;
}

/* The line as a card: its title without tags, bullet and number. */
static bool read_line(const Look *l, uint32_t line, Mark *m)
{
    Str text = look_text(l, line);
    m->id = foreign_eat(&text);
    m->level = heading_eat(&text);
    Str front = !m->level && line_eat_bullet(&text) ? eat_front(&text, l->arena) : STR("");
    Buf tags = {.arena = l->arena};
    buf_put(&tags, front);
    Str back = tags_eat(&text, l->arena);
    if (front.n && back.n)
        buf_put_char(&tags, ' ');
    buf_put(&tags, back);
    m->tags = buf_str(&tags);
    m->title = text;
    m->number = number_eat(&m->title);
    return m->tags.n && take_cards(m, l->arena);
}

/* Whether `line` holds nothing but tags, one of which makes a card of what is above. */
static bool is_tag_line(const Look *l, uint32_t line, Mark *m)
{
    Mark below = {0};
    if (!read_line(l, line, &below) || below.title.n || below.level
        || str_starts(look_text(l, line), STR("#flashcards")))
        return false;
    m->tags = below.tags;
    m->reversed = below.reversed;
    m->typed = below.typed;
    return true;
}

/* The last line of the answer to a card that is no heading. */
static uint32_t answer_end(const Look *l, uint32_t line, bool item)
{
    uint32_t indent = str_indent(source_line(l->source, line)), last = line;
    for (line++; line <= l->source->line_count; line++) {
        uint8_t state = l->states[line - 1];
        if (item && (state == LINE_BLANK || state == LINE_TOOL))
            continue;
        Str text = look_text(l, line);
        Mark other = {0};
        bool code = state == LINE_CODE || l->states[line - 2] == LINE_CODE;
        bool out = item && !code && str_indent(source_line(l->source, line)) <= indent;
        if (!line_speaks(state) || out || heading_eat(&text) || read_line(l, line, &other))
            break;
        last = line;
    }
    return last;
}

/* The line before the answer: lines that say nothing may stand between. */
static uint32_t line_before_answer(const Look *l, uint32_t line)
{
    uint32_t below = look_below(l, line + 1);
    return below <= l->source->line_count ? below - 1 : line;
}

static bool read_heading(const Look *l, uint32_t line, Mark *m)
{
    bool tagged = read_line(l, line, m);
    if (!m->level || !m->title.n)
        return false;
    uint32_t first = line_before_answer(l, line) + 1;
    Str below = look_text(l, first);
    bool file = str_find(source_line(l->source, line), STR("#flashcards")) != STR_NONE;
    if (tagged) {
        m->extent.answer_from = line + 1;
        return !file || !heading_eat(&below);
    }
    m->extent.answer_from = line + 2;
    return is_tag_line(l, line + 1, m);
}

bool tag_read(const Look *l, uint32_t line, Mark *m)
{
    Str text = look_text(l, line);
    m->class = MARK_TAG;
    if (m->indent <= 3 && heading_eat(&text))
        return read_heading(l, line, m);
    if (!read_line(l, line, m) || !m->title.n || str_starts(m->title, STR("[ ]")))
        return false;
    m->level = 0;
    uint32_t next = line + 1; /* which an id of another tool may part from it */
    while (next <= l->source->line_count && l->states[next - 1] == LINE_TOOL)
        next++;
    bool item = next <= l->source->line_count && line_speaks(l->states[next - 1])
             && str_indent(source_line(l->source, next)) > m->indent;
    uint32_t above = item ? line : line_before_answer(l, line);
    m->extent.answer_from = above + 1;
    m->extent.end = answer_end(l, above, item);
    return true;
}
