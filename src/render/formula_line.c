/*
 * formula_line.c -- a formula turns before a relation, or else before a plus or minus,
 * outside all brackets.
 */
#include "render/formula_line.h"

enum { ROOM = 72 }; /* bytes of TeX that a telephone has room for */

static const Str relations[] = {
    STR_INIT("="), STR_INIT("<"), STR_INIT(">"), STR_INIT("\\le"), STR_INIT("\\leq"), STR_INIT("\\ge"),
    STR_INIT("\\geq"), STR_INIT("\\ne"), STR_INIT("\\neq"), STR_INIT("\\approx"), STR_INIT("\\equiv"),
    STR_INIT("\\sim"), STR_INIT("\\propto"), STR_INIT("\\in"), STR_INIT("\\subset"), STR_INIT("\\subseteq"),
    STR_INIT("\\to"), STR_INIT("\\rightarrow"), STR_INIT("\\mapsto"), STR_INIT("\\Rightarrow"),
    STR_INIT("\\implies"), STR_INIT("\\iff"), STR_INIT("\\Leftrightarrow"),
};

static const Str signs[] = {STR_INIT("+"), STR_INIT("-"), STR_INIT("\\pm"), STR_INIT("\\cup"), STR_INIT("\\lor")};
static const Str gaps[] = {STR_INIT("\\quad"), STR_INIT("\\qquad")};

static const Str opening[] = {STR_INIT("{"), STR_INIT("("), STR_INIT("["), STR_INIT("\\{"), STR_INIT("\\left")};
static const Str closing[] = {STR_INIT("}"), STR_INIT(")"), STR_INIT("]"), STR_INIT("\\}"), STR_INIT("\\right")};

/* What belongs to what follows it. */
static const Str binding[] = {STR_INIT("^"), STR_INIT("_"), STR_INIT(":"), STR_INIT("!"), STR_INIT("\\not")};

/* What has lines of its own, or holds for all that stands beside it. */
static const Str whole[] = {
    STR_INIT("&"), STR_INIT("\\\\"), STR_INIT("\\begin"), STR_INIT("\\over"), STR_INIT("\\choose"),
    STR_INIT("\\brack"), STR_INIT("\\brace"), STR_INIT("\\above"), STR_INIT("\\atop"), STR_INIT("\\tag"), STR_INIT("\\color"), STR_INIT("\\bf"), STR_INIT("\\rm"),
    STR_INIT("\\it"), STR_INIT("\\tt"), STR_INIT("\\sf"), STR_INIT("\\cal"), STR_INIT("\\tiny"),
    STR_INIT("\\small"), STR_INIT("\\large"), STR_INIT("\\Large"), STR_INIT("\\LARGE"), STR_INIT("\\huge"),
    STR_INIT("\\Huge"), STR_INIT("\\displaystyle"), STR_INIT("\\textstyle"), STR_INIT("\\scriptstyle"),
    STR_INIT("|"),
};

#define IS_ONE_OF(token, table) is_one_of(token, table, COUNT(table))

static bool is_one_of(Str token, const Str *table, size_t n)
{
    while (n && !str_eq(token, table[n - 1]))
        n--;
    return n > 0;
}

/* A command, or a byte. */
static size_t token_length(Str s)
{
    size_t n = 1;
    if (s.at[0] != '\\' || s.n == 1)
        return n;
    while (n < s.n && is_alpha(s.at[n]))
        n++;
    return n == 1 ? 2 : n;
}

bool formula_turns(Str tex)
{
    if (tex.n <= ROOM)
        return false;
    for (size_t n; tex.n; tex = str_drop(tex, n)) {
        n = token_length(tex);
        if (IS_ONE_OF(str_take(tex, n), whole))
            return false;
    }
    return true;
}

/* Where the line may end, as far as it was read. */
typedef struct Turn {
    size_t depth;
    size_t strong, weak; /* 0: not yet */
    Str before;          /* the last token that is no blank */
} Turn;

static void pass(Turn *t, Str token, size_t at)
{
    bool relation = IS_ONE_OF(token, relations) || IS_ONE_OF(token, gaps), sign = IS_ONE_OF(token, signs);
    bool free = !t->depth && t->before.n && !IS_ONE_OF(t->before, binding) && !IS_ONE_OF(t->before, relations)
        && !IS_ONE_OF(t->before, signs);
    if (free && relation)
        t->strong = at;
    else if (free && sign)
        t->weak = at;
    t->depth += IS_ONE_OF(token, opening);
    t->depth -= IS_ONE_OF(token, closing) && t->depth;
    if (!is_space(token.at[0]))
        t->before = token;
}

/* The bracket after \left and \right is part of them. */
static size_t with_delimiter(Str s, size_t n)
{
    Str token = str_take(s, n);
    if (!str_eq(token, STR("\\left")) && !str_eq(token, STR("\\right")))
        return n;
    while (n < s.n && is_space(s.at[n]))
        n++;
    return n < s.n ? n + token_length(str_drop(s, n)) : n;
}

static size_t line_length(Str tex)
{
    Turn t = {0};
    for (size_t i = 0, n; i < tex.n; i += n) {
        Str rest = str_drop(tex, i);
        n = token_length(rest);
        pass(&t, str_take(rest, n), i);
        n = with_delimiter(rest, n);
        if (i + n > ROOM && (t.strong || t.weak))
            return t.strong * 3 >= ROOM || !t.weak ? t.strong : t.weak;
    }
    return tex.n;
}

Str formula_cut_line(Str *tex)
{
    size_t n = tex->n > ROOM ? line_length(*tex) : tex->n;
    Str line = str_trim(str_take(*tex, n));
    *tex = str_trim(str_drop(*tex, n));
    for (size_t gap; tex->n && (gap = token_length(*tex), IS_ONE_OF(str_take(*tex, gap), gaps));)
        *tex = str_trim(str_drop(*tex, gap));
    return line;
}
