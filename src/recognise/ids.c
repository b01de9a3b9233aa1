/*
 * ids.c -- most tools write an id below the card; inka writes it above.
 */
#include "recognise/ids.h"

#include "recognise/foreign.h"
#include "recognise/lines.h"

static bool is_silent(const Source *s, const uint8_t *states, uint32_t line)
{
    return line < 1 || line > s->line_count || !line_speaks(states[line - 1]);
}

static Str id_on(const Source *s, const uint8_t *states, uint32_t line)
{
    Str id = {0};
    bool tool = states[line - 1] == LINE_TOOL || states[line - 1] == LINE_COMMENT;
    if (!tool || !foreign_line(source_line(s, line), &id))
        return STR("");
    return id;
}

/* A comment that touches what stands below it and not what stands above. */
static bool leads(const Source *s, const uint8_t *states, uint32_t line)
{
    return line >= 1 && states[line - 1] == LINE_COMMENT && is_silent(s, states, line - 1)
        && !is_silent(s, states, line + 1);
}

static Str id_at_end(const Source *s, const uint8_t *states, uint32_t line, uint32_t next)
{
    for (uint32_t at = next - 1; at > line; at--) {
        Str id = leads(s, states, at) ? STR("") : id_on(s, states, at);
        if (id.n)
            return id;
        if (is_silent(s, states, at))
            continue;
        Str text = source_line(s, at);
        return states[at - 1] == LINE_TEXT ? foreign_eat(&text) : STR("");
    }
    return STR("");
}

Str ids_find(const Source *s, const uint8_t *states, uint32_t line, uint32_t next)
{
    Str id = leads(s, states, line - 1) ? id_on(s, states, line - 1) : STR("");
    for (uint32_t at = line + 1; !id.n && at < next && is_silent(s, states, at); at++)
        id = id_on(s, states, at);
    return id.n ? id : id_at_end(s, states, line, next);
}

Str ids_tags(const Source *s, const uint8_t *states, uint32_t line, uint32_t next, Arena *a)
{
    Buf b = {.arena = a};
    for (uint32_t at = line; at < next; at++) {
        if (states[at - 1] != LINE_TOOL)
            continue;
        Str tags = foreign_tags(source_line(s, at), a);
        if (b.n && tags.n)
            buf_put_char(&b, ' ');
        buf_put(&b, tags);
    }
    return buf_str(&b);
}
