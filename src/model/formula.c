/*
 * formula.c -- marks of formulas, and the look of mathematics.
 *
 * A command of TeX says enough.  Without one, what is there must be short of nothing that
 * mathematics has and hold nothing that it has not: no Chinese, no two words in a row, no
 * word alone.
 */
#include "model/formula.h"

#include "base/utf8.h"

enum { LONGEST_INLINE = 1000 /* bytes */, WORD = 3 /* letters, or more */ };

/* Offset of `mark` at or after `from`; what stands behind a backslash is passed over. */
static size_t find_mark(Str s, size_t from, Str mark)
{
    for (size_t i = from; i + mark.n <= s.n; i++) {
        if (str_starts(str_drop(s, i), mark))
            return i;
        i += s.at[i] == '\\';
    }
    return STR_NONE;
}

static bool has_command(Str s)
{
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.at[i] == '\\' && is_alpha(s.at[++i]))
            return true;
    return false;
}

/* `{{c1::…}}`, a gap of Anki, and all of it. */
static bool has_gap(Str s)
{
    size_t open = str_find(s, STR("{{c")), close = str_find(s, STR("}}"));
    return open != STR_NONE && close != STR_NONE && open < close && is_digit(s.at[open + 3]);
}

/* Whether it holds the end of a gap that began before it. */
static bool ends_gap(Str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool close = s.at[i] == '}';
        if (close && !depth && str_starts(str_drop(s, i), STR("}}")))
            return true;
        depth = depth + (s.at[i] == '{') - (close && depth);
        i += s.at[i] == '\\';
    }
    return false;
}

static bool is_function(Str word)
{
    static const Str names[] = {
        STR_INIT("log"), STR_INIT("lg"),  STR_INIT("ln"),  STR_INIT("sin"), STR_INIT("cos"), STR_INIT("tan"),
        STR_INIT("max"), STR_INIT("min"), STR_INIT("exp"), STR_INIT("mod"), STR_INIT("gcd"), STR_INIT("lcm"),
        STR_INIT("lim"), STR_INIT("det"), STR_INIT("dim"), STR_INIT("arg"), STR_INIT("sup"), STR_INIT("inf"),
        STR_INIT("deg"), STR_INIT("ker"), STR_INIT("sqrt"), STR_INIT("argmax"), STR_INIT("argmin"),
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(word, names[i]))
            return true;
    return false;
}

/* What was seen of a formula. */
typedef struct Look {
    Str text;
    size_t at;
    bool command;   /* of TeX, or a gap: nothing else was looked at */
    bool said;      /* a letter, a digit, a symbol */
    bool operator;  /* or a bracket */
    bool script;    /* ^ or _ */
    bool word, brief; /* a run of letters that is a word; one that is short, or a digit */
    bool unknown;   /* more than a letter, and no function */
    bool parted;    /* a blank */
    bool after_word;
} Look;

static char before(const Look *l)
{
    return l->at ? l->text.at[l->at - 1] : '\0';
}

static char after(const Look *l)
{
    return l->at + 1 < l->text.n ? l->text.at[l->at + 1] : ' ';
}

static bool ends_term(char c)
{
    return is_alnum(c) || (unsigned char)c >= 0x80 || (c && strchr(")]}'|", c));
}

/* Two words with nothing but blanks between are a sentence. */
static bool take_word(Look *l)
{
    size_t from = l->at;
    while (is_alpha(after(l)))
        l->at++;
    Str word = {l->text.at + from, l->at + 1 - from};
    bool known = word.n == 1 || is_function(word), sentence = !known && l->after_word;
    l->said = true;
    l->unknown |= !known;
    l->after_word = !known;
    l->brief |= known || word.n < WORD;
    l->word |= !known && word.n >= WORD;
    return !sentence;
}

static bool take_wide(Look *l)
{
    size_t n;
    uint32_t code = utf8_at(l->text, l->at, &n);
    l->at += n - 1;
    l->said = l->brief = true;
    return !utf8_is_cjk(code);
}

static bool take_script(Look *l)
{
    bool below = l->text.at[l->at] == '_', first = !l->at && !below && (after(l) == '{' || is_digit(after(l)));
    l->script = true;
    return !is_space(after(l)) && (first || ends_term(before(l)));
}

static bool take_mark(Look *l)
{
    char c = l->text.at[l->at], next = after(l);
    bool arrow = (c == '-' && next == '>') || (c == ':' && next == ':');
    bool quote = c == '\'' && !ends_term(before(l));
    l->operator |= strchr("=+-*/<>|()[]{}", c) != NULL;
    return strchr("=+-*/<>|()[]{}.,:!?'", c) && !arrow && !quote;
}

static bool take(Look *l)
{
    char c = l->text.at[l->at];
    if (is_alpha(c))
        return take_word(l);
    if (is_space(c)) {
        l->parted = true;
        return true;
    }
    l->after_word = false;
    if ((unsigned char)c >= 0x80)
        return take_wide(l);
    if (is_digit(c))
        return l->said = l->brief = true;
    if (c == '^' || c == '_')
        return take_script(l);
    if (c == '\\')
        return ++l->at < l->text.n;
    return take_mark(l);
}

