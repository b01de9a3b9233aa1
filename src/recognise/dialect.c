/*
 * dialect.c -- the table of dialects, the surest first.
 */
#include "recognise/dialect.h"

/* `needs`: bytes of which the line holds one, or no such entry begins on it; NULL: none. */
static const struct {
    DialectRead read;
    const char *needs;
} dialects[] = {
    {start_end_read, "S"},
    {card_fence_read, NULL},
    {front_back_read, NULL},
    {callout_read, ">"},
    {cloze_read, NULL},
    {deletion_read, "C"},
    {separator_read, ":"},
    {arrow_read, "<>;"},
    {summary_read, "<"},
    {question_mark_read, NULL},
    {tag_read, "#"},
    {percent_read, "#"},
    {table_read, "|"},
    {definition_read, NULL},
    {term_read, "*-\xE2"},
    {rules_read, NULL},
};

static bool holds_any(Str line, const char *bytes)
{
    for (; *bytes; bytes++)
        if (str_find_char(line, *bytes) != STR_NONE)
            return true;
    return false;
}

Str look_text(const Look *l, uint32_t line)
{
    if (line < 1 || line > l->source->line_count)
        return STR("");
    uint8_t state = l->states[line - 1];
    bool text = state == LINE_TEXT || state == LINE_TABLE || state == LINE_RULE || state == LINE_WRAP;
    return text ? str_trim(source_line(l->source, line)) : STR("");
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
    Str text = source_line(l->source, line);
    for (size_t i = 0; i < COUNT(dialects); i++) {
        if (dialects[i].needs && !holds_any(text, dialects[i].needs))
            continue;
        Mark found = *m;
        if (dialects[i].read(l, line, &found)) {
            *m = found;
            return true;
        }
    }
    return false;
}
