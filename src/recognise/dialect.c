/*
 * dialect.c -- the table of dialects, the surest first.
 */
#include "recognise/dialect.h"

#include "recognise/details.h"

#include <string.h>

/*
 * No entry of a dialect begins on a line without one of the bytes `needs`; nor in a file
 * where no line of text begins with one of `leads`, or holds one of `holds`.  NULL: any
 * will do.
 */
static const struct {
    DialectRead read;
    const char *needs, *leads, *holds;
} dialects[] = {
    {start_end_read, "S", "S-*+", NULL},
    {card_fence_read, NULL, "`", NULL},
    {front_back_read, NULL, "#F", NULL},
    {callout_read, ">", ">", NULL},
    {cloze_read, NULL, NULL, "{="},
    {deletion_read, "C", "C", NULL},
    {separator_read, ":", NULL, ":"},
    {arrow_read, "<>;", NULL, "<>;"},
    {summary_read, "<:{", "<:{", NULL},
    {question_mark_read, NULL, "?\xEF", NULL}, /* ？ */
    {tag_read, "#", NULL, "#"},
    {percent_read, "#", "%.<", NULL},
    {table_read, "|", "|", NULL},
    {definition_read, NULL, ":\xEF", NULL}, /* ： */
    {term_read, "*-\xE2", NULL, NULL},
    {glossary_read, ":\xEF", NULL, NULL}, /* ： */
    {rules_read, NULL, "-=*_", NULL},
    {between_read, NULL, "-*_", NULL},
};

/* The bytes of a line, a bit for each of the 256: looked through once for all dialects. */
typedef struct Bytes {
    uint64_t of[4];
} Bytes;

static Bytes bytes_of(Str line)
{
    Bytes bytes = {0};
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.at[i];
        bytes.of[c >> 6] |= 1ull << (c & 63);
    }
    return bytes;
}

static bool are_among(const char *needs, const Bytes *bytes)
{
    for (; *needs; needs++) {
        unsigned char c = (unsigned char)*needs;
        if (bytes->of[c >> 6] >> (c & 63) & 1)
            return true;
    }
    return false;
}

/* Whether the line tells that the file may hold entries of dialect `i`. */
static bool may_hold(size_t i, Str text, const Bytes *bytes)
{
    const char *leads = dialects[i].leads, *holds = dialects[i].holds;
    return leads ? strchr(leads, text.at[0]) != NULL : !holds || are_among(holds, bytes);
}

static bool is_shown(uint8_t state)
{
    return state == LINE_TEXT || state == LINE_TABLE || state == LINE_RULE || state == LINE_WRAP;
}

bool look_is_tagged(Str text)
{
    for (size_t at; (at = str_find_char(text, '#')) != STR_NONE;) {
        bool apart = !at || is_blank(text.at[at - 1]);
        text = str_drop(text, at + 1);
        bool card = str_eat(&text, STR("flashcards")) || str_eat(&text, STR("card"));
        bool whole = !text.n || is_blank(text.at[0]) || text.at[0] == '/' || str_starts(text, STR("-re"))
                  || str_starts(text, STR("-spaced"));
        if (apart && card && whole)
            return true;
    }
    return false;
}

Look look_open(const Source *s, const uint8_t *states, const Wording *w, Arena *a)
{
    _Static_assert(COUNT(dialects) <= 32, "a bit for each");
    Look l = {.source = s, .states = states, .arena = a, .wording = w, .run = 1};
    bool boxes = false;
    l.cards = str_find(str_take(s->text, s->starts[s->meta.end_line]), STR("flashcards")) != STR_NONE;
    Glossary glossary = {0};
    for (uint32_t line = 1; line <= s->line_count; line++) {
        uint8_t state = states[line - 1];
        Str text = str_trim(source_line(s, line));
        if (!text.n || !(is_shown(state) || state == LINE_COMMENT || state == LINE_TOOL))
            continue;
        l.cards = l.cards || look_is_tagged(text);
        glossary_count(&glossary, text);
        boxes = boxes || str_starts(text, STR(":::")) || str_starts(text, STR("{%")) || str_starts(text, STR("{{"));
        Bytes bytes = bytes_of(text);
        for (size_t i = 0; i < COUNT(dialects); i++)
            if (!(l.dialects >> i & 1) && may_hold(i, text, &bytes))
                l.dialects |= 1u << i;
    }
    l.glossary = glossary_is(&glossary);
    l.details = details_pair(s, states, boxes, a);
    return l;
}

Str look_text(const Look *l, uint32_t line)
{
    if (line < 1 || line > l->source->line_count)
        return STR("");
    return is_shown(l->states[line - 1]) ? str_trim(source_line(l->source, line)) : STR("");
}

Str look_window(const Look *l, uint32_t line)
{
    enum { MOST_LINES = 6 };
    uint32_t end = line + MOST_LINES;
    if (end > l->source->line_count + 1)
        end = l->source->line_count + 1;
    uint32_t from = l->source->starts[line - 1];
    return (Str){l->source->text.at + from, l->source->starts[end - 1] - from};
}

uint32_t look_above(const Look *l, uint32_t line)
{
    do
        line--;
    while (line && !line_speaks(l->states[line - 1]));
    return line;
}

uint32_t look_below(const Look *l, uint32_t line)
{
    while (line <= l->source->line_count && !line_speaks(l->states[line - 1]))
        line++;
    return line;
}

uint32_t look_paragraph_end(const Look *l, uint32_t line)
{
    while (line < l->source->line_count && line_speaks(l->states[line]))
        line++;
    return line;
}

/* Whether a line at the margin goes on with the text of the line before. */
static bool is_lazy(const Look *l, uint32_t line)
{
    Str text = look_text(l, line);
    Number n = number_eat(&text);
    return l->states[line - 1] == LINE_TEXT && !n.parts && !str_starts(text, STR("："))
        && (!is_punct(text.at[0]) || str_starts(text, STR("`")) || str_starts(text, STR("(")));
}

uint32_t look_item_end(const Look *l, uint32_t line)
{
    uint32_t indent = str_indent(source_line(l->source, line)), last = line;
    bool blank = false;
    for (uint32_t i = line + 1; i <= l->source->line_count; i++) {
        uint8_t state = l->states[i - 1];
        if (state == LINE_BLANK) {
            blank = true;
            continue;
        }
        bool fenced = state == LINE_CODE || l->states[i - 2] == LINE_CODE;
        bool inner = str_indent(source_line(l->source, i)) > indent;
        if (!fenced && !inner && (blank || !is_lazy(l, i)))
            break;
        last = i;
        blank = false;
    }
    return last;
}

bool dialect_read(const Look *l, uint32_t line, Mark *m)
{
    Bytes bytes = bytes_of(source_line(l->source, line));
    for (size_t i = 0; i < COUNT(dialects); i++) {
        if (!(l->dialects >> i & 1) || (dialects[i].needs && !are_among(dialects[i].needs, &bytes)))
            continue;
        Mark found = *m;
        if (dialects[i].read(l, line, &found)) {
            *m = found;
            return true;
        }
    }
    return false;
}
