/*
 * same_line.c -- what follows a question mark, or a colon after a text that asks, unless it
 * asks as well.
 */
#include "recognise/same_line.h"

#include "recognise/title.h"

#include "base/utf8.h"
#include "base/vec.h"

enum {
    SHORTEST = 4, /* columns of an answer */
    LONGEST = 60, /* of a question before a colon */
    REMARK = 60   /* of what may stand in brackets and be no answer */
};

static const char *const verbs[] = {
    "介绍", "说", "谈", "讲", "聊", "描述", "简", "解释", "列举", "举", "写",
    "以下", "下列", "下面", "如下", "分析",
    "Give ", "Talk ", "Explain ", "Describe ", "Compare ", "And ",
};

/* Whether it wants its object after a colon: 介绍一下：TCP、UDP. */
static bool commands(Str head)
{
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_find(head, str_of(verbs[i])) != STR_NONE)
            return true;
    return false;
}

/* Whether it goes on asking: 了解锁吗？说下种类 */
static bool begins_with_command(Str rest)
{
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_starts_nocase(rest, str_of(verbs[i])))
            return true;
    return false;
}

/* Whether it says something: stars and other signs only rate the question. */
static bool has_words(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (utf8_is_cjk(code) || (code < 0x80 && is_alpha((char)code)))
            return true;
    }
    return false;
}

/* Whether `rest`, after a mark, can be an answer: it neither asks nor closes a bracket. */
static bool answers(const Wording *w, Str rest)
{
    static const char *const unfit[] = {")", "）", "]", "】", "”", "\"", "」",
                                        "（", "(", "【", "[", "#", "*", "/", "`"};
    rest = mark_title(rest); /* all of it may be bold */
    for (size_t i = 0; i < COUNT(unfit); i++)
        if (str_starts(rest, str_of(unfit[i])))
            return false;
    return str_find(rest, STR("？")) == STR_NONE && str_find(rest, STR("? ")) == STR_NONE
        && utf8_wider(rest, SHORTEST - 1) && has_words(rest) && !wording_asks(w, rest)
        && !begins_with_command(rest);
}

/* The length of the mark `wide`, or of `narrow` before a blank or a wide character, at `at`; 0: none. */
static size_t mark_at(Str s, size_t at, Str wide, char narrow)
{
    Str rest = str_drop(s, at);
    if (str_starts(rest, wide))
        return wide.n;
    if (rest.n < 2 || rest.at[0] != narrow)
        return 0;
    return is_blank(rest.at[1]) || (unsigned char)rest.at[1] >= 0x80 ? 1 : 0;
}

static bool split(Str title, size_t at, size_t mark, Str *question, Str *answer)
{
    *question = str_trim(str_take(title, at));
    *answer = str_trim(str_drop(title, at + mark));
    return question->n > 0;
}

/* Where the last mark stands that no answer may hold. */
static size_t last_mark(Str title)
{
    size_t at = title.n;
    while (at && !str_starts(str_drop(title, at), STR("？")) && !str_starts(str_drop(title, at), STR("? ")))
        at--;
    return at;
}

static bool split_at_mark(const Wording *w, Str title, Str *question, Str *answer)
{
    bool code = false;
    size_t last = last_mark(title);
    for (size_t i = 0; i < title.n; i++) {
        code ^= title.at[i] == '`';
        size_t n = code || i < last ? 0 : mark_at(title, i, STR("？"), '?');
        if (n && split(title, i + n, 0, question, answer) && answers(w, *answer))
            return true;
        n = code ? 0 : mark_at(title, i, STR("："), ':');
        if (n && split(title, i, n, question, answer))
            return !utf8_wider(*question, LONGEST) && wording_asks(w, *question) && !commands(*question)
                && answers(w, *answer);
    }
    return false;
}

/* Take 答： and the like off the front of `*s`. */
static bool eat_answer(Str *s)
{
    if (!str_eat(s, STR("回答")) && !str_eat(s, STR("答案")) && !str_eat(s, STR("答")))
        return false;
    if (str_eat(s, STR("：")) || str_eat(s, STR(":")))
        *s = str_trim(*s);
    return true;
}

static bool ends_in(Str s, const char *const *ends, size_t n)
{
    while (n && !str_ends(s, str_of(ends[n - 1])))
        n--;
    return n;
}

/*
 * 可以继承吗（不可以）: the brackets at the end, after a word that ends a question; after its mark
 * alone only what says that it is the answer, or is too long for a remark.
 */
static bool split_at_bracket(const Wording *w, Str title, Str *question, Str *answer)
{
    static const char *const enders[] = {"吗", "吗？", "吗?", "呢", "么", "么？", "么?"};
    static const char *const marks[] = {"？", "?"};
    static const char *const pairs[][2] = {{"（", "）"}, {"(", ")"}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Str open = str_of(pairs[i][0]), close = str_of(pairs[i][1]);
        size_t at = str_ends(title, close) ? str_find(title, open) : STR_NONE;
        if (at == STR_NONE)
            continue;
        *question = str_trim(str_take(title, at));
        *answer = str_drop(str_take(title, title.n - close.n), at + open.n);
        if (ends_in(*question, enders, COUNT(enders)))
            return answers(w, *answer) && !commands(*answer) && str_find(*answer, open) == STR_NONE;
        if (ends_in(*question, marks, COUNT(marks)) && (eat_answer(answer) || utf8_wider(*answer, REMARK)))
            return answers(w, *answer) && str_find(*answer, open) == STR_NONE;
    }
    return false;
}

/* Whether the link at `at` is of a sentence: 介绍[项目](…), or one that goes on behind it. */
static bool is_of_sentence(Str title, size_t at)
{
    static const char *const before[] = {
        "介绍", "使用", "关于", "实现", "解释", "了解", "理解", "说说", "讲讲", "什么是", "手写", "设计",
    };
    Str rest = str_drop(title, at);
    rest = str_drop(rest, str_find_char(rest, ')') + 1);
    if (has_words(rest))
        return true;
    for (size_t i = 0; i < COUNT(before); i++)
        if (str_ends(str_take(title, at), str_of(before[i])))
            return true;
    return false;
}

/* A link, alone or after a text. */
static bool split_at_link(Str title, Str *question, Str *answer)
{
    size_t scheme = str_find(title, STR("://"));
    if (scheme == STR_NONE)
        return false;
    size_t address = scheme;
    while (address && is_alpha(title.at[address - 1]))
        address--;
    size_t at = address;
    while (at && title.at[at] != '[')
        at--;
    bool link = title.at[at] == '[' && address && title.at[address - 1] != ' ';
    if (link && is_of_sentence(title, at))
        return false;
    *answer = str_drop(title, link ? at : address);
    *question = str_trim(str_take(title, link ? at : address));
    bool alone = !question->n || question->at[0] == '*';
    *question = alone ? title : *question;
    return link || !alone;
}

bool same_line_answer(const Wording *w, Str title, Str *question, Str *answer)
{
    return split_at_bracket(w, title, question, answer) || split_at_mark(w, title, question, answer)
        || split_at_link(title, question, answer);
}
