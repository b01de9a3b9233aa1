/*
 * lines.c -- one look at every line.
 *
 * A fence that is never closed hides only its own line, so a forgotten ``` does
 * not eat the file.
 */
#include "recognise/lines.h"

#include "recognise/boxes.h"
#include "recognise/contents.h"
#include "recognise/directive.h"
#include "recognise/foreign.h"
#include "recognise/number.h"
#include "recognise/shortcode.h"

#include "base/utf8.h"
#include "model/container.h"

typedef struct Scan {
    const Source *source;
    uint8_t *state;
    size_t above;         /* lines up to the latest that is no blank */
    size_t card_end;      /* the line that closes the fence of a card that is open; 0: none */
    const uint32_t *closers[2]; /* of ` and ~, as closers_of gives them; NULL: not needed so far */
    Arena *arena;
} Scan;

bool line_eat_bullet(Str *text)
{
    char sign = text->n > 2 ? text->at[0] : '\0';
    bool bullet = (sign == '*' || sign == '-' || sign == '+') && is_blank(text->at[1]);
    if (bullet)
        *text = str_trim(str_drop(*text, 2));
    return bullet;
}

static bool is_rule(Str text)
{
    if (!text.n || !(text.at[0] == '-' || text.at[0] == '*' || text.at[0] == '_' || text.at[0] == '='))
        return false;
    size_t marks = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] == text.at[0])
            marks++;
        else if (!is_blank(text.at[i]))
            return false;
    }
    return marks >= 3;
}

/* Quote and list marks in front of a fence: "> ", "* ", "1. ". */
static Str skip_containers(Str text)
{
    for (;;) {
        text = str_trim(text);
        size_t n = 0;
        while (n < text.n && is_digit(text.at[n]))
            n++;
        bool number = n && n + 1 < text.n && (text.at[n] == '.' || text.at[n] == ')')
                   && is_blank(text.at[n + 1]);
        if (number)
            text = str_drop(text, n + 2);
        else if (text.n && text.at[0] == '>')
            text = str_drop(text, 1);
        else if (!line_eat_bullet(&text))
            return text;
    }
}

/* Length of the run of ` or ~ that opens a fence; 0 for none. */
static size_t fence_run(Str text)
{
    if (!text.n || (text.at[0] != '`' && text.at[0] != '~'))
        return 0;
    size_t n = 0;
    while (n < text.n && text.at[n] == text.at[0])
        n++;
    bool inline_code = text.at[0] == '`' && str_find_char(str_drop(text, n), '`') != STR_NONE;
    return n >= 3 && !inline_code ? n : 0;
}

/* The run of `mark` that is all of a line, and so closes a fence of no more. */
static size_t closing_run(Str line, char mark)
{
    line = str_trim_end(line);
    if (!line.n || line.at[line.n - 1] != mark)
        return 0; /* as nearly always */
    Str text = skip_containers(line);
    size_t n = 0;
    while (n < text.n && text.at[n] == mark)
        n++;
    return n == text.n ? n : 0;
}

static bool is_row(Str text)
{
    return text.n && text.at[0] == '|' && str_find_char(str_drop(text, 1), '|') != STR_NONE;
}

/* Take a tag without attributes off the front of `*text`, one that only holds text. */
static bool eat_wrap(Str *text)
{
    static const char *const names[] = {"details open", "details", "br", "p", "b", "strong", "center"};
    Str tag = *text;
    if (!str_eat(&tag, STR("<")))
        return false;
    str_eat(&tag, STR("/"));
    for (size_t i = 0; i < COUNT(names); i++) {
        Str rest = str_trim(str_drop(tag, str_of(names[i]).n));
        str_eat(&rest, STR("/"));
        if (str_starts_nocase(tag, str_of(names[i])) && str_eat(&rest, STR(">"))) {
            *text = str_trim(rest);
            return true;
        }
    }
    return false;
}

Str line_unwrap(Str text)
{
    text = str_trim(text);
    while (eat_wrap(&text))
        ;
    return text;
}

/* Take a tag that only holds text off the front; <a> and <span> do with attributes: <a id="x">. */
static bool eat_holder(Str *text)
{
    static const char *const names[] = {"a", "span", "div", "p", "font", "br", "center"};
    Str tag = *text;
    size_t end = str_find_char(tag, '>'), n = 0, i = 0;
    if (!str_eat(&tag, STR("<")) || end == STR_NONE)
        return false;
    bool closes = str_eat(&tag, STR("/"));
    while (n < tag.n && is_alnum(tag.at[n]))
        n++;
    while (i < COUNT(names) && !str_eq_nocase(str_take(tag, n), str_of(names[i])))
        i++;
    bool bare = tag.n > n && tag.at[n] == '>', apart = bare || is_blank(tag.at[n]) || tag.at[n] == '/';
    bool holds = i < COUNT(names) && apart && (closes || i > 1 || !bare);
    if (holds)
        *text = str_trim(str_drop(*text, end + 1));
    return holds;
}

