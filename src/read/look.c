/*
 * look.c -- gathering the evidence of a line.
 */
#include "read/look.h"

#include "base/utf8.h"

typedef enum { BEGINS, ENDS, HOLDS } SignPlace;

typedef struct Sign {
    SignPlace place;
    unsigned weight;
    Str text;
} Sign;

static const Sign signs[] = {
#define SIGN(place, weight, text) {place, weight, STR_INIT(text)},
#include "read/look.def"
};

static const struct {
    unsigned weight;
    bool (*is)(Str line);
} forms[] = {
#define FORM(weight, form) {weight, form_##form},
#include "read/look.def"
};

static const struct {
    Str tag;
    FenceKind kind;
} fences[] = {
#define WORDY(tag) {STR_INIT(tag), FENCE_WORDS},
#define OUTPUT(tag) {STR_INIT(tag), FENCE_OUTPUT},
#include "read/look.def"
};

typedef struct Scan {
    Look *look;
    Str line;
    size_t at, end; /* `end`: behind the last byte that is no blank and no comment */
    unsigned words; /* in a row, up to here */
    bool in_word;
    bool seen[COUNT(signs)]; /* each sign counts once */
} Scan;

/* What a character of ASCII may be, besides a letter. */
enum { MARK = 1, OPENS = 2, CLOSES = 4, QUIETS = 8, SIGNS = 16 };
static const uint8_t traits[128] = {
    ['{'] = MARK | OPENS, ['}'] = MARK | CLOSES, ['('] = MARK | OPENS | SIGNS, [')'] = MARK | CLOSES | SIGNS,
    ['['] = MARK | OPENS | SIGNS, [']'] = MARK | CLOSES, [';'] = MARK | QUIETS, ['='] = MARK | SIGNS,
    ['<'] = MARK | QUIETS | SIGNS, ['>'] = MARK, ['"'] = MARK | QUIETS, ['\''] = MARK | QUIETS,
    ['+'] = MARK | SIGNS, ['*'] = MARK, ['/'] = MARK | QUIETS, ['&'] = MARK | SIGNS, ['|'] = MARK | SIGNS,
    ['_'] = MARK, ['$'] = MARK, ['@'] = MARK, ['#'] = MARK | QUIETS, ['\\'] = MARK,
    [':'] = SIGNS, ['!'] = SIGNS, ['-'] = SIGNS | QUIETS, ['`'] = QUIETS,
};

/* What begins at `at` up to the end of the line is a comment. */
static bool begins_comment(const Scan *s, Str rest)
{
    bool first = s->at == 0, spaced = first || is_blank(s->line.at[s->at - 1]);
    if (str_starts(rest, STR("//")))
        return first || s->line.at[s->at - 1] != ':';
    if (str_starts(rest, STR("-- ")))
        return spaced && (first || s->look->signs || (s->end && s->line.at[s->end - 1] == ';'));
    if (str_starts(rest, STR("; ")))
        return spaced && !first;
    return str_starts(rest, STR("# ")) && spaced;
}

/* The length of a text in quotes; an apostrophe opens none. */
static size_t quoted(const Scan *s, Str rest)
{
    char c = rest.at[0];
    if (c != '"' && c != '`' && c != '\'')
        return 0;
    if (c == '\'' && s->at && is_alnum(s->line.at[s->at - 1]))
        return 0;
    size_t n = str_find_char(str_drop(rest, 1), c);
    return n == STR_NONE ? 0 : n + 2;
}

/* Pass over what says nothing.  False: what stands here counts. */
static bool pass_quiet(Scan *s, bool *in_comment)
{
    Str rest = str_drop(s->line, s->at);
    unsigned char c = (unsigned char)rest.at[0];
    if (!*in_comment && (c >= 0x80 || !(traits[c] & QUIETS)))
        return false;
    bool spaced = s->at == 0 || is_blank(s->line.at[s->at - 1]);
    size_t n = 0;
    if (*in_comment) {
        size_t end = str_find(rest, STR("*/"));
        *in_comment = end == STR_NONE;
        n = end == STR_NONE ? rest.n : end + 2;
    } else if (spaced && str_starts(rest, STR("/*"))) {
        *in_comment = true;
        n = 2;
    } else if (str_starts(rest, STR("<!--"))) {
        size_t end = str_find(rest, STR("-->"));
        n = end == STR_NONE ? rest.n : end + 3;
    } else if (begins_comment(s, rest)) {
        n = rest.n;
    } else if ((n = quoted(s, rest)) > 0) {
        s->look->marks += rest.at[0] != '`';
        s->look->width += (unsigned)n;
        s->at += n;
        s->end = s->at;
        s->words = 0;
        return true;
    }
    s->look->commented |= n > 0;
    s->at += n;
    return n > 0;
}

/* The texts that code holds; they begin with a mark, or with a capital after a blank. */
static void see_signs(Scan *s, char c)
{
    bool capital = c >= 'A' && c <= 'Z' && s->at && is_blank(s->line.at[s->at - 1]);
    if (!capital && !(traits[(unsigned char)c] & SIGNS))
        return;
    Str rest = str_drop(s->line, s->at);
    for (size_t i = 0; i < COUNT(signs); i++) {
        const Sign *sign = &signs[i];
        if (sign->place != HOLDS || sign->text.at[0] != c || s->seen[i] || !str_starts(rest, sign->text))
            continue;
        s->look->signs += sign->weight;
        s->seen[i] = true;
    }
}

