/*
 * wording.c -- the words of wording.def, looked for in a title.
 */
#include "recognise/wording.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <stdint.h>

typedef enum {
    WORD_ASK, WORD_TELL, WORD_OPEN, WORD_PART, WORD_SHOW, WORD_ASPECT, WORD_LIST, WORD_TODO, WORD_ROUND, WORD_GATHER
} WordUse;

static const struct {
    WordUse use;
    Str word;
} words[] = {
#define ASK(word) {WORD_ASK, STR_INIT(word)},
#define TELL(word) {WORD_TELL, STR_INIT(word)},
#define OPEN(word) {WORD_OPEN, STR_INIT(word)},
#define PART(word) {WORD_PART, STR_INIT(word)},
#define SHOW(word) {WORD_SHOW, STR_INIT(word)},
#define ASPECT(word) {WORD_ASPECT, STR_INIT(word)},
#define ROUND(word) {WORD_ROUND, STR_INIT(word)},
#define LIST(word) {WORD_LIST, STR_INIT(word)},
#define TODO(word) {WORD_TODO, STR_INIT(word)},
#define GATHER(word) {WORD_GATHER, STR_INIT(word)},
#include "recognise/wording.def"
#undef ASK
#undef TELL
#undef OPEN
#undef PART
#undef SHOW
#undef ASPECT
#undef ROUND
#undef LIST
#undef TODO
#undef GATHER
};

enum { NEAR = 6 /* bytes from an end */, TOPIC_WIDTH = 60, TITLE_WIDTH = 160 };