static bool look_at(Look *l, Str tex)
{
    static const char no_first[] = ".,:)]}/*?", no_last[] = ",:([{=/";
    *l = (Look){.text = tex, .command = has_command(tex) || has_gap(tex)};
    if (ends_gap(tex))
        return false;
    if (l->command)
        return true;
    if (!tex.n || strchr(no_first, tex.at[0]) || strchr(no_last, tex.at[tex.n - 1]))
        return false;
    for (; l->at < tex.n; l->at++)
        if (!take(l))
            return false;
    bool name = l->word && !l->operator && !(l->script && l->brief);
    bool phrase = l->unknown && l->parted && !l->operator && !l->script;
    return l->said && !name && !phrase;
}

bool formula_looks(Str tex)
{
    Look l;
    return look_at(&l, tex);
}

/* Whether text stands in the line before `at` or behind `end`. */
static bool is_alone(Str text, size_t at, size_t end)
{
    while (at && is_blank(text.at[at - 1]))
        at--;
    while (end < text.n && is_blank(text.at[end]))
        end++;
    return (!at || text.at[at - 1] == '\n') && (end == text.n || text.at[end] == '\n');
}

static bool is_closing(Str text, size_t open, size_t close)
{
    char last = text.at[close - 1], first = text.at[open + 1];
    char next = close + 1 < text.n ? text.at[close + 1] : ' ';
    bool variables = first == next && is_punct(next); /* $(a)$(b) ${a}${b} $.a$.b */
    return !is_space(last) && !is_alnum(next) && next != '_' && next != '$' && !variables;
}

/* `$…$`; `$`…`$` as GitHub has it. */
static bool read_dollar(Str text, size_t at, Formula *f)
{
    char next = at + 1 < text.n ? text.at[at + 1] : ' ';
    size_t close = is_space(next) ? STR_NONE : find_mark(str_take(text, at + LONGEST_INLINE), at + 1, STR("$"));
    if (close == STR_NONE || !is_closing(text, at, close))
        return false;
    f->tex = (Str){text.at + at + 1, close - at - 1};
    f->end = close + 1;
    if (f->tex.n > 2 && str_starts(f->tex, STR("`")) && str_ends(f->tex, STR("`")))
        f->tex = str_trim((Str){f->tex.at + 1, f->tex.n - 2});
    bool one_line = str_find_char(f->tex, '\n') == STR_NONE;
    return str_find_char(f->tex, '`') == STR_NONE && (one_line || has_command(f->tex)) && formula_looks(f->tex);
}

/* `$$…$$` */
static bool read_dollars(Str text, size_t at, Formula *f)
{
    size_t close = find_mark(text, at + 2, STR("$$"));
    if (close == STR_NONE || str_starts(str_drop(text, close), STR("$$$")))
        return false;
    Str inner = {text.at + at + 2, close - at - 2};
    f->tex = str_trim(inner);
    f->end = close + 2;
    f->display = true;
    bool framed = str_starts(inner, STR("\n")) && is_alone(text, at, f->end);
    return f->tex.n && (framed || formula_looks(f->tex));
}

/* `\(…\)` and `\[…\]`, which escapes of Markdown look like. */
static bool read_escaped(Str text, size_t at, Formula *f)
{
    f->display = text.at[at + 1] == '[';
    size_t close = formula_end(str_drop(text, at + 2), f->display ? STR("\\]") : STR("\\)"));
    if (close == STR_NONE)
        return false;
    f->tex = str_trim((Str){text.at + at + 2, close});
    f->end = at + close + 4;
    Look look;
    bool looks = look_at(&look, f->tex);
    bool target = f->end < text.n && (text.at[f->end] == '(' || text.at[f->end] == '[');
    if (!looks || look.command)
        return looks;
    return !target && (look.script || (look.operator && (!f->display || is_alone(text, at, f->end)))
                       || (!f->display && !is_digit(f->tex.at[0])));
}

bool formula_read(Str text, size_t at, Formula *f)
{
    char next = at + 1 < text.n ? text.at[at + 1] : ' ', last = at ? text.at[at - 1] : ' ';
    *f = (Formula){.end = at};
    if (is_alnum(last))
        return false;
    if (text.at[at] == '\\')
        return (next == '(' || next == '[') && read_escaped(text, at, f);
    if (str_starts(str_drop(text, at), STR("$$$")) || last == '$')
        return false;
    return next == '$' ? read_dollars(text, at, f) : read_dollar(text, at, f);
}

Str formula_closer(Str line)
{
    bool dollars = str_starts(line, STR("$$")) && !str_starts(line, STR("$$$"));
    return dollars ? STR("$$") : str_starts(line, STR("\\[")) ? STR("\\]") : (Str){0};
}

size_t formula_end(Str s, Str closer)
{
    for (size_t i = 0; i + closer.n <= s.n; i++) {
        Str rest = str_drop(s, i);
        if (str_starts(rest, closer))
            return i;
        if (rest.at[0] != '\\')
            continue;
        char opener = closer.at[1] == ']' ? '[' : '(';
        if (rest.at[1] == opener && closer.at[0] == '\\')
            return STR_NONE;
        i++;
    }
    return STR_NONE;
}
