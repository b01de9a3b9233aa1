/*
 * mend.c -- full-width marks, and links and code with a mark too few.
 *
 * A mend is made only where the text can hardly mean anything else: marks come in
 * pairs, targets are whole addresses, code begins like code and ends before Chinese.
 */
#include "inline/mend.h"

#include "base/utf8.h"
#include "inline/autolink.h"

enum {
    LONGEST_LABEL = 200, /* bytes between full-width brackets */
    LONGEST_CODE = 60    /* bytes of code that nothing closes */
};

bool mend_wanted(const Leaf *l, RepairKind kind)
{
    return l->all->tolerant && repair_wanted(l->all->wanted, kind);
}

static Str line_rest(Str text, size_t at)
{
    Str rest = str_drop(text, at);
    return str_cut(&rest, '\n');
}

void mend_note(Leaf *l, RepairKind kind, uint32_t line, size_t at)
{
    bool shown = l->all->repairs.n < DIAGS_KEPT; /* of the others the place is never printed */
    Str rest = shown ? line_rest(l->text, at) : STR("");
    *vec_push(&l->all->repairs, l->all->arena) =
        (Repair){.kind = kind, .line = line, .rest = rest};
}

void mend_wide(Leaf *l, uint32_t line, size_t at)
{
    if (l->wide_line && l->wide_at < at)
        return;
    l->wide_line = line;
    l->wide_at = at;
}

bool read_wide_mark(Leaf *l)
{
    Str s = str_drop(l->text, l->at);
    bool star = str_starts(s, STR("＊")), tick = str_starts(s, STR("｀"));
    if ((!star && !tick) || !mend_wanted(l, REPAIR_MARKS))
        return false;
    return star ? read_wide_emphasis(l) : read_wide_code(l);
}

/* Neither `it`s` nor a lone backtick begins code. */
static bool begins_code(Str text, size_t start)
{
    if (start >= text.n || (start > 1 && is_alnum(text.at[start - 2])))
        return false;
    char c = text.at[start];
    return is_alnum(c) || str_find_char(STR("$-_./<>({[@&*:#"), c) != STR_NONE;
}

size_t mend_code_end(const Leaf *l, size_t start, size_t close)
{
    if (!mend_wanted(l, REPAIR_EMPHASIS) || !begins_code(l->text, start))
        return 0;
    if (close && str_find_char((Str){l->text.at + start, close - start}, '\n') == STR_NONE)
        return 0;
    Str s = line_rest(str_take(l->text, start + LONGEST_CODE + 1), start);
    size_t end = 0, n = 1;
    for (; end < s.n && !utf8_is_cjk(utf8_at(s, end, &n)); end += n)
        ;
    if (end > LONGEST_CODE)
        return 0;
    Str code = str_trim_end(str_take(s, end));
    while (code.n && str_find_char(STR(".,;:"), code.at[code.n - 1]) != STR_NONE)
        code.n--;
    if (!code.n)
        return 0;
    bool before_chinese = end < s.n, one_word = str_find_char(code, ' ') == STR_NONE;
    return before_chinese || (one_word && !close) ? start + code.n : 0;
}

/* The length of a bracket of either width at the front of `s`. */
static size_t bracket_length(Str s, Str narrow, Str wide)
{
    return str_starts(s, narrow) ? narrow.n : str_starts(s, wide) ? wide.n : 0;
}

/* An address in brackets of any width at the front of `s`.  Its length; 0: it is none. */
static size_t address_in_brackets(Str s, Str *address, bool *closed)
{
    size_t open = bracket_length(s, STR("("), STR("（"));
    if (!open)
        return 0;
    *address = str_take(str_drop(s, open), autolink_bare_length(str_drop(s, open)));
    if (!address->n)
        return 0;
    size_t n = open + address->n, close = bracket_length(str_drop(s, n), STR(")"), STR("）"));
    *closed = close > 0;
    return n + close;
}

/* `[1] (https://x)` is a list of sources. */
static bool is_number(Str s)
{
    while (s.n && is_digit(s.at[0]))
        s = str_drop(s, 1);
    return !s.n;
}

bool mend_target(Leaf *l, Str label, Target *t)
{
    Str s = str_drop(l->text, l->at + 1), address;
    bool spaced = str_eat(&s, STR(" ")), closed;
    if (!s.n || (s.at[0] != '(' && (unsigned char)s.at[0] < 0x80) || !mend_wanted(l, REPAIR_LINKS))
        return false;
    bool narrow = s.at[0] == '(';
    size_t n = address_in_brackets(s, &address, &closed);
    bool odd = spaced || !narrow;
    if (!n || is_number(label) || (odd && !closed))
        return false;
    *t = (Target){.target = address, .title = STR(""), .end = l->at + 1 + spaced + n};
    mend_note(l, REPAIR_LINKS, leaf_line(l), l->at);
    return true;
}

bool read_wide_bracket(Leaf *l)
{
    Str s = line_rest(str_take(l->text, l->at + LONGEST_LABEL), l->at), open = STR("【"), address;
    bool closed;
    if (!str_starts(s, open) || !mend_wanted(l, REPAIR_LINKS))
        return false;
    size_t end = str_find(s, STR("】"));
    if (end == STR_NONE || str_find(str_take(str_drop(s, open.n), end), open) < end - open.n)
        return false;
    size_t behind = l->at + end + STR("】").n;
    size_t n = address_in_brackets(str_drop(l->text, behind), &address, &closed);
    if (!n || !closed)
        return false;
    mend_note(l, REPAIR_LINKS, leaf_line(l), l->at);
    autolink_add(l, (Str){s.at + open.n, end - open.n}, address, behind + n);
    return true;
}
