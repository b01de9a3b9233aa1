/*
 * plain.c -- what tags do to the text around them, as a table.
 *
 * It is no parser: a field may hold anything, and what is wrong with it is of no
 * interest here.  Breaks and blanks wait until text follows, so none is doubled.
 */
#include "compare/plain.h"

#include "base/entities.h"
#include "base/utf8.h"

enum { MOST_NAME = 16 };

typedef struct Writer {
    Buf out;
    unsigned pre;               /* open elements in which blanks count */
    bool broken, blank, item;   /* what waits: a line feed, a blank, the mark of a list item */
    Str hidden;                 /* the element whose text is not shown */
    const char *last_end;       /* the last `>`: no tag begins behind it */
} Writer;

typedef struct Tag {
    Str name;   /* as it is written */
    Str rest;   /* attributes */
    bool closes;
} Tag;

static void tag_break(Writer *w, const Tag *t)
{
    (void)t;
    w->broken = true;
}

static void tag_item(Writer *w, const Tag *t)
{
    w->broken = true;
    w->item = !t->closes;
}

static void tag_cell(Writer *w, const Tag *t)
{
    (void)t;
    w->blank = true;
}

static void tag_pre(Writer *w, const Tag *t)
{
    w->broken = true;
    if (!t->closes)
        w->pre++;
    else if (w->pre)
        w->pre--;
}

static void tag_hidden(Writer *w, const Tag *t)
{
    if (!t->closes)
        w->hidden = t->name;
}

/* Put what waits, since text follows. */
static void settle(Writer *w)
{
    Str line = buf_str(&w->out);
    bool starts = !line.n || str_ends(line, STR("\n"));
    if (w->broken && !starts)
        buf_put_char(&w->out, '\n');
    else if (w->blank && !starts && !w->item)
        buf_put_char(&w->out, ' ');
    if (w->item)
        buf_puts(&w->out, "- ");
    w->broken = w->blank = w->item = false;
}

/* The value of `src`, quoted or not. */
static Str source_of(Str rest)
{
    size_t at = str_find(rest, STR("src="));
    if (at == STR_NONE)
        return (Str){0};
    rest = str_drop(rest, at + 4);
    char quote = rest.n ? rest.at[0] : '\0';
    if (quote != '"' && quote != '\'')
        return str_cut(&rest, ' ');
    rest = str_drop(rest, 1);
    return str_cut(&rest, quote);
}

static void tag_picture(Writer *w, const Tag *t)
{
    Str name = source_of(t->rest);
    settle(w);
    buf_put_char(&w->out, '[');
    buf_put(&w->out, str_starts_nocase(name, STR("data:")) ? STR("picture") : name);
    buf_put_char(&w->out, ']');
}

static const struct {
    const char *names; /* each between blanks */
    void (*act)(Writer *, const Tag *);
} tags[] = {
    {" br p div ul ol dl dt dd tr table h1 h2 h3 h4 h5 h6 blockquote hr section article figure"
     " figcaption details summary header footer center ", tag_break},
    {" li ", tag_item},
    {" td th ", tag_cell},
    {" pre textarea ", tag_pre},
    {" script style ", tag_hidden},
    {" img ", tag_picture},
};

static void act_on(Writer *w, const Tag *t)
{
    char key[MOST_NAME + 2] = " ";
    if (t->name.n + 2 >= sizeof key)
        return;
    for (size_t i = 0; i < t->name.n; i++)
        key[i + 1] = to_lower(t->name.at[i]);
    key[t->name.n + 1] = ' ';
    for (size_t i = 0; i < COUNT(tags); i++)
        if (str_find(str_of(tags[i].names), (Str){key, t->name.n + 2}) != STR_NONE)
            tags[i].act(w, t);
}

/*
 * The length up to the `>` that ends a tag; one in quotes does not, unless none other
 * would.  0: there is none.  A quote that nothing ends is met once for each kind of
 * quote, so the cost is linear.
 */
static size_t tag_length(Str s)
{
    char quote = '\0';
    for (size_t i = 1; i < s.n; i++) {
        if (quote)
            quote = s.at[i] == quote ? '\0' : quote;
        else if (s.at[i] == '>')
            return i + 1;
        else if (s.at[i] == '"' || s.at[i] == '\'')
            quote = s.at[i];
    }
    size_t end = str_find_char(s, '>');
    return end == STR_NONE ? 0 : end + 1;
}

static size_t comment_length(Str s)
{
    size_t end = str_find(s, STR("-->"));
    return end == STR_NONE ? s.n : end + 3;
}

static Tag read_tag(Str s)
{
    Tag t = {.rest = str_drop(s, 1)};
    t.closes = str_eat(&t.rest, STR("/"));
    size_t n = 0;
    while (n < t.rest.n && is_alnum(t.rest.at[n]))
        n++;
    t.name = str_take(t.rest, n);
    t.rest = str_drop(t.rest, n);
    return t;
}

/* The length of the tag or comment at the front of `s`; 0: it is text. */
static size_t eat_markup(Writer *w, Str s)
{
    char next = s.n > 1 ? s.at[1] : '\0';
    if (str_starts(s, STR("<!--")))
        return comment_length(s);
    bool opens = is_alpha(next) || next == '/' || next == '!' || next == '?';
    size_t n = opens && w->last_end && s.at < w->last_end ? tag_length(s) : 0;
    if (n) {
        Tag t = read_tag(str_take(s, n - 1));
        act_on(w, &t);
    }
    return n;
}

/* Where the text that is not shown ends: before `</name`. */
static size_t hidden_length(const Writer *w, Str s)
{
    for (size_t i = 0; i + w->hidden.n + 2 <= s.n; i++)
        if (s.at[i] == '<' && s.at[i + 1] == '/' && str_starts_nocase(str_drop(s, i + 2), w->hidden))
            return i;
    return s.n;
}

static void put_space(Writer *w, char c)
{
    if (!w->pre) {
        w->blank = true;
    } else {
        settle(w);
        buf_put_char(&w->out, c);
    }
}

static void put_text(Writer *w, Str text)
{
    if (str_eq(text, STR("\xC2\xA0"))) {
        put_space(w, ' ');
        return;
    }
    settle(w);
    buf_put(&w->out, text);
}

/* Take a character, or what stands for one. */
static size_t eat_character(Writer *w, Str s, Arena *a)
{
    Str value;
    size_t n = *s.at == '&' ? entity_read(s, a, &value) : 0;
    if (n) {
        put_text(w, value);
        return n;
    }
    if (is_space(*s.at)) {
        if (*s.at != '\r')
            put_space(w, *s.at);
        return 1;
    }
    utf8_at(s, 0, &n);
    put_text(w, str_take(s, n));
    return n;
}

Str plain_text(Str html, Arena *a)
{
    Writer w = {.out = {.arena = a}};
    Arena scratch = {0};
    Str rest = utf8_clean(html, &scratch);
    w.last_end = rest.n ? memrchr(rest.at, '>', rest.n) : NULL;
    while (rest.n) {
        if (w.hidden.n) {
            rest = str_drop(rest, hidden_length(&w, rest));
            w.hidden = (Str){0};
            continue;
        }
        size_t n = *rest.at == '<' ? eat_markup(&w, rest) : 0;
        rest = str_drop(rest, n ? n : eat_character(&w, rest, &scratch));
    }
    arena_free(&scratch);
    return utf8_clean(str_trim(buf_str(&w.out)), a);
}