/* The words of a use stand together, the uses in their order. */
static size_t first_of(WordUse use)
{
    size_t low = 0, high = COUNT(words);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (words[middle].use < use)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool eat_end(Str *s, Str suffix)
{
    if (!str_ends(*s, suffix))
        return false;
    s->n -= suffix.n;
    return true;
}

bool wording_eat_colon(Str *s)
{
    bool colon = eat_end(s, STR(":")) || eat_end(s, STR("："));
    if (colon)
        *s = str_trim(*s);
    return colon;
}

Str wording_bare(Str s)
{
    for (Str before = {0}; before.n != s.n;) {
        before = s = str_trim(s);
        while (s.n && (s.at[0] == '*' || s.at[0] == '_' || s.at[0] == '`'))
            s = str_drop(s, 1);
        while (s.n && (s.at[s.n - 1] == '*' || s.at[s.n - 1] == '_' || s.at[s.n - 1] == '`'
                       || s.at[s.n - 1] == '#' || s.at[s.n - 1] == '\\'))
            s.n--;
        if (s.n && s.at[s.n - 1] == '>')
            (void)(eat_end(&s, STR("<br>")) || eat_end(&s, STR("<br/>")) || eat_end(&s, STR("<br />")));
    }
    return s;
}

Str wording_without_remark(Str s)
{
    bool wide = str_ends(s, STR("）"));
    if (!wide && !str_ends(s, STR(")")))
        return s;
    size_t depth = 0;
    for (size_t i = s.n; i-- > 0;) {
        Str rest = str_drop(s, i);
        depth += str_starts(rest, wide ? STR("）") : STR(")"));
        if (str_starts(rest, wide ? STR("（") : STR("(")) && --depth == 0)
            return str_trim(str_take(s, i));
    }
    return s;
}

/* Whether brackets at the end wait for an answer, （　　） or ( B ), as in an exam; `foo()` does not. */
static bool ends_in_gap(Str title)
{
    bool wide = eat_end(&title, STR("）"));
    if (!wide && !eat_end(&title, STR(")")))
        return false;
    bool blank = false, letter = false;
    while (title.n) {
        if (eat_end(&title, STR(" ")) || eat_end(&title, STR("　")))
            blank = true;
        else if (title.at[title.n - 1] >= 'A' && title.at[title.n - 1] <= 'H')
            title.n--, letter = true;
        else
            return eat_end(&title, STR("（")) ? blank || !letter : eat_end(&title, STR("(")) && blank;
    }
    return false;
}

bool wording_question_mark(Str title)
{
    static const char *const closers[] = {")", "）", "”", "\"", "」", "】", "]", "。", "."};
    title = wording_bare(title);
    Str before = wording_without_remark(title);
    if (str_ends(before, STR("?")) || str_ends(before, STR("？")) || (before.n < title.n && ends_in_gap(title)))
        return true;
    if (!title.n || is_alnum(title.at[title.n - 1]))
        return false; /* as often */
    for (size_t i = 0; i < COUNT(closers); i++)
        if (eat_end(&title, str_of(closers[i])))
            return str_ends(title, STR("?")) || str_ends(title, STR("？"));
    return false;
}

/* Whether `word` stands at the front of `s`; words of ASCII in either case. */
static bool begins(Str s, Str word)
{
    return s.n >= word.n && to_lower(s.at[word.n / 2]) == word.at[word.n / 2]
        && to_lower(s.at[0]) == word.at[0] && str_starts_nocase(s, word);
}

Wording wording_open(void)
{
    Wording w = {0};
    for (size_t i = 0; i < COUNT(words) && words[i].use <= WORD_TELL; i++)
        w.second[words[i].word.at[1] & 63] |= 1ull << (words[i].word.at[2] & 63);
    return w;
}

/* A word of the uses up to `last`. */
static bool has_asking_word(const Wording *w, Str title, WordUse last)
{
    for (size_t i = 0, n; i + 2 < title.n; i += n) {
        unsigned char lead = (unsigned char)title.at[i];
        n = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (!(w->second[title.at[i + 1] & 63] >> (title.at[i + 2] & 63) & 1))
            continue;
        for (size_t k = 0; words[k].use <= last; k++) {
            bool near = i <= NEAR || i + words[k].word.n + NEAR >= title.n;
            if ((near || words[k].use == WORD_ASK) && begins((Str){title.at + i, title.n - i}, words[k].word))
                return true;
        }
    }
    return false;
}

static bool opens(Str title, Str word)
{
    return str_starts_nocase(title, word) && title.n > word.n + 1 && title.at[word.n] == ' '
        && (unsigned char)title.at[word.n + 1] < 0x80; /* "list 可以重复" does not ask */
}

static bool asks(const Wording *w, Str title, WordUse last)
{
    if (wording_question_mark(title))
        return true;
    title = str_take(wording_bare(title), TITLE_WIDTH * 3);
    for (size_t i = title.n && is_alpha(title.at[0]) ? first_of(WORD_OPEN) : COUNT(words);
         i < COUNT(words) && words[i].use == WORD_OPEN; i++)
        if (opens(title, words[i].word))
            return true;
    return has_asking_word(w, title, last);
}

bool wording_asks(const Wording *w, Str title)
{
    return asks(w, title, WORD_TELL);
}

bool wording_demands(const Wording *w, Str title)
{
    return asks(w, title, WORD_ASK);
}

static bool ends_sentence(Str s)
{
    static const char *const ends[] = {"。", ".", "；", ";", "，", ",", "！", "：", ":", "{", "}"};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(s, str_of(ends[i])))
            return true;
    return false;
}

bool wording_topic(Str title)
{
    title = wording_bare(title);
    return title.n && title.n < 4 * TOPIC_WIDTH && !utf8_wider(title, TOPIC_WIDTH)
        && !ends_sentence(title);
}

/* Whether all of a title is a word of uses `from` to `to`, but for a colon and what follows. */
static bool is_word_of(Str title, WordUse from, WordUse to)
{
    title = wording_bare(title);
    while (wording_eat_colon(&title))
        title = wording_bare(title);
    if (!title.n)
        return false;
    for (size_t i = first_of(from); i < COUNT(words) && words[i].use <= to && title.n > 2; i++) {
        Str word = words[i].word; /* none is shorter than three bytes */
        if (!same_letter(title.at[0], word.at[0]) || !same_letter(title.at[2], word.at[2])
            || !str_starts_nocase(title, word))
            continue;
        Str rest = str_drop(title, word.n);
        if (!rest.n || str_starts(rest, STR(":")) || str_starts(rest, STR("：")))
            return true;
    }
    return false;
}

