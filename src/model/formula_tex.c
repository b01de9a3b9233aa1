/*
 * formula_tex.c -- the source of a formula: what of it must not be, and gaps in it.
 *
 * MathJax in Anki knows commands that fetch, link, run or name; and what one formula
 * defines holds for every card after it.  It finds the end of a formula by counting
 * braces, so one that is missing would take in the rest of the card.
 */
#include "model/formula.h"

enum { DEEPEST = 64 };

static const Str refused[] = {
#define REFUSED(command) STR_INIT(#command),
#include "model/formula.def"
#undef REFUSED
};

/* The letters behind the backslash at the front. */
static Str command_at(Str s)
{
    size_t n = 1;
    while (n < s.n && is_alpha(s.at[n]))
        n++;
    return (Str){s.at + 1, n - 1};
}

static bool is_refused(Str command)
{
    if (command.n == 0)
        return false;
    for (size_t i = 0; i < COUNT(refused); i++)
        if (str_eq(command, refused[i]))
            return true;
    return false;
}

Str formula_fault(Str tex, size_t *at)
{
    size_t depth = 0, *i = at;
    for (*i = 0; *i < tex.n; ++*i) {
        Str rest = str_drop(tex, *i);
        if (rest.at[0] == '\\') {
            if (is_refused(command_at(rest)))
                return (Str){rest.at, command_at(rest).n + 1};
            if (rest.n == 1 || str_find_char(STR("()[]"), rest.at[1]) != STR_NONE)
                return str_take(rest, 2);
            ++*i;
        } else if (rest.at[0] == '{' ? depth++ == DEEPEST : rest.at[0] == '}' && depth-- == 0) {
            return str_take(rest, 1);
        }
    }
    *at = 0;
    return depth ? STR("{") : (Str){0};
}

static const Str environments[] = {
    STR_INIT("equation"), STR_INIT("align"),   STR_INIT("aligned"),  STR_INIT("gather"),   STR_INIT("gathered"),
    STR_INIT("matrix"),   STR_INIT("pmatrix"), STR_INIT("bmatrix"),  STR_INIT("Bmatrix"),  STR_INIT("vmatrix"),
    STR_INIT("Vmatrix"),  STR_INIT("cases"),   STR_INIT("rcases"),   STR_INIT("array"),    STR_INIT("split"),
    STR_INIT("alignat"),  STR_INIT("multline"), STR_INIT("smallmatrix"), STR_INIT("subarray"),
};

/* Whether `\begin{name}` at the front begins a part of a formula, or is none. */
static bool is_environment(Str s)
{
    if (!str_eat(&s, STR("\\begin{")))
        return true;
    size_t end = str_find_char(s, '}');
    Str name = str_take(s, end == STR_NONE ? 0 : end);
    if (str_ends(name, STR("*")))
        name.n--;
    for (size_t i = 0; i < COUNT(environments); i++)
        if (str_eq(name, environments[i]))
            return true;
    return false;
}

/* A piece of a document is shown as the code that it is. */
static bool is_pure(Str tex)
{
    static const Str text_commands[] = {
        STR_INIT("section"),  STR_INIT("subsection"), STR_INIT("documentclass"), STR_INIT("usepackage"),
        STR_INIT("item"),     STR_INIT("textbf"),     STR_INIT("textit"),        STR_INIT("emph"),
        STR_INIT("cite"),     STR_INIT("caption"),    STR_INIT("footnote"),      STR_INIT("maketitle"),
    };
    for (size_t i = 0; i < tex.n; i++) {
        char c = tex.at[i];
        if (c == '$' || c == '%')
            return false;
        if (c != '\\')
            continue;
        Str rest = str_drop(tex, i++), command = command_at(rest);
        for (size_t k = 0; k < COUNT(text_commands); k++)
            if (str_eq(command, text_commands[k]))
                return false;
        if (!is_environment(rest))
            return false;
    }
    return true;
}

bool formula_fence(Str info, Str text)
{
    static const Str names[] = {STR_INIT("latex"), STR_INIT("tex"), STR_INIT("katex")};
    size_t at;
    Str name = str_trim(info), tex = str_trim(text);
    if (str_eq(name, STR("math")))
        return tex.n > 0;
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, names[i]))
            return is_pure(tex) && !formula_fault(tex, &at).n && formula_looks(tex);
    return false;
}
