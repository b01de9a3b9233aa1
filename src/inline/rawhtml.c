/*
 * rawhtml.c -- what `<` can begin: an address, a tag, a comment and its kin.
 *
 * In notes a tag counts only where it is a tag of HTML: `Map<K>` is code.  So is a tag
 * of HTML that lacks its end: `list<object>`, "what a <div> is".  The first such tag of
 * a leaf has the ends of all indexed, so none is looked for twice.
 */
#include "inline/autolink.h"
#include "inline/leaf.h"

#include <string.h>

typedef enum { SPAN, BLOCK, LONE } End;

typedef struct Element {
    Str name;
    End end;
} Element;

static const Element elements[] = {
#define ELEMENT(name, end) {STR_INIT(name), end},
#include "inline/element.def"
#undef ELEMENT
};

/* NULL: there is none of that name. */
static const Element *find_element(Str name)
{
    char lower[16];
    if (name.n > sizeof lower)
        return NULL;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = to_lower(name.at[i]);
    size_t low = 0, high = COUNT(elements);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(elements[middle].name, (Str){lower, name.n});
        if (order == 0)
            return &elements[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static size_t skip_spaces(Str s, size_t i)
{
    while (i < s.n && (is_blank(s.at[i]) || s.at[i] == '\n'))
        i++;
    return i;
}

static size_t skip_name(Str s, size_t i, const char *marks)
{
    while (i < s.n && s.at[i] && (is_alnum(s.at[i]) || strchr(marks, s.at[i])))
        i++;
    return i;
}

/* An end belongs to the last tag of its name that has none yet. */
static void index_ends(Leaf *l)
{
    Vec(size_t) open[COUNT(elements)] = {0};
    l->is_closed = arena_new(l->all->arena, bool, l->text.n);
    for (size_t i = 0; i < l->text.n; i++) {
        if (l->text.at[i] != '<')
            continue;
        bool ends = i + 1 < l->text.n && l->text.at[i + 1] == '/';
        size_t start = i + 1 + ends;
        const Element *e = find_element((Str){l->text.at + start, skip_name(l->text, start, "-") - start});
        if (!e)
            continue;
        size_t kind = (size_t)(e - elements);
        if (!ends)
            *vec_push(&open[kind], l->all->arena) = start;
        else if (open[kind].n)
            l->is_closed[open[kind].at[--open[kind].n]] = true;
    }
}

/* Whether what stands between brackets at `at`, which may be a tag, is a word of the text. */
static bool is_text(Leaf *l, Str name)
{
    const Element *e = find_element(name);
    size_t start = (size_t)(name.at - l->text.at), end = start + name.n;
    bool first = !l->at || l->text.at[l->at - 1] == '\n', bare = end < l->text.n && l->text.at[end] == '>';
    if (!e || !bare || e->end == LONE || (e->end == BLOCK && first))
        return !e;
    if (!l->is_closed)
        index_ends(l);
    return !l->is_closed[start];
}

/* The offset after the value at `i`; STR_NONE for no value. */
static size_t skip_value(Str s, size_t i)
{
    if (i < s.n && (s.at[i] == '"' || s.at[i] == '\'')) {
        size_t n = str_find_char(str_drop(s, i + 1), s.at[i]);
        return n == STR_NONE ? n : i + n + 2;
    }
    size_t start = i;
    while (i < s.n && !is_space(s.at[i]) && !(s.at[i] && strchr("\"'=<>`", s.at[i])))
        i++;
    return i == start ? STR_NONE : i;
}

bool attribute_next(Str tag, size_t *i, Str *name, Str *value)
{
    size_t at = skip_spaces(tag, *i), end;
    bool starts = at < tag.n && (is_alpha(tag.at[at]) || tag.at[at] == '_' || tag.at[at] == ':');
    bool apart = at > *i;
    *i = at;
    if (!starts || !apart)
        return false;
    *i = end = skip_name(tag, at, "_.:-");
    *name = (Str){tag.at + at, end - at};
    *value = STR("");
    size_t equals = skip_spaces(tag, end);
    if (equals == tag.n || tag.at[equals] != '=')
        return true;
    at = skip_spaces(tag, equals + 1);
    *i = end = skip_value(tag, at);
    if (end == STR_NONE)
        return false;
    bool quoted = tag.at[at] == '"' || tag.at[at] == '\'';
    *value = quoted ? (Str){tag.at + at + 1, end - at - 2} : (Str){tag.at + at, end - at};
    return true;
}

/* The offset after all attributes from `i` on, and blanks; STR_NONE where one is broken. */
static size_t skip_attributes(Str s, size_t i)
{
    Str name, value;
    while (attribute_next(s, &i, &name, &value))
        ;
    return i;
}

/* The length of the tag at `at`, which is the front of `s`; 0 for none. */
static size_t tag_length(Leaf *l, Str s)
{
    bool closes = s.n > 1 && s.at[1] == '/';
    size_t start = closes ? 2 : 1;
    if (start >= s.n || !is_alpha(s.at[start]))
        return 0;
    size_t i = skip_name(s, start, "-");
    Str name = {s.at + start, i - start};
    if (l->all->tolerant && (closes ? !find_element(name) : is_text(l, name)))
        return 0;
    i = closes ? skip_spaces(s, i) : skip_attributes(s, i);
    if (i == STR_NONE)
        return 0;
    i += !closes && i < s.n && s.at[i] == '/';
    return i < s.n && s.at[i] == '>' ? i + 1 : 0;
}

static const struct {
    Str start, end;
} marked[HTML_MARKED] = {
    [HTML_COMMENT] = {STR_INIT("<!--"), STR_INIT("-->")},
    [HTML_INSTRUCTION] = {STR_INIT("<?"), STR_INIT("?>")},
    [HTML_CDATA] = {STR_INIT("<![CDATA["), STR_INIT("]]>")},
    [HTML_DECLARATION] = {STR_INIT("<!"), STR_INIT(">")},
};

/* The length of the comment or its kin at the front of `s`; 0 for none. */
static size_t marked_length(Leaf *l, Str s)
{
    for (size_t kind = 0; kind < HTML_MARKED; kind++) {
        Str start = marked[kind].start, end = marked[kind].end;
        if (!str_starts(s, start))
            continue;
        if (kind == HTML_DECLARATION && (s.n < 3 || !is_alpha(s.at[2])))
            return 0;
        if (l->no_end[kind])
            return 0;
        /* `<!-->` and `<!--->` are whole comments. */
        size_t skip = kind == HTML_COMMENT ? 2 : start.n;
        size_t n = str_find(str_drop(s, skip), end);
        l->no_end[kind] = n == STR_NONE;
        return n == STR_NONE ? 0 : skip + n + end.n;
    }
    return 0;
}

bool read_angle(Leaf *l)
{
    if (read_autolink(l))
        return true;
    Str s = str_drop(l->text, l->at);
    size_t n = tag_length(l, s);
    if (!n)
        n = marked_length(l, s);
    if (!n)
        return false;
    if (l->all->tolerant && read_shown(l, n))
        return true;
    leaf_node(l, NODE_HTML)->text = str_take(s, n);
    leaf_skip(l, l->at + n);
    return true;
}
