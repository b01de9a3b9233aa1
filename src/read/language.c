/*
 * language.c -- the evidence of language.def, counted.
 *
 * Each row counts once, so a long piece of code must show many sides of its language.
 * Rows are found by their first byte, so a line costs about as much as its length.
 */
#include "read/language.h"

#include "base/vec.h"
#include "read/look.h"

typedef enum { BEGINS, HOLDS, ENDS } Place;

typedef enum {
#define LANGUAGE(name, tag, base) name,
#include "read/language.def"
    LANGUAGES
} Language;

enum {
    EVIDENT = 4,    /* the least weight that names a language … */
    TIMES = 2,      /* … and how many times that of the next it must be */
    MOST_LINES = 80 /* that are looked at */
};

static const struct {
    Str tag;
    Language base; /* what speaks for that one speaks for this one, once this is in play; itself: none */
} languages[LANGUAGES] = {
#define LANGUAGE(name, tag, base) [name] = {STR_INIT(tag), base},
#include "read/language.def"
};

static const struct {
    Language language;
    int weight;
    Place place;
    Str text;
} tells[] = {
#define TELL(language, weight, place, text) {language, weight, place, STR_INIT(text)},
#include "read/language.def"
};

static const struct {
    Language language;
    int weight;
    bool (*is)(Str line);
} forms[] = {
#define FORM(language, weight, form) {language, weight, form_##form},
#include "read/language.def"
};

typedef struct Count {
    short first[256], next[COUNT(tells)]; /* the rows that hold a byte first; 0: no more */
    bool seen[COUNT(tells)], seen_form[COUNT(forms)];
    int found[LANGUAGES];
} Count;

static void index_tells(Count *c)
{
    for (size_t i = COUNT(tells); i-- > 0;) {
        unsigned char byte = (unsigned char)tells[i].text.at[0];
        c->next[i] = c->first[byte];
        c->first[byte] = (short)(i + 1);
    }
}

static bool stands_at(size_t row, Str line, size_t at)
{
    Str text = tells[row].text;
    if (tells[row].place == BEGINS && at > 0)
        return false;
    return str_starts(str_drop(line, at), text) && (tells[row].place != ENDS || at + text.n == line.n);
}

static void see_line(Count *c, Str line)
{
    for (size_t at = 0; at < line.n; at++)
        for (short i = c->first[(unsigned char)line.at[at]]; i; i = c->next[i - 1]) {
            size_t row = (size_t)i - 1;
            if (c->seen[row] || !stands_at(row, line, at))
                continue;
            c->seen[row] = true;
            c->found[tells[row].language] += tells[row].weight;
        }
    for (size_t i = 0; i < COUNT(forms); i++)
        if (!c->seen_form[i] && forms[i].is(line)) {
            c->seen_form[i] = true;
            c->found[forms[i].language] += forms[i].weight;
        }
}

/* Words in a comment say nothing. */
static bool is_comment(Str line)
{
    static const Str marks[] = {STR_INIT("//"), STR_INIT("/*"), STR_INIT("* "), STR_INIT("# "),
                                STR_INIT("-- "), STR_INIT("<!--")};
    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_starts(line, marks[i]))
            return true;
    return false;
}

/* Code of a language that is built on another is full of that one. */
static void add_bases(int found[LANGUAGES])
{
    for (size_t i = 0; i < LANGUAGES; i++) {
        Language base = languages[i].base;
        if (base == i || found[i] < TIMES)
            continue;
        found[i] += found[base];
        found[base] = 0;
    }
}

static Str evident(const int found[LANGUAGES])
{
    size_t best = 0;
    for (size_t i = 1; i < LANGUAGES; i++)
        if (found[i] > found[best])
            best = i;
    if (found[best] < EVIDENT)
        return STR("");
    for (size_t i = 0; i < LANGUAGES; i++)
        if (i != best && found[best] < TIMES * found[i])
            return STR("");
    return languages[best].tag;
}

Str language_guess(Str code)
{
    Count c = {0};
    index_tells(&c);
    for (int lines = 0; code.n && lines < MOST_LINES; lines++) {
        Str line = str_trim(str_cut(&code, '\n'));
        if (line.n && !is_comment(line))
            see_line(&c, line);
    }
    add_bases(c.found);
    return evident(c.found);
}
