/*
 * html_block.c -- the seven kinds of HTML blocks of CommonMark (section 4.6).
 *
 * Kinds 6 and 7 run from a tag to the next blank line, whatever stands between.  In
 * notes that is Markdown more often than HTML, so the tolerant reader does not know
 * them: their lines are paragraphs, and the tags are spans.
 */
#include "read/block_parts.h"

enum { RAW_TEXT = 1, COMMENT, INSTRUCTION, DECLARATION, CDATA, ELEMENT, ANY_TAG };

static const Str raw_text[] = {
    STR_INIT("script"), STR_INIT("pre"), STR_INIT("style"), STR_INIT("textarea"),
};

static const Str block_elements[] = {
#define BLOCK(name) STR_INIT(#name),
#include "read/html_block.def"
#undef BLOCK
};

static Str tag_name(Str s)
{
    size_t n = 0;
    while (n < s.n && is_alnum(s.at[n]))
        n++;
    return str_take(s, n);
}

static bool is_among(Str name, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(name, names[i]))
            return true;
    return false;
}

/* What may follow a tag's name: nothing, a blank, its end. */
static bool name_ends(Str after)
{
    return !after.n || is_space(after.at[0]) || after.at[0] == '>';
}

static size_t skip_spaces(Str s, size_t i)
{
    while (i < s.n && is_space(s.at[i]))
        i++;
    return i;
}

static bool goes_on_name(char c)
{
    return is_alnum(c) || c == '_' || c == ':' || c == '.' || c == '-';
}

/* The end of the value that stands from `i` on; 0 for none. */
static size_t value_end(Str s, size_t i)
{
    if (i < s.n && (s.at[i] == '"' || s.at[i] == '\'')) {
        size_t n = str_find_char(str_drop(s, i + 1), s.at[i]);
        return n == STR_NONE ? 0 : i + n + 2;
    }
    size_t from = i;
    while (i < s.n && !is_space(s.at[i]) && str_find_char(STR("\"'=<>`"), s.at[i]) == STR_NONE)
        i++;
    return i > from ? i : 0;
}

/* The end of the attributes from `i` on; 0 where they are broken. */
static size_t attributes_end(Str s, size_t i)
{
    for (;;) {
        size_t at = skip_spaces(s, i);
        if (at == i || at == s.n || !(is_alpha(s.at[at]) || s.at[at] == '_' || s.at[at] == ':'))
            return at;
        while (at < s.n && goes_on_name(s.at[at]))
            at++;
        i = at;
        at = skip_spaces(s, at);
        if (at < s.n && s.at[at] == '=' && !(i = value_end(s, skip_spaces(s, at + 1))))
            return 0;
    }
}

/* A whole tag and nothing else. */
static bool is_lone_tag(Str s)
{
    bool closing = str_eat(&s, STR("/"));
    size_t i = 0;
    if (!s.n || !is_alpha(s.at[0]))
        return false;
    while (i < s.n && (is_alnum(s.at[i]) || s.at[i] == '-'))
        i++;
    i = closing ? skip_spaces(s, i) : attributes_end(s, i);
    s = str_drop(s, i);
    if (i && !closing)
        str_eat(&s, STR("/"));
    return i && str_eat(&s, STR(">")) && str_trim(s).n == 0;
}

static unsigned declared_kind(Str after)
{
    if (str_starts(after, STR("!--")))
        return COMMENT;
    if (str_starts(after, STR("?")))
        return INSTRUCTION;
    if (str_starts(after, STR("![CDATA[")))
        return CDATA;
    return after.n > 1 && after.at[0] == '!' && is_alpha(after.at[1]) ? DECLARATION : 0;
}

unsigned html_block_kind(Str text, const Blocks *b)
{
    if (!str_eat(&text, STR("<")))
        return 0;
    unsigned kind = declared_kind(text);
    if (kind)
        return kind;
    Str bare = text;
    bool closing = str_eat(&bare, STR("/"));
    Str name = tag_name(bare), after = str_drop(bare, name.n);
    if (!closing && name_ends(after) && is_among(name, raw_text, COUNT(raw_text)))
        return RAW_TEXT;
    if (b->tolerant)
        return 0;
    if ((name_ends(after) || str_starts(after, STR("/>")))
        && is_among(name, block_elements, COUNT(block_elements)))
        return ELEMENT;
    bool in_paragraph = b->leaf.node && b->leaf.node->kind == NODE_PARAGRAPH;
    return !in_paragraph && is_lone_tag(text) ? ANY_TAG : 0;
}

static bool ends_raw_text(Str line)
{
    for (size_t i = 0; i + 1 < line.n; i++) {
        if (line.at[i] != '<' || line.at[i + 1] != '/')
            continue;
        Str name = tag_name(str_drop(line, i + 2));
        if (is_among(name, raw_text, COUNT(raw_text))
            && str_starts(str_drop(line, i + 2 + name.n), STR(">")))
            return true;
    }
    return false;
}

bool html_block_ends(unsigned kind, Str line)
{
    static const Str ends[] = {
        [COMMENT] = STR_INIT("-->"),
        [INSTRUCTION] = STR_INIT("?>"),
        [DECLARATION] = STR_INIT(">"),
        [CDATA] = STR_INIT("]]>"),
    };
    if (kind == RAW_TEXT)
        return ends_raw_text(line);
    return kind <= CDATA && str_find(line, ends[kind]) != STR_NONE;
}

bool html_block_ends_blank(unsigned kind)
{
    return kind >= ELEMENT;
}
