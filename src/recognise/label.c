/*
 * label.c -- a label is a word of label.def and a colon, bold or not:
 *
 *     问：什么是闭包？      **问题 3：** 什么是闭包？
 *     Q: What is it?        Q1. What is it?         【问题】什么是闭包？
 *
 * A colon always marks a label, but not `:=` or `::`.  A dot does so only after a
 * number, since "A. 甲" is a choice; and a bare word is prose: "Answer the
 * question".
 */
#include "recognise/label.h"

#include "recognise/lines.h"
#include "recognise/number.h"

#include "base/vec.h"

enum { WEAK, STRONG, REPLY, ASKING };
enum { LONGEST = 40, LONGEST_COUNTED = 16 }; /* bytes of a label with its emphasis; before a number */

static const struct {
    Str word;
    Part part;
    int weight;
} labels[] = {
#define LABEL(word, part, weight) {STR_INIT(word), PART_##part, weight},
#include "recognise/label.def"
#undef LABEL
};

static void skip_emphasis(Str *s)
{
    while (str_eat(s, STR("*")) || str_eat(s, STR("_")))
        ;
}

static Str eat_number(Str *s)
{
    size_t n = 0;
    while (n < s->n && is_digit(s->at[n]))
        n++;
    Str rest = *s;
    Number chinese = n ? (Number){0} : number_eat(&rest);
    if (chinese.chinese && (chinese.sign == ':' || chinese.sign == ','))
        n = chinese.text.n;
    Str number = str_take(*s, n);
    *s = str_drop(*s, n);
    return number;
}

/* The mark after a word, `*number` before it; in brackets the mark is the closing one. */
static bool eat_mark(Str *s, bool bracket, Str *number)
{
    *s = str_trim(*s);
    *number = eat_number(s);
    if (bracket) {
        bool closed = str_eat(s, STR("】"));
        *s = str_trim(*s);
        (void)(str_eat(s, STR("：")) || str_eat(s, STR(":")));
        return closed;
    }
    bool numbered = number->n > 0;
    skip_emphasis(s);
    if (str_starts(*s, STR(":=")) || str_starts(*s, STR("::")))
        return false;
    return str_eat(s, STR("：")) || str_eat(s, STR(":"))
        || (numbered && (str_eat(s, STR(".")) || str_eat(s, STR("、"))));
}

static bool is_bare(Str rest)
{
    skip_emphasis(&rest);
    return str_trim(rest).n == 0;
}

static size_t marks_before(Str text, Str rest)
{
    size_t marks = 0;
    for (const char *at = text.at; at < rest.at; at++)
        marks += *at == '*' || *at == '_';
    return marks;
}

/* Take what closes the emphasis of the label off the front of `*rest`: other marks are the answer's. */
static void close_emphasis(Str text, Str *rest)
{
    size_t open = marks_before(text, *rest);
    char mark = str_trim(text).at[0];
    bool opened = mark == '*' || mark == '_'; /* and no letter that begins with the same byte */
    for (open = !opened || open > 2 ? 0 : open; open && rest->n && rest->at[0] == mark; open--)
        *rest = str_drop(*rest, 1);
}

/* `rest` of `text` without the end of the emphasis that its front opened around all of it. */
static Str without_end(Str text, Str rest)
{
    size_t marks = marks_before(text, rest);
    rest = str_trim(rest);
    bool around = marks == 2 && str_ends(rest, STR("**")) && str_find(rest, STR("**")) == rest.n - 2;
    return around ? str_trim(str_take(rest, rest.n - 2)) : rest;
}

/* Whether a colon or a digit stands near the front, as behind every label. */
static bool may_be_label(Str text)
{
    if ((unsigned char)text.at[0] < 0x80 && !is_alpha(text.at[0]))
        return false;
    if (str_starts(text, STR("【")))
        return true;
    Str front = str_take(text, LONGEST);
    for (size_t i = 1; i < front.n; i++) {
        char c = front.at[i];
        bool colon = c == ':' || (c == STR("：").at[0] && str_starts(str_drop(front, i), STR("：")));
        if (colon || (is_digit(c) && i < LONGEST_COUNTED))
            return true;
    }
    return false;
}

bool label_read(Str text, bool heading, Label *label)
{
    Str whole = text = line_indented(text);
    skip_emphasis(&text);
    if (!text.n || (!heading && !may_be_label(text)))
        return false;
    bool bracket = str_eat(&text, STR("【"));
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (!text.n || !same_letter(text.at[0], labels[i].word.at[0]) || !str_starts_nocase(text, labels[i].word))
            continue;
        Str rest = str_drop(text, labels[i].word.n);
        Str number = {0};
        bool bare = heading && is_bare(rest);
        if (!bare && !eat_mark(&rest, bracket, &number))
            continue;
        close_emphasis(whole, &rest);
        *label = (Label){.part = labels[i].part, .strong = labels[i].weight == STRONG,
                         .reply = labels[i].weight == REPLY,
                         .asking = labels[i].weight == ASKING, .number = number,
                         .rest = without_end(whole, rest)};
        return true;
    }
    return false;
}
