/*
 * foreign.c -- the forms of ids:
 *
 *     ID: 1607361487244       <!--ID: 1607361487244-->     Obsidian_to_Anki, inka
 *     ^1607361487244          ^q-abc123                    flashcards-obsidian and kin
 *     <!-- note_key: 3f2a -->  <!--SR:!2023-01-02,3,250-->  AnkiOps, Spaced Repetition
 *     id:: 6123…-…            card-last-score:: 5          Logseq
 *     TARGET DECK: Go         FILE TAGS: a b               Obsidian_to_Anki
 *     [#go](a.md)                                          mdanki
 *     #flashcards/go                                       Spaced Repetition, of a file
 *
 * A number of ten digits and more is an id; a shorter one may be an exponent.
 */
#include "recognise/foreign.h"

enum { LONG_NUMBER = 10, TAG_ID = 4 };

static size_t count_while(Str s, bool (*is)(char))
{
    size_t n = 0;
    while (n < s.n && is(s.at[n]))
        n++;
    return n;
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static bool is_word(char c)
{
    return is_alnum(c) || c == '-' || c == '_';
}

static bool is_number(Str s)
{
    return s.n >= LONG_NUMBER && count_while(s, is_digit) == s.n;
}

static bool is_uuid(Str s)
{
    static const uint8_t groups[] = {8, 4, 4, 4, 12};
    for (size_t i = 0; i < COUNT(groups); i++) {
        if (count_while(s, is_hex) != groups[i] || (i && s.at[-1] != '-'))
            return false;
        s = str_drop(s, groups[i] + (size_t)(i + 1 < COUNT(groups)));
    }
    return s.n == 0;
}

/* `^1607361487244`, `^q-abc123`: what stands after the ^ may be an id. */
static bool is_block_id(Str s)
{
    bool tagged = str_starts(s, STR("q-")) && s.n >= 2 + TAG_ID;
    return is_number(s) || (tagged && count_while(s, is_word) == s.n);
}

/* The comment that is all of `s`, or false. */
static bool is_tool_comment(Str s, Str *id)
{
    bool comment = str_eat(&s, STR("<!--")) && str_ends(s, STR("-->"));
    s = str_trim(str_take(s, s.n - (comment ? 3 : 0)));
    *id = STR("");
    if (!comment || str_starts(s, STR("SR:")))
        return comment;
    if (!str_eat(&s, STR("ID:")) && !str_eat(&s, STR("note_key:")))
        return false;
    s = str_trim(s);
    *id = s;
    return s.n && count_while(s, is_word) == s.n;
}

/* `name:: value`, as Logseq writes them. */
static bool is_tool_property(Str s, Str *id)
{
    *id = STR("");
    if (str_eat(&s, STR("id:: "))) {
        *id = str_trim(s);
        return is_uuid(*id);
    }
    size_t name = count_while(s, is_word);
    bool known = str_starts(s, STR("card-")) || str_starts(s, STR("collapsed"));
    return known && str_starts(str_drop(s, name), STR(":: "));
}

bool foreign_line(Str line, Str *id)
{
    Str s = str_trim(line), rest = s;
    *id = STR("");
    if (!s.n)
        return false;
    if (s.at[0] == '^') {
        *id = str_drop(s, 1);
        return is_block_id(*id);
    }
    if (str_eat(&rest, STR("ID:"))) {
        *id = str_trim(rest);
        return is_number(*id);
    }
    return is_tool_comment(s, id) || is_tool_property(s, id);
}

/* Take `[#tag](…)` off the front of `*s`; its tag. */
static Str eat_tag(Str *s)
{
    Str rest = *s;
    if (!str_eat(&rest, STR("[#")) || str_find_char(rest, ']') == STR_NONE)
        return STR("");
    Str tag = str_cut(&rest, ']');
    size_t end = str_find_char(rest, ')');
    bool link = str_starts(rest, STR("(")) && end != STR_NONE;
    if (!link || !tag.n || is_digit(tag.at[0]))
        return STR(""); /* [#12](…) is an issue */
    *s = str_trim(str_drop(rest, end + 1));
    return tag;
}

Str foreign_tags(Str line, Arena *a)
{
    Buf b = {.arena = a};
    Str s = str_trim(line);
    for (Str tag; (tag = eat_tag(&s)).n;) {
        if (b.n)
            buf_put_char(&b, ' ');
        buf_put(&b, tag);
    }
    return s.n ? STR("") : buf_str(&b);
}

static bool is_only_tags(Str s)
{
    bool tags = s.n > 0;
    while (s.n && eat_tag(&s).n)
        ;
    return tags && !s.n;
}

uint32_t foreign_lines(Str line)
{
    static const char *const heads[] = {"TARGET DECK", "FILE TAGS"};
    Str s = str_trim(line), id;
    for (size_t i = 0; i < COUNT(heads); i++) {
        Str rest = s;
        if (str_eat(&rest, str_of(heads[i])) && (!rest.n || rest.at[0] == ':'))
            return rest.n ? 1 : 2;
    }
    bool file_tag = str_starts(s, STR("#flashcards")) && str_find_char(s, ' ') == STR_NONE;
    return file_tag || foreign_line(s, &id) || is_only_tags(s);
}

/* Where the id begins that ends `text`: after a blank, and not all of it. */
static size_t find_tail(Str text, Str *id)
{
    size_t at = text.n;
    bool comment = str_ends(text, STR("-->"));
    if (!comment && (!at || !(is_word(text.at[at - 1]) || text.at[at - 1] == ')')))
        return STR_NONE; /* as most lines */
    while (at && (comment ? !str_starts(str_drop(text, at), STR("<!--"))
                          : !is_blank(text.at[at - 1]) && (unsigned char)text.at[at - 1] < 0x80))
        at--;
    Str last = str_drop(text, at);
    if (at == 0 || last.n < 2)
        return STR_NONE;
    *id = str_take(str_drop(last, 1), last.n - 2);
    if (last.at[0] == '(' && last.at[last.n - 1] == ')' && is_uuid(*id))
        return at;
    *id = str_drop(last, 1);
    if (last.at[0] == '^' && is_block_id(*id))
        return at;
    return is_tool_comment(last, id) ? at : STR_NONE;
}

Str foreign_eat(Str *text)
{
    Str last = {0}, id;
    for (size_t at; (at = find_tail(*text, &id)) != STR_NONE;) {
        *text = str_trim(str_take(*text, at));
        last = id.n ? id : last;
    }
    return last;
}
