/*
 * definition.c -- a term, and below it its definitions, each behind a colon:
 *
 *     WAL                     栈
 *     : write-ahead log
 *                             ：后进先出的表
 *     : 先写日志
 *
 * The ASCII colon needs a blank after it, so `:smile:` and `::: tip` are none.
 */
#include "recognise/dialect.h"

#include "recognise/wording.h"

#include "base/utf8.h"

/* Bytes up to the text of a definition on `line`; 0 where none begins there. */
static uint32_t definition_skip(const Look *l, uint32_t line)
{
    Str text = look_text(l, line), rest = text;
    bool colon = str_eat(&rest, STR(":")) ? rest.n && is_blank(rest.at[0])
               : str_eat(&rest, STR("：")) && rest.n && (is_blank(rest.at[0]) || utf8_is_cjk(utf8_at(rest, 0, NULL)));
    rest = str_trim(rest);
    return colon && rest.n ? (uint32_t)(rest.at - source_line(l->source, line).at) : 0;
}

/* The line of the definition that stands below `line`, a blank line between or not; 0 for none. */
static uint32_t definition_below(const Look *l, uint32_t line)
{
    for (uint32_t i = line + 1; i <= line + 2; i++)
        if (look_text(l, i).n)
            return definition_skip(l, i) ? i : 0;
    return 0;
}

/* Its last line: before the next definition, or the next term. */
static uint32_t definition_end(const Look *l, uint32_t line)
{
    uint32_t last = look_item_end(l, line);
    if (last > line && str_indent(source_line(l->source, last)) == 0 && definition_below(l, last))
        last--;
    while (last > line && !line_speaks(l->states[last - 1]))
        last--;
    return last;
}

static bool is_term(const Look *l, uint32_t line, const Mark *m)
{
    Str text = look_text(l, line);
    return m->indent == 0 && l->states[line - 1] == LINE_TEXT && wording_topic(text)
        && (!is_punct(text.at[0]) || text.at[0] == '*' || text.at[0] == '`' || text.at[0] == '.')
        && !definition_skip(l, line);
}

bool definition_read(const Look *l, uint32_t line, Mark *m)
{
    uint32_t at = definition_below(l, line);
    if (!at || !is_term(l, line, m))
        return false;
    Vec(Slice) pieces = {0};
    for (; at; at = definition_below(l, m->extent.end)) {
        m->extent.end = definition_end(l, at);
        *vec_push(&pieces, l->arena) = (Slice){.part = PART_ANSWER, .from = at, .to = m->extent.end,
                                              .skip = definition_skip(l, at)};
    }
    m->class = MARK_DEFINITION;
    m->title = look_text(l, line);
    m->extent.pieces = pieces.at;
    m->extent.piece_count = (uint32_t)pieces.n;
    return true;
}