static bool is_all_tags(Str text)
{
    while (text.n && eat_holder(&text))
        ;
    return !text.n;
}

Str line_indented(Str text)
{
    text = str_trim(text);
    while (str_eat(&text, STR("&emsp;")) || str_eat(&text, STR("&ensp;")) || str_eat(&text, STR("&nbsp;"))
           || str_eat(&text, STR("\u3000")))
        ;
    return str_trim(text);
}

/* A sign alone, or the next number after the line above: of a list that was to go on. */
static bool is_empty_item(const Scan *c, Str text)
{
    if (text.n == 1)
        return str_find_char(STR("-*+"), text.at[0]) != STR_NONE;
    uint32_t value = 0;
    size_t digits = 0;
    for (; digits < text.n && digits < 4 && is_digit(text.at[digits]); digits++)
        value = value * 10 + (uint32_t)(text.at[digits] - '0');
    Str mark = str_drop(text, digits);
    if (!digits || !(str_eq(mark, STR(".")) || str_eq(mark, STR("、"))))
        return false;
    Str above = c->above ? str_trim(source_line(c->source, (uint32_t)c->above)) : STR("");
    return number_eat(&above).value + 1 == value;
}

/* Opens or closes a box and says nothing. */
static bool is_box_line(Str text)
{
    Str kind, title;
    return text.at[0] == ':' && (container_closes(text) || (container_opens(text, &kind, &title) && !title.n));
}

/* `{: .no_toc }`, what the line above is to be styled as. */
static bool is_attributes(Str text)
{
    if (!str_eat(&text, STR("{:")) || !str_ends(text, STR("}")) || str_ends(text, STR("}}")))
        return false;
    text = str_trim(text);
    return text.at[0] == '.' || text.at[0] == '#' || str_starts(text, STR("toc"))
        || str_find(text, STR("=\"")) != STR_NONE;
}

/* What a line is that stands alone, by its text. */
static LineState plain_state(Str text)
{
    if (is_rule(text) || str_eq(text, STR("<hr>")) || str_eq(text, STR("<hr/>")) || str_eq(text, STR("<hr />")))
        return LINE_RULE;
    if (is_row(text))
        return LINE_TABLE;
    return str_eq(text, STR("+++")) || is_box_line(text) || !line_unwrap(text).n || is_all_tags(text)
                 || (text.at[0] == '{' && (shortcode_closes(text) || is_attributes(text)))
             ? LINE_WRAP : LINE_TEXT;
}

/* ```anki: its text is a card, no code. */
static bool is_card_fence(Str text)
{
    return str_eq(text, STR("```anki")) || str_eq(text, STR("```ad-flashcard"))
        || str_eq(text, STR("```flashcard"));
}

static bool has_rule(const Scan *c, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (is_rule(str_trim(source_line(c->source, (uint32_t)i + 1))))
            return true;
    return false;
}

/* For each line the longest run that closes a fence there or below. */
static const uint32_t *closers_of(const Scan *c, char mark)
{
    size_t n = c->source->line_count;
    uint32_t *closers = arena_new(c->arena, uint32_t, n + 1);
    for (size_t i = n; i-- > 0;) {
        size_t run = closing_run(source_line(c->source, (uint32_t)i + 1), mark);
        closers[i] = run > closers[i + 1] ? (uint32_t)run : closers[i + 1];
    }
    return closers;
}

/* The line that closes the fence opened on line `at`; 0 where none does. */
static size_t fence_end(Scan *c, size_t at, char mark, size_t run)
{
    const uint32_t **closers = &c->closers[mark == '~'];
    if (!*closers)
        *closers = closers_of(c, mark);
    if ((*closers)[at + 1] < run)
        return 0;
    size_t end = at + 1;
    while (closing_run(source_line(c->source, (uint32_t)end + 1), mark) < run)
        end++;
    return end;
}

static size_t take_fence(Scan *c, size_t at, char mark, size_t run)
{
    size_t end = fence_end(c, at, mark, run);
    bool card = end && at >= c->card_end && is_card_fence(str_trim(source_line(c->source, (uint32_t)at + 1)));
    if (card && has_rule(c, at, end)) {
        c->state[at] = LINE_WRAP;
        c->card_end = end;
        return at + 1;
    }
    c->state[at] = LINE_FENCE;
    for (size_t i = at + 1; i < end; i++)
        c->state[i] = LINE_CODE;
    if (end)
        c->state[end] = LINE_FENCE;
    return end ? end + 1 : at + 1;
}