bool wording_part(Str title)
{
    return is_word_of(title, WORD_PART, WORD_SHOW);
}

bool wording_lone(Str title)
{
    return is_word_of(title, WORD_ASK, WORD_TELL);
}

bool wording_aspect(Str title)
{
    return is_word_of(title, WORD_ASPECT, WORD_ASPECT);
}

bool wording_contents(Str title)
{
    return is_word_of(title, WORD_LIST, WORD_LIST);
}

bool wording_example(Str title)
{
    return is_word_of(title, WORD_SHOW, WORD_SHOW);
}

/* Whether a word ends before `rest`: 一面（1h）, but not 二面角; one in Latin with a blank behind it goes on. */
static bool ends_word(Str rest, bool latin)
{
    uint32_t code = rest.n ? utf8_at(rest, 0, NULL) : '.';
    return utf8_is_punct(code) || (!latin && (utf8_is_space(code) || is_digit(rest.at[0])));
}

bool wording_round(Str line)
{
    static const char *const others[] = {"另", "当", "方", "某", "每", "单"};
    for (size_t i = first_of(WORD_ROUND); i < COUNT(words) && words[i].use == WORD_ROUND; i++) {
        Str word = words[i].word;
        size_t at = str_find(line, word);
        if (at == STR_NONE)
            continue;
        bool latin = is_alpha(word.at[word.n - 1]), other = is_alpha(word.at[0]) && at && is_alpha(line.at[at - 1]);
        for (size_t k = 0; k < COUNT(others) && !other; k++)
            other = str_ends(str_take(line, at), str_of(others[k]));
        if (!other && ends_word(str_drop(line, at + word.n), latin))
            return true;
    }
    return false;
}

/* Take up to `most` digits off the end of `*s`; their value, -1 for none. */
static int eat_end_number(Str *s, size_t most)
{
    int value = 0, unit = 1;
    size_t n = 0;
    for (; n < most && s->n && is_digit(s->at[s->n - 1]); n++, unit *= 10, s->n--)
        value += unit * (s->at[s->n - 1] - '0');
    return n ? value : -1;
}

static bool is_day(int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool wording_day(Str title)
{
    bool named = eat_end(&title, STR("日"));
    int day = eat_end_number(&title, 2);
    if (day < 0)
        return false;
    if (named)
        return eat_end(&title, STR("月")) && is_day(eat_end_number(&title, 2), day);
    char sign = title.n ? title.at[title.n - 1] : '\0';
    if (is_digit(sign)) { /* four digits behind a dash */
        int month = eat_end_number(&title, 2);
        return is_day(month, day) && title.n > 1 && (str_ends(title, STR("-")) || str_ends(title, STR("_")));
    }
    if (sign != '-' && sign != '.' && sign != '/')
        return false;
    title.n--;
    int month = eat_end_number(&title, 2);
    if (!is_day(month, day) || !title.n || title.at[title.n - 1] != sign)
        return false;
    title.n--;
    return eat_end_number(&title, 4) > 1000;
}

bool wording_gathers(Str title)
{
    static const char *const ends[] = {"汇总", "总结", "整理", "合集", "大全", "集锦", "汇编"};
    title = wording_bare(wording_without_remark(wording_bare(title)));
    wording_eat_colon(&title);
    for (size_t i = 0; i < COUNT(ends); i++)
        if (eat_end(&title, str_of(ends[i])))
            break;
    for (size_t i = first_of(WORD_GATHER); i < COUNT(words); i++) {
        size_t n = words[i].word.n;
        if (title.n >= n && str_eq_nocase(str_drop(title, title.n - n), words[i].word))
            return true;
    }
    return false;
}

bool wording_todo(Str text)
{
    text = wording_bare(text);
    for (size_t i = first_of(WORD_TODO); i < COUNT(words) && words[i].use == WORD_TODO; i++)
        if (str_eq_nocase(text, words[i].word))
            return true;
    return false;
}
