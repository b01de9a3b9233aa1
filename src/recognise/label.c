/*
 * label.c -- a label is a word of label.def and a colon, bold or not:
 *
 *     问：什么是闭包？      **问题 3：** 什么是闭包？
 *     Q: What is it?        Q1. What is it?
 *
 * A colon always marks a label, but not `:=` or `::`.  A dot does so only after a
 * number, since "A. 甲" is a choice; and a bare word is prose: "Answer the
 * question".
 */
#include "recognise/label.h"

#include "base/vec.h"

enum { WEAK, STRONG };

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

static bool eat_number(Str *s)
{
    size_t n = 0;
    while (n < s->n && is_digit(s->at[n]))
        n++;
    *s = str_drop(*s, n);
    return n > 0;
}

static bool eat_mark(Str *s)
{
    *s = str_trim(*s);
    bool numbered = eat_number(s);
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

bool label_read(Str text, bool heading, Label *label)
{
    text = str_trim(text);
    skip_emphasis(&text);
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (!text.n || to_lower(text.at[0]) != to_lower(labels[i].word.at[0])
            || !str_starts_nocase(text, labels[i].word))
            continue;
        Str rest = str_drop(text, labels[i].word.n);
        bool bare = heading && is_bare(rest);
        if (!bare && !eat_mark(&rest))
            continue;
        skip_emphasis(&rest);
        *label = (Label){labels[i].part, labels[i].weight == STRONG, str_trim(rest)};
        return true;
    }
    return false;
}