/* A comment that begins a line hides all lines up to its end, if that ends one too. */
static size_t take_comment(Scan *c, size_t at, Str text)
{
    if (!str_starts(text, STR("<!--")))
        return at;
    for (size_t i = at; i < c->source->line_count && i < at + 200; i++) {
        Str line = str_trim(source_line(c->source, i + 1));
        size_t end = str_find(line, STR("-->"));
        if (end == STR_NONE)
            continue;
        if (end + 3 != line.n)
            return at;
        for (size_t k = at; k <= i; k++)
            c->state[k] = LINE_COMMENT;
        return i + 1;
    }
    return at;
}

/* `-` or `=`, less than a rule, below a paragraph of one line. */
static bool is_short_underline(const Scan *c, size_t at, Str text)
{
    bool title = at && c->state[at - 1] == LINE_TEXT && (at == 1 || c->state[at - 2] == LINE_BLANK);
    return title && (str_eq(text, STR("-")) || str_eq(text, STR("--")) || str_eq(text, STR("="))
                     || str_eq(text, STR("==")));
}

/* `###` alone, which people set between entries. */
static bool is_empty_heading(Str text)
{
    size_t n = 0;
    while (n < text.n && text.at[n] == '#')
        n++;
    return n > 1 && n == text.n;
}

/* The bars between the cells of a row. */
static size_t count_bars(Str row)
{
    size_t n = 0;
    row = str_trim(row);
    for (size_t i = 1; i + 1 < row.n; i++)
        n += row.at[i] == '|';
    return n;
}

/* `---|:--`, below the head of a table. */
static bool is_delimiter_row(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (str_find_char(STR("-|: \t"), text.at[i]) == STR_NONE)
            return false;
    return str_find(text, STR("--")) != STR_NONE;
}

/* Whether a line may be a row without a bar at its front: it begins nothing else. */
static bool is_bare_row(Str line)
{
    Str text = str_trim(line), counted = text;
    Number number = number_eat(&counted);
    return count_bars(text) && str_find_char(STR("|><#"), text.at[0]) == STR_NONE && !fence_run(text)
        && !line_eat_bullet(&text) && (!number.parts || number.sign == ' ');
}

/* A table whose rows do not begin with a bar. */
static size_t take_bare_table(Scan *c, size_t at, Str text)
{
    Str below = at + 1 < c->source->line_count ? str_trim(source_line(c->source, (uint32_t)at + 2)) : STR("");
    if (!is_delimiter_row(below) || !is_bare_row(text) || count_bars(below) != count_bars(text))
        return at;
    c->state[at] = c->state[at + 1] = LINE_TABLE;
    for (at += 2; at < c->source->line_count && is_bare_row(source_line(c->source, (uint32_t)at + 1)); at++)
        c->state[at] = LINE_TABLE;
    return at;
}

static size_t take_line(Scan *c, size_t at)
{
    Str line = source_line(c->source, at + 1);
    if (utf8_looks_blank(line) || is_empty_heading(str_trim(line))) {
        c->state[at] = LINE_BLANK;
        return at + 1;
    }
    if (c->card_end && at == c->card_end) {
        c->state[at] = LINE_WRAP;
        return at + 1;
    }
    Str text = str_trim(line);
    size_t next = take_comment(c, at, text);
    next = next > at ? next : take_bare_table(c, at, text);
    if (next > at)
        return next;
    Str inner = skip_containers(text);
    size_t run = fence_run(inner);
    if (run)
        return take_fence(c, at, inner.at[0], run);
    uint32_t foreign = foreign_lines(text);
    for (size_t i = at; i < at + foreign && i < c->source->line_count; i++)
        c->state[i] = LINE_TOOL;
    if (foreign)
        return at + foreign;
    c->state[at] = (uint8_t)(is_short_underline(c, at, text) ? LINE_RULE
                             : is_empty_item(c, text)    ? LINE_BLANK
                                                             : plain_state(text));
    return at + 1;
}

uint8_t *lines_scan(const Source *s, Arena *a)
{
    Scan c = {.source = s, .arena = a, .state = arena_new(a, uint8_t, s->line_count + 1)};
    size_t at = 0;
    for (; at < s->meta.end_line && at < s->line_count; at++)
        c.state[at] = LINE_META;
    for (bool off = false; at < s->line_count;) {
        Directive d = directive_read(source_line(s, at + 1));
        off = d == DIRECTIVE_OFF || (off && d != DIRECTIVE_ON);
        size_t next = off && d != DIRECTIVE_OFF ? at + 1 : take_line(&c, at);
        if (off && d != DIRECTIVE_OFF)
            c.state[at] = LINE_OFF;
        for (; at < next && at < s->line_count; at++)
            c.above = c.state[at] == LINE_BLANK ? c.above : at + 1;
    }
    boxes_open(s, c.state);
    contents_find(s, c.state, a);
    return c.state;
}
