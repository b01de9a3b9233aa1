/*
 * wiki.c -- see wiki.h.  A scan ends at the first bracket, so a run of them costs nothing.
 */
#include "inline/wiki.h"

#include "base/utf8.h"
#include "inline/inline.h"
#include "inline/leaf.h"
#include "inline/size.h"
#include "model/filename.h"

enum { LONGEST = 500 /* bytes between the brackets */ };

/* The length of `[[…]]` at the front of `s`; 0 for none. */
static size_t length_of(Str s)
{
    size_t i = 2;
    if (!str_starts(s, STR("[[")))
        return 0;
    while (i < s.n && i < LONGEST && !strchr("[]\n", s.at[i]))
        i++;
    bool closed = str_starts(str_drop(s, i), STR("]]"));
    return closed && i > 2 ? i + 2 : 0;
}

/* `a[[0]]`, `[[[x]]]` and `[[x]](…)` are something else. */
static bool stands_alone(const Leaf *l, size_t end)
{
    char before = l->at ? l->text.at[l->at - 1] : ' ', after = end < l->text.n ? l->text.at[end] : ' ';
    return !is_alnum(before) && !strchr("[)", before) && after != '(';
}

/* The inside of `wiki` in two; a bar in a table has a backslash before it. */
static Str cut_target(Str wiki, Str *rest)
{
    str_eat(&wiki, STR("!"));
    *rest = (Str){wiki.at + 2, wiki.n - 4};
    Str target = str_cut(rest, '|');
    return str_trim_end(str_ends(target, STR("\\")) ? str_take(target, target.n - 1) : target);
}

static bool has_any(Str s, Str marks)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find_char(marks, s.at[i]) != STR_NONE)
            return true;
    return false;
}

/* Whether there is a letter or a digit in it, of any script. */
static bool has_word(Str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t code = utf8_at(s, i, &n);
        if (!utf8_is_space(code) && !utf8_is_punct(code))
            return true;
    }
    return false;
}

/* A file can have the name, and code or a shell's test is not written so. */
static bool may_be_name(Str target)
{
    static const char code[] = "\"<>{}$=;*`", never_in_names[] = "?:";
    Str path = target;
    bool opens = target.n && !is_space(target.at[0]) && target.at[0] != '\'' && target.at[0] != '-';
    return opens && has_word(target) && !has_any(target, str_of(code))
        && !has_any(str_cut(&path, '#'), str_of(never_in_names));
}

bool wiki_is_title(Str target)
{
    Str heading = target, path = str_cut(&heading, '#');
    Str s = path.n ? filename_last(path) : heading;
    size_t letters = 0, words = 0, run = 0;
    for (size_t i = 0, n; i < s.n; i += n) {
        if (utf8_is_cjk(utf8_at(s, i, &n)))
            return true;
        run = is_alpha(s.at[i]) ? run + 1 : 0;
        letters += is_alpha(s.at[i]);
        words += run == 2;
    }
    bool capital = s.n && s.at[0] >= 'A' && s.at[0] <= 'Z';
    return (capital && letters > 1) || (words > 1 && has_any(s, STR(" ")) && !has_any(s, STR(",()&|!+")));
}

Str wiki_heading(Str fragment)
{
    Str last = fragment;
    while (fragment.n)
        last = str_cut(&fragment, '#');
    return str_starts(last, STR("^")) ? STR("") : last;
}

Str wiki_words(Str wiki, Arena *a)
{
    Str words, target = cut_target(wiki, &words);
    if (has_word(words))
        return inline_unescape(str_trim(words), a);
    Str path = str_cut(&target, '#'), heading = wiki_heading(target);
    Buf b = {.arena = a};
    buf_put(&b, filename_bare(filename_last(path)));
    buf_puts(&b, path.n && heading.n ? " › " : "");
    buf_put(&b, heading);
    return b.n ? buf_str(&b) : wiki;
}

/* Take the size off the end of what stands after the bar; the rest says what is to be seen. */
static Str picture_words(Node *picture, Str rest, Str path)
{
    Str words = size_take(rest, &picture->width, &picture->height);
    Str name = filename_last(path);
    size_t dot = name.n;
    while (dot && name.at[dot - 1] != '.')
        dot--;
    return has_word(words) ? str_trim(words) : dot ? str_take(name, dot - 1) : name;
}

bool read_wiki(Leaf *l)
{
    bool embeds = l->text.at[l->at] == '!';
    size_t n = l->all->tolerant ? length_of(str_drop(l->text, l->at + embeds)) : 0;
    if (!n || !stands_alone(l, l->at + embeds + n))
        return false;
    Arena *a = l->all->arena;
    Str wiki = {l->text.at + l->at, n + embeds}, rest, target = cut_target(wiki, &rest);
    if (!may_be_name(target) || references_find(l->all->refs, reference_label(target, a)))
        return false;
    FileKind kind = filename_kind(target);
    bool picture = embeds && (kind == FILE_PICTURE || kind == FILE_SOUND);
    Node *link = leaf_node(l, picture ? NODE_IMAGE : NODE_LINK), *text = node_new(a, NODE_TEXT, link);
    link->wiki = wiki;
    link->level = 1;
    link->target = inline_unescape(target, a);
    text->line = text->end_line = link->line;
    text->text = picture ? picture_words(link, rest, target) : wiki_is_title(target) ? wiki_words(wiki, a) : wiki;
    leaf_skip(l, l->at + wiki.n);
    return true;
}
