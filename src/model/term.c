/*
 * term.c -- terms are told by their characters and their length, titles by the words around.
 */
#include "model/term.h"

#include "base/utf8.h"

enum { MOST_COLUMNS = 24, MOST_HAN = 8, MOST_WORDS = 3, FEWEST_LATIN = 2 };

typedef enum { BEFORE, AFTER } Side;
typedef enum { DEFINES, COMPARES, ASKS_MORE } Asks;

static const struct {
    Str words;
    Side side;
    Asks what;
} asks[] = {
#define ASKS(words, side, what) {STR_INIT(words), side, what},
#include "model/term.def"
#undef ASKS
};

static const Str inside[] = {
#define INSIDE(words) STR_INIT(words),
#include "model/term.def"
#undef INSIDE
};

static const Str firsts[] = {
#define FIRST(words) STR_INIT(words),
#include "model/term.def"
#undef FIRST
};

static const Str labels[] = {
#define LABEL(words) STR_INIT(words),
#include "model/term.def"
#undef LABEL
};

static bool is_among(Str characters, uint32_t code)
{
    for (size_t i = 0, n; i < characters.n; i += n)
        if (utf8_at(characters, i, &n) == code)
            return true;
    return false;
}

/* Marks at either end that are no part of what they stand beside.  Most often there is a letter. */
static bool is_edge(uint32_t code)
{
    static const Str edges = STR_INIT("\"'`*_:;,.!?()[]<>：；，。！？、（）【】《》「」『』“”‘’…");
    bool letter = code < 0x80 ? is_alnum((char)code) : utf8_is_han(code);
    return !letter && (is_among(edges, code) || utf8_is_space(code));
}

/* Marks that a name may hold between two of its letters; a colon as in std::map. */
static bool joins(Str s, size_t i)
{
    static const Str marks = STR_INIT(" .-_/+#");
    bool between = i > 0 && i + 1 < s.n && !is_blank(s.at[i + 1]);
    bool last = i > 0 && i + 1 == s.n && (s.at[i] == '+' || s.at[i] == '#');
    bool colons = between && s.at[i] == ':' && (s.at[i + 1] == ':' || s.at[i - 1] == ':');
    return last || colons || (between && str_find_char(marks, s.at[i]) != STR_NONE);
}

typedef struct Looks {
    size_t han, letters, words, slashes;
    bool bad; /* it holds what no name does */
} Looks;

static Looks look(Str s)
{
    Looks l = {.words = 1};
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        l.han += utf8_is_han(code);
        l.letters += code < 0x80 ? is_alpha((char)code) : !utf8_is_punct(code);
        l.words += code == ' ';
        l.slashes += code == '/';
        bool part = code < 0x80 ? is_alnum((char)code) || joins(s, i)
                                : code != 0xFFFD && !utf8_is_punct(code) && !utf8_is_space(code);
        l.bad = l.bad || !part;
    }
    return l;
}

static bool is_listed(const Str *list, size_t n, Str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

/* One slash may join two short names, as in TCP/IP; more of them are a path. */
static bool is_path(Str s, size_t slashes)
{
    enum { LONGEST_PAIR = 8 };
    return slashes > 1 || (slashes && s.n > LONGEST_PAIR);
}

/* 第三步 and 第 3 章 count the parts of a text, 第三范式 is a name. */
static bool is_counted(Str key)
{
    static const Str first = STR_INIT("第"), numerals = STR_INIT("0123456789一二三四五六七八九十百两几");
    static const Str counters = STR_INIT("章节步个种次题条篇部课点行天");
    size_t found = str_find(key, first), at, n;
    if (found == STR_NONE)
        return false;
    for (at = found += first.n; at < key.n && is_among(numerals, utf8_at(key, at, &n)); at += n)
        ;
    return at > found && (at == key.n || is_among(counters, utf8_at(key, at, &n)));
}

/* Whether it holds a word that no name does; Latin names of one or two words may hold any but the FIRST. */
static bool is_phrase(Str key, const Looks *l)
{
    bool found = l->han && is_counted(key);
    for (size_t i = 0; i < COUNT(firsts) && !found && !l->han; i++)
        found = str_starts(key, firsts[i]);
    for (size_t i = 0; i < COUNT(inside) && !found && (l->han || l->words > 2); i++)
        found = str_find(key, inside[i]) != STR_NONE;
    return found;
}

static bool is_term(Str key)
{
    if (!key.n || utf8_wider(key, MOST_COLUMNS))
        return false;
    Looks l = look(key);
    bool short_latin = !l.han && l.letters < FEWEST_LATIN && is_alnum(key.at[key.n - 1]);
    bool long_one = l.han > MOST_HAN || l.words > MOST_WORDS || is_path(key, l.slashes);
    return !l.bad && l.letters && !short_latin && !long_one && !is_listed(labels, COUNT(labels), key)
        && !is_phrase(key, &l);
}

/* Without the blanks beside Chinese, which some writers put there and others do not. */
static Str without_gaps(Str s, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        bool gap = utf8_is_space(code) && (utf8_is_cjk(utf8_before(s, i))
                                           || (i + n < s.n && utf8_is_cjk(utf8_at(s, i + n, NULL))));
        if (!gap)
            buf_put(&b, (Str){s.at + i, n});
    }
    return buf_str(&b);
}