static void see_ascii(Scan *s, char c)
{
    Look *look = s->look;
    look->width += !is_blank(c);
    uint8_t of = traits[(unsigned char)c];
    look->marks += of & MARK;
    look->depth += (of & OPENS) > 0;
    look->depth -= (of & CLOSES) > 0;
    see_signs(s, c);

    bool letter = is_alpha(c) || (s->in_word && (c == '\'' || c == '-'));
    if (letter && !s->in_word && ++s->words > look->words_run)
        look->words_run = s->words;
    if (!letter && !is_blank(c))
        s->words = 0;
    s->in_word = letter;
}

static bool is_drawing(uint32_t code)
{
    return (code >= 0x2190 && code <= 0x21FF) || (code >= 0x2500 && code <= 0x25FF);
}

/* The marks of a sentence; names of things in code may be Chinese, these are not in it. */
static bool is_sentence_mark(uint32_t code)
{
    return code == 0x3001 || code == 0x3002 || code == 0xFF0C || code == 0xFF1A || code == 0xFF1B
        || code == 0xFF1F || code == 0xFF01 || code == 0xFF08 || code == 0xFF09;
}

static void see_wide(Scan *s, uint32_t code)
{
    s->look->width += 2;
    s->look->parted |= code == 0x3002 || code == 0xFF0C || code == 0xFF1B || code == 0xFF1F;
    if (is_drawing(code))
        s->look->marks += LOOK_DRAWING;
    else if (utf8_is_cjk(code))
        s->look->chinese += is_sentence_mark(code) ? LOOK_SENTENCE_MARK : 1;
    s->words = 0;
    s->in_word = false;
}

static void see(Scan *s)
{
    size_t n = 1;
    unsigned char c = (unsigned char)s->line.at[s->at];
    if (c < 0x80)
        see_ascii(s, (char)c);
    else
        see_wide(s, utf8_at(s->line, s->at, &n));
    s->at += n;
    if (!is_blank((char)c))
        s->end = s->at;
}

static void see_ends(Look *look, Str line)
{
    char first = line.at[0], last = line.at[line.n - 1];
    for (size_t i = 0; i < COUNT(signs); i++) {
        Str text = signs[i].text;
        if ((signs[i].place == BEGINS && text.at[0] == first && str_starts(line, text))
            || (signs[i].place == ENDS && text.at[text.n - 1] == last && str_ends(line, text)))
            look->signs += signs[i].weight;
    }
    for (size_t i = 0; i < COUNT(forms); i++)
        if (forms[i].is(line))
            look->signs += forms[i].weight;
}

/* A line that means something to Markdown, or leads somewhere. */
static bool is_marked(Str s)
{
    size_t digits = 0;
    while (digits < s.n && digits < 3 && is_digit(s.at[digits]))
        digits++;
    Str rest = str_drop(s, digits);
    bool ends = rest.n > 1 && str_find_char(STR(".)"), rest.at[0]) != STR_NONE;
    if (digits)
        return ends && is_blank(rest.at[1]);
    bool item = s.n > 1 && str_find_char(STR("-*+"), s.at[0]) != STR_NONE && is_blank(s.at[1]);
    bool link = str_starts(s, STR("[")) && str_find(s, STR("](")) != STR_NONE;
    bool heading = str_starts(s, STR("#")) && !str_starts(s, STR("#include"))
                && !str_starts(s, STR("#define")) && !str_starts(s, STR("#!/"));
    return item || link || heading || str_find_char(STR(">|<\\"), s.at[0]) != STR_NONE
        || str_starts(s, STR("![")) || str_starts(s, STR("{{")) || str_starts(s, STR("**"))
        || str_starts(s, STR("```"))
        || str_starts(s, STR("$$")) || str_find(str_take(s, 10), STR("://")) != STR_NONE;
}

static LineKind kind_of(const Look *look, Str line)
{
    if (!line.n)
        return look->commented ? LINE_COMMENT : LINE_BLANK;
    if (look->chinese > 2 * look->marks)
        return LINE_CHINESE;
    if (is_marked(line))
        return LINE_MARKED;
    if (look->words_run >= LOOK_WORDS_RUN && look->signs < LOOK_SIGNS_OF_WORDS)
        return LINE_WORDS;
    if (look->signs >= LOOK_CODE_LINE)
        return LINE_CODE;
    return look->signs >= LOOK_WEAK_LINE ? LINE_WEAK : LINE_OTHER;
}

/* `|`, `+---+`, arrows alone; and what begins with a piece of a box, as trees do. */
static bool is_drawn(Str line)
{
    bool any = false;
    for (size_t i = 0, n; i < line.n; i += n) {
        uint32_t code = utf8_at(line, i, &n);
        bool drawn = code == '|' || is_drawing(code);
        if (code >= 0x2500 && code <= 0x257F && i == 0)
            return true;
        if (!drawn && (code > 0x7F || str_find_char(STR(" \t/\\+-^"), (char)code) == STR_NONE))
            return false;
        any |= drawn;
    }
    return any || str_starts(line, STR("+--"));
}

LineKind look_line(Look *look, Str line, bool *in_comment)
{
    *look = (Look){0};
    Scan s = {.look = look, .line = str_trim(line)};
    while (s.at < s.line.n)
        if (!pass_quiet(&s, in_comment))
            see(&s);
    Str plain = str_trim(str_take(s.line, s.end));
    if (plain.n)
        see_ends(look, plain);
    look->drawing = is_drawn(s.line);
    look->sentence = look->words_run >= LOOK_WORDS_RUN && plain.n
                  && str_find_char(STR(".?!,:"), plain.at[plain.n - 1]) != STR_NONE;
    return kind_of(look, plain);
}

FenceKind look_fence(Str info)
{
    for (size_t i = 0; i < COUNT(fences); i++)
        if (str_starts_nocase(info, fences[i].tag)
            && (info.n == fences[i].tag.n || !is_alnum(info.at[fences[i].tag.n])))
            return fences[i].kind;
    return FENCE_CODE;
}
