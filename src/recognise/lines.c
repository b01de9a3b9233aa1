/*
 * lines.c -- one look at every line.
 *
 * A fence that is never closed hides only its own line, so a forgotten ``` does
 * not eat the file.
 */
#include "recognise/lines.h"

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
    size_t card_end;      /* the line that closes the fence of a card that is open; 0: none */
    size_t open_fence[2]; /* shortest run of ` and ~ that is known to find no end */
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

static bool closes(Str line, char mark, size_t run)
{
    Str text = skip_containers(line);
    size_t n = 0;
    while (n < text.n && text.at[n] == mark)
        n++;
    return n >= run && n == text.n;
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

/* Nothing but tags that only hold text, or a place to link to: <a id="x"></a>. */
static bool is_all_tags(Str text)
{
    static const char *const names[] = {"a", "span", "div", "p", "font", "br", "center", "section"};
    while (str_eat(&text, STR("<"))) {
        str_eat(&text, STR("/"));
        Str tag = str_cut(&text, '>');
        size_t n = 0, i = 0;
        while (n < tag.n && is_alnum(tag.at[n]))
            n++;
        while (i < COUNT(names) && !str_eq_nocase(str_take(tag, n), str_of(names[i])))
            i++;
        if (i == COUNT(names))
            return false;
        text = str_trim(text);
    }
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
static bool is_empty_item(const Scan *c, size_t at, Str text)
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
    while (at && c->state[at - 1] == LINE_BLANK)
        at--;
    Str above = at ? str_trim(source_line(c->source, (uint32_t)at)) : STR("");
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
    return str_starts(text, STR("{:")) && str_ends(text, STR("}")) && !str_ends(text, STR("}}"));
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

/* The line that closes the fence opened on line `at`; 0 where none does. */
static size_t fence_end(Scan *c, size_t at, char mark, size_t run)
{
    size_t *open = &c->open_fence[mark == '~'];
    if (*open && run >= *open)
        return 0;
    for (size_t i = at + 1; i < c->source->line_count; i++)
        if (closes(source_line(c->source, i + 1), mark, run))
            return i;
    *open = run;
    return 0;
}

static size_t take_fence(Scan *c, size_t at, char mark, size_t run)
{
    size_t end = fence_end(c, at, mark, run);
    if (end && is_card_fence(str_trim(source_line(c->source, (uint32_t)at + 1))) && has_rule(c, at, end)) {
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

/* `---|:--`, below the head of a table. */
static bool is_delimiter_row(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (str_find_char(STR("-|: \t"), text.at[i]) == STR_NONE)
            return false;
    return str_find_char(text, '|') != STR_NONE && str_find(text, STR("--")) != STR_NONE;
}

/* A table whose rows do not begin with a bar. */
static size_t take_bare_table(Scan *c, size_t at, Str text)
{
    if (at + 1 >= c->source->line_count || str_find_char(text, '|') == STR_NONE
        || !is_delimiter_row(str_trim(source_line(c->source, (uint32_t)at + 2))))
        return at;
    for (; at < c->source->line_count; at++) {
        if (str_find_char(source_line(c->source, (uint32_t)at + 1), '|') == STR_NONE)
            break;
        c->state[at] = LINE_TABLE;
    }
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
                             : is_empty_item(c, at, text)    ? LINE_BLANK
                                                             : plain_state(text));
    return at + 1;
}

uint8_t *lines_scan(const Source *s, Arena *a)
{
    Scan c = {.source = s, .state = arena_new(a, uint8_t, s->line_count + 1)};
    size_t at = 0;
    for (; at < s->meta.end_line && at < s->line_count; at++)
        c.state[at] = LINE_META;
    for (bool off = false; at < s->line_count;) {
        Directive d = directive_read(source_line(s, at + 1));
        off = d == DIRECTIVE_OFF || (off && d != DIRECTIVE_ON);
        size_t next = off && d != DIRECTIVE_OFF ? at + 1 : take_line(&c, at);
        if (off && d != DIRECTIVE_OFF)
            c.state[at] = LINE_OFF;
        at = next;
    }
    contents_find(s, c.state, a);
    return c.state;
}
