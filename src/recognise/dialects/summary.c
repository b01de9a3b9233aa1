/*
 * summary.c -- a question that unfolds:
 *
 *     <details>
 *     <summary>What is <code>git</code>?</summary><br><b>
 *     A version control system.
 *     </b></details>
 *
 * or
 *
 *     ::: info 什么是缓存穿透？      {{< details "什么是缓存穿透？" >}}
 *     查询一个不存在的数据。         查询一个不存在的数据。
 *     :::                            {{< /details >}}
 *
 * A summary that does not ask is one only where nothing is told right above it, since
 * answers fold code away too; a box is none then.  One that says "answer" opens a part: see details.h.
 */
#include "recognise/dialect.h"

#include "recognise/details.h"

/* On one line, without tags that are not part of a sentence. */
static Str plain_title(Str summary, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < summary.n; i++) {
        bool tag = summary.at[i] == '<';
        Str rest = tag ? line_unwrap(str_drop(summary, i)) : STR("");
        if (tag && rest.n < str_trim(str_drop(summary, i)).n)
            i = summary.n - rest.n - 1;
        else
            buf_put_char(&b, is_space(summary.at[i]) ? ' ' : summary.at[i]);
    }
    return str_trim(buf_str(&b));
}

/* Whether nothing is told right above: a heading, a rule, another fold, or nothing. */
static bool stands_free(const Look *l, uint32_t line)
{
    uint32_t above = line - 1;
    while (above && l->states[above - 1] == LINE_BLANK)
        above--;
    if (!above || l->states[above - 1] == LINE_RULE || l->states[above - 1] == LINE_WRAP)
        return true;
    Str text = look_text(l, above);
    return str_ends(text, STR("</details>")) || (heading_eat(&text) && !wording_asks(l->wording, text));
}

/* The line on which `at` stands, in a text that begins on `line`. */
static uint32_t line_at(Str text, const char *at, uint32_t line)
{
    for (const char *c = text.at; c < at; c++)
        line += *c == '\n';
    return line;
}

/* The answer begins after </summary>, on its line or below; `text` begins on `line`. */
static void set_extent(const Look *l, uint32_t line, Str text, Str after, Mark *m)
{
    uint32_t last = line_at(text, after.at, line);
    m->extent = (Extent){.answer_from = last + 1, .end = l->details[line - 1], .above = m->line - line};
    Str rest = line_unwrap(str_cut(&after, '\n'));
    if (!rest.n)
        return;
    m->extent.answer_from = last;
    m->extent.answer_skip = (uint32_t)(rest.at - source_line(l->source, last).at);
}

bool summary_read(const Look *l, uint32_t line, Mark *m)
{
    Str first = look_text(l, line);
    bool box = str_starts(first, STR(":::"));
    if (!l->details || !(box || first.at[0] == '{' || str_starts_nocase(first, STR("<details"))))
        return false;
    Str text = look_window(l, line), summary, after;
    Label label;
    if (!details_read(text, &summary, &after) || details_label(text, &label)
        || details_is_button(summary))
        return false;
    m->class = MARK_SUMMARY;
    m->line = line_at(text, summary.at, line);
    m->title = plain_title(summary, l->arena);
    m->number = number_eat(&m->title);
    set_extent(l, line, text, after, m);
    if (m->extent.end && m->extent.end < m->line)
        return false; /* the tags do not pair */
    return m->title.n && (wording_asks(l->wording, m->title) || (!box && stands_free(l, line)));
}
