/*
 * dialect.c -- the table of dialects, the surest first.
 */
#include "recognise/dialect.h"

static const DialectRead dialects[] = {
    separator_read,
    table_read,
};

Str look_text(const Look *l, uint32_t line)
{
    if (line < 1 || line > l->source->line_count)
        return STR("");
    uint8_t state = l->states[line - 1];
    bool text = state == LINE_TEXT || state == LINE_TABLE || state == LINE_RULE;
    return text ? str_trim(source_line(l->source, line)) : STR("");
}

uint32_t look_paragraph_end(const Look *l, uint32_t line)
{
    while (line < l->source->line_count && line_speaks(l->states[line]))
        line++;
    return line;
}

bool dialect_read(const Look *l, uint32_t line, Mark *m)
{
    for (size_t i = 0; i < COUNT(dialects); i++) {
        Mark found = *m;
        if (dialects[i](l, line, &found)) {
            *m = found;
            return true;
        }
    }
    return false;
}
