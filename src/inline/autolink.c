/*
 * autolink.c -- addresses that are links by themselves: `<https://x>`, and in notes
 * also bare ones.
 *
 * A bare address ends before a blank, a bracket, a quote or Chinese, and gives back
 * the marks at its end that belong to the sentence.
 */
#include "inline/autolink.h"

#include "base/utf8.h"
#include "inline/inline.h"

#include <string.h>

enum { SHORTEST_SCHEME = 2, LONGEST_SCHEME = 32, LONGEST_DOMAIN_LABEL = 63, LONGEST_ENTITY = 33 };

void autolink_add(Leaf *l, Str text, Str target, size_t end)
{
    Arena *a = l->all->arena;
    Node *link = leaf_node(l, NODE_LINK);
    link->target = target;
    link->title = STR("");
    link->level = 1;
    Node *inside = node_new(a, NODE_TEXT, link);
    inside->line = inside->end_line = link->line;
    inside->text = text;
    leaf_skip(l, end);
}

static void add_link(Leaf *l, Str text, const char *before, size_t end)
{
    Buf b = {.arena = l->all->arena};
    buf_puts(&b, before);
    buf_put(&b, text);
    autolink_add(l, text, *before ? buf_str(&b) : text, end);
}

/* In notes `<std::string>` is no address: it takes `//`, or a scheme that does without. */
static bool is_known(Str address, size_t colon)
{
    return str_starts(str_drop(address, colon), STR("://"))
        || str_starts_nocase(address, STR("mailto:")) || str_starts_nocase(address, STR("tel:"));
}

/* The length of the address with a scheme at the front of `s`; 0 for none. */
static size_t absolute_length(Str s, bool tolerant)
{
    size_t i = 0;
    if (!s.n || !is_alpha(s.at[0]))
        return 0;
    while (i < s.n && i <= LONGEST_SCHEME
           && (is_alnum(s.at[i]) || s.at[i] == '+' || s.at[i] == '.' || s.at[i] == '-'))
        i++;
    if (i < SHORTEST_SCHEME || i > LONGEST_SCHEME || i == s.n || s.at[i] != ':')
        return 0;
    if (tolerant && !is_known(s, i))
        return 0;
    while (i < s.n && (unsigned char)s.at[i] > ' ' && s.at[i] != 0x7F && s.at[i] != '<'
           && s.at[i] != '>')
        i++;
    return i;
}

/* The length of the part of a domain at the front of `s`; 0 where it is none. */
static size_t domain_label(Str s)
{
    size_t i = 0;
    while (i < s.n && (is_alnum(s.at[i]) || s.at[i] == '-'))
        i++;
    bool valid = i && i <= LONGEST_DOMAIN_LABEL && s.at[0] != '-' && s.at[i - 1] != '-';
    return valid ? i : 0;
}

/* The length of the mail address at the front of `s`; 0 for none. */
static size_t mail_length(Str s)
{
    size_t i = 0;
    while (i < s.n && s.at[i] && (is_alnum(s.at[i]) || strchr(".!#$%&'*+/=?^_`{|}~-", s.at[i])))
        i++;
    if (i == 0 || i == s.n || s.at[i] != '@')
        return 0;
    do {
        size_t n = domain_label(str_drop(s, ++i));
        if (!n)
            return 0;
        i += n;
    } while (i < s.n && s.at[i] == '.');
    return i;
}

bool read_autolink(Leaf *l)
{
    Str s = str_drop(l->text, l->at + 1);
    size_t n = absolute_length(s, l->all->tolerant);
    const char *before = "";
    if (!n || n == s.n || s.at[n] != '>') {
        n = mail_length(s);
        before = "mailto:";
    }
    if (!n || n == s.n || s.at[n] != '>')
        return false;
    add_link(l, inline_resolve(str_take(s, n), l->all->arena), before, l->at + n + 2);
    return true;
}

static size_t bare_length(Str s)
{
    size_t i = 0;
    for (size_t n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        bool ends = code <= ' ' || code == 0x7F || (code < 0x7F && strchr("<>\"`[]|\\^*", (int)code));
        if (ends || utf8_is_space(code) || leaf_is_cjk(code))
            break;
    }
    return i;
}

/* How many bytes at the end of `s` are `;` and the entity that it closes, or `;` alone. */
static size_t entity_tail(Str s)
{
    size_t i = s.n - 1;
    while (i && s.n - i < LONGEST_ENTITY && is_alnum(s.at[i - 1]))
        i--;
    return i && s.at[i - 1] == '&' ? s.n - i + 1 : 1;
}

/* Without the marks at its end that belong to the sentence around it. */
static Str trim_marks(Str s)
{
    size_t opened = 0, closed = 0;
    for (size_t i = 0; i < s.n; i++) {
        opened += s.at[i] == '(';
        closed += s.at[i] == ')';
    }
    while (s.n) {
        char c = s.at[s.n - 1];
        if (c == ')' ? closed <= opened : !strchr("?!.,:;_~'(", c))
            break;
        closed -= c == ')';
        opened -= c == '(';
        s.n -= c == ';' ? entity_tail(s) : 1;
    }
    return s;
}

size_t autolink_bare_length(Str s)
{
    size_t scheme = str_starts_nocase(s, STR("https://")) ? 8 : str_starts_nocase(s, STR("http://")) ? 7 : 0;
    size_t n = scheme ? trim_marks(str_take(s, bare_length(s))).n : 0;
    return n > scheme ? n : 0;
}

/*
 * Make a link of the bare address that begins `back` bytes before `at`.  What it begins
 * with is looked at first, so that a long one is not read in vain.
 */
static bool add_bare(Leaf *l, size_t back, size_t least, const char *before)
{
    Str s = str_drop(l->text, l->at - back);
    if (s.n < least || !(is_alnum(s.at[least - 1]) || (unsigned char)s.at[least - 1] >= 0x80))
        return false;
    s = trim_marks(str_take(s, bare_length(s)));
    if (s.n < least)
        return false;
    l->at -= back;
    size_t end = l->at + s.n;
    add_link(l, inline_unescape(s, l->all->arena), before, end);
    return true;
}

/* Whether `word` stands right before `at`, not yet taken, and begins there. */
static bool is_behind(const Leaf *l, Str word, const char *not_after)
{
    if (l->at - l->pending < word.n)
        return false;
    size_t start = l->at - word.n;
    char before = start ? l->text.at[start - 1] : ' ';
    return !is_alnum(before) && !(before && strchr(not_after, before))
        && str_starts_nocase(str_drop(l->text, start), word);
}

static bool read_mailto(Leaf *l)
{
    Str s = str_drop(l->text, l->at + 1);
    size_t n = mail_length(s);
    if (!n || bare_length(str_take(s, n)) < n)
        return false;
    size_t end = l->at + 1 + n;
    l->at -= STR("mailto").n;
    add_link(l, (Str){l->text.at + l->at, end - l->at}, "", end);
    return true;
}

bool read_scheme(Leaf *l)
{
    if (!l->all->tolerant)
        return false;
    bool slashes = leaf_peek(l, 1) == '/' && leaf_peek(l, 2) == '/';
    if (slashes && is_behind(l, STR("https"), ""))
        return add_bare(l, 5, 9, "");
    if (slashes && is_behind(l, STR("http"), ""))
        return add_bare(l, 4, 8, "");
    return is_behind(l, STR("mailto"), "") && read_mailto(l);
}

bool read_www(Leaf *l)
{
    return l->all->tolerant && is_behind(l, STR("www"), "./-_@:=") && add_bare(l, 3, 5, "https://");
}