/* `len(s)` is a use of `len`. */
static Str without_call(Str s)
{
    size_t open = str_find_char(s, '(');
    bool call = open != STR_NONE && open > 0 && is_alnum(s.at[open - 1]) && s.at[s.n - 1] == ')';
    return call ? str_take(s, open) : s;
}

/* "a goroutine" begins with an article, "A 记录" and "A*" do not. */
static Str without_article(Str s)
{
    static const Str articles[] = {STR_INIT("a "), STR_INIT("an "), STR_INIT("the ")};
    for (size_t i = 0; i < COUNT(articles); i++)
        if (str_starts_nocase(s, articles[i]) && s.n > articles[i].n && is_alnum(s.at[articles[i].n]))
            return str_drop(s, articles[i].n);
    return s;
}

/* Most code is an expression, which a look at its marks tells before anything is folded. */
static bool may_be_term(Str s)
{
    enum { LONGEST = 3 * MOST_COLUMNS };
    static const Str marks = STR_INIT("=;{}\"$<>|\\,!?*&^%@~()[]\n");
    bool bad = !s.n || s.n > LONGEST;
    for (size_t i = 0; i < s.n && !bad; i++)
        bad = !is_alnum(s.at[i]) && str_find_char(marks, s.at[i]) != STR_NONE;
    return !bad;
}

TermUse term_of(Str words, Arena *a)
{
    words = str_trim(words);
    if (!words.n)
        return (TermUse){0};
    Str shown = utf8_trim(without_article(without_call(words)), is_edge);
    if (!may_be_term(shown))
        return (TermUse){0};
    Str key = without_gaps(utf8_fold(shown, a), a);
    return is_term(key) ? (TermUse){.key = key, .shown = shown} : (TermUse){0};
}

/* Before Chinese, or with a mark behind it, a Latin word is a name: "explain 执行计划", "a.out". */
static bool eat_asking(Str *s, Side side, Str words)
{
    bool latin = is_alpha(words.at[0]);
    if (side == AFTER) {
        bool there = str_ends(*s, words);
        s->n -= there ? words.n : 0;
        return there;
    }
    Str rest = str_drop(*s, words.n);
    if (!str_starts_nocase(*s, words) || (latin && !(rest.n > 1 && rest.at[0] == ' ' && is_alnum(rest.at[1]))))
        return false;
    *s = rest;
    return true;
}

/* Take the words on one side of the term off `*s`; false where there are none. */
static bool strip_side(Str *s, Side side, Asks *what)
{
    size_t length = s->n;
    for (size_t i = 0; i < COUNT(asks); i++) {
        if (asks[i].side != side || !eat_asking(s, side, asks[i].words))
            continue;
        *what = *what == COMPARES || asks[i].what == DEFINES ? *what : asks[i].what;
        *s = utf8_trim(*s, is_edge);
    }
    return s->n < length;
}

/* Both sides; what the words ask, the strongest.  Those behind stand in any order: 的特点有哪些. */
static Asks strip(Str *s)
{
    Asks what = DEFINES;
    strip_side(s, BEFORE, &what);
    while (strip_side(s, AFTER, &what))
        ;
    return what;
}

/* The first place in `s` where a word joins two; `*n` is its length. */
static size_t find_joint(Str s, size_t *n)
{
    static const Str joints[] = {STR_INIT(" and "), STR_INIT(" vs "), STR_INIT(" vs. "), STR_INIT("和"),
                                 STR_INIT("与"), STR_INIT("跟"), STR_INIT("、")};
    size_t first = STR_NONE;
    for (size_t i = 0; i < COUNT(joints); i++) {
        size_t at = str_find(s, joints[i]);
        if (at >= first)
            continue;
        first = at;
        *n = joints[i].n;
    }
    return first;
}

/* One Chinese character is half of a word: 调和 is not 调 and something. */
static bool is_whole(Str s)
{
    return s.n > 3;
}

/* What `s` joins; false where that is one, or a part of it is no word. */
static bool split(Str s, Subjects *subjects)
{
    while (subjects->n < MOST_SUBJECTS) {
        size_t length = 0, at = find_joint(s, &length);
        Str part = utf8_trim(str_take(s, at), is_edge);
        if (!is_whole(part) && !(part.n && (unsigned char)part.at[0] < 0x80))
            break;
        subjects->of[subjects->n++] = part;
        if (at == STR_NONE && subjects->n > 1)
            return true;
        if (at == STR_NONE)
            break;
        s = str_drop(s, at + length);
    }
    subjects->n = 0;
    return false;
}

Subjects term_subjects(Str title)
{
    enum { LONGEST = 200 /* bytes of a title that asks for a term */ };
    Subjects subjects = {0};
    title = utf8_trim(title, is_edge);
    if (!title.n || title.n > LONGEST)
        return subjects;
    size_t length = title.n;
    Asks what = strip(&title);
    subjects.asked = title.n < length;
    if (split(title, &subjects))
        return subjects;
    subjects.of[subjects.n++] = title;
    subjects.defines = what == DEFINES;
    return subjects;
}

Str term_eat_latin(Str *title)
{
    size_t at = 0, end;
    while (at < title->n && !is_alpha(title->at[at]))
        at++;
    for (end = at; end < title->n && (is_alnum(title->at[end]) || joins(*title, end)); end++)
        ;
    Str run = {title->at + at, end - at};
    *title = str_drop(*title, end);
    return utf8_trim(run, is_edge);
}
