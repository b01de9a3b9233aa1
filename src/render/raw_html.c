/*
 * raw_html.c -- the HTML that a note holds: a few harmless elements pass, written
 * anew; what they open is closed where their parent ends; the rest is text.
 */
#include "base/entities.h"
#include "base/utf8.h"
#include "render/html_parts.h"

typedef enum { KEEP, VOID, BLOCK, RUBY, RT, BREAK, GAP, LEAVE } Treatment;

struct Element {
    Str name;
    Treatment treatment;
    const char *as;
};

static const Element elements[] = {
#define ELEMENT(name, treatment, as) {STR_INIT(#name), treatment, as},
#include "render/element.def"
#undef ELEMENT
};

/* How many spans after <ruby> are searched for its <rt>. */
enum { RUBY_REACH = 32 };

typedef struct Tag {
    const Element *element; /* NULL: not one of ours */
    bool closing;
} Tag;

static size_t name_length(Str s)
{
    size_t n = 0;
    while (n < s.n && is_alnum(s.at[n]))
        n++;
    return n;
}

static Tag tag_read(Str s)
{
    Tag tag = {0};
    if (!str_eat(&s, STR("<")))
        return tag;
    tag.closing = str_eat(&s, STR("/"));
    Str name = str_take(s, name_length(s));
    if (name.n < s.n && (s.at[name.n] == '-' || s.at[name.n] == ':'))
        return tag;
    for (size_t i = 0; i < COUNT(elements) && !tag.element; i++)
        if (str_eq_nocase(name, elements[i].name))
            tag.element = &elements[i];
    return tag;
}

static const RawOpen *innermost(const Writer *w, const Node *parent)
{
    const RawOpen *top = w->raw_count ? &w->raw[w->raw_count - 1] : NULL;
    return top && top->parent == parent ? top : NULL;
}

static void close_one(Writer *w)
{
    buf_printf(w->out, "</%s>", w->raw[--w->raw_count].element->as);
}

void raw_leave(Writer *w, const Node *parent)
{
    while (innermost(w, parent))
        close_one(w);
}

static bool holds_rt(const Node *span)
{
    const Node *n = span ? span->next : NULL;
    for (int i = 0; n && i < RUBY_REACH; n = n->next, i++) {
        Tag tag = n->kind == NODE_HTML ? tag_read(n->text) : (Tag){0};
        if (tag.element && tag.element->treatment == RUBY)
            return false;
        if (tag.element && str_eq(tag.element->name, STR("rt")))
            return !tag.closing;
    }
    return false;
}

static bool may_open(const Writer *w, const Element *e, const Node *parent, const Node *span)
{
    const RawOpen *top = innermost(w, parent);
    if (w->raw_count == RAW_DEEPEST)
        return false;
    if (e->treatment == RT)
        return top && top->element->treatment == RUBY;
    if (e->treatment == RUBY)
        return holds_rt(span);
    bool block = e->treatment == BLOCK && parent->kind == NODE_HTML_BLOCK && !top;
    return e->treatment == KEEP || block;
}

static void open_tag(Writer *w, const Element *e, const Node *parent, const Node *span)
{
    if (!may_open(w, e, parent, span))
        return;
    writer_break(w);
    buf_printf(w->out, "<%s>", e->as);
    w->raw[w->raw_count++] = (RawOpen){e, parent};
}

/* Close the element and what is open inside it; a closer without an opener is left out. */
static void close_tag(Writer *w, const Element *e, const Node *parent)
{
    size_t at = w->raw_count;
    while (at && w->raw[at - 1].parent == parent && w->raw[at - 1].element != e)
        at--;
    if (!at || w->raw[at - 1].parent != parent)
        return;
    while (w->raw_count >= at)
        close_one(w);
}

static void put_tag(Writer *w, Tag tag, const Node *parent, const Node *span)
{
    const Element *e = tag.element;
    if (e->treatment == BREAK) {
        w->owes_break = w->visible;
    } else if (e->treatment == GAP) {
        if (w->visible)
            buf_put_char(w->out, ' ');
    } else if (e->treatment == VOID) {
        writer_show(w);
        buf_printf(w->out, "<%s/>", e->as);
    } else if (tag.closing) {
        close_tag(w, e, parent);
    } else {
        open_tag(w, e, parent, span);
    }
}

void raw_tag(Writer *w, const Node *span)
{
    Tag tag = tag_read(span->text);
    if (tag.element)
        put_tag(w, tag, span->parent, span);
    else if (!str_starts(span->text, STR("<!--")))
        writer_text(w, span->text);
}

/* The character at the front of `s`, which begins with '&': what the entity there stands for. */
static Str cut_entity(Str *s, Arena *a)
{
    Str text = str_take(*s, 1);
    size_t n = entity_read(*s, a, &text);
    *s = str_drop(*s, n ? n : 1);
    return n ? text : STR("&");
}

/* The length of the tag or comment at the front of `s`, which begins with '<'; 0: none. */
static size_t markup_length(Str s, bool *comments)
{
    if (str_starts(s, STR("<!--"))) {
        size_t end = *comments ? str_find(s, STR("-->")) : STR_NONE;
        *comments = end != STR_NONE;
        return end == STR_NONE ? 0 : end + 3;
    }
    size_t n = 1;
    while (n < s.n && s.at[n] != '<' && s.at[n] != '>')
        n++;
    return n < s.n && s.at[n] == '>' ? n + 1 : 0;
}

static bool is_preformatted(const Writer *w, const Node *block)
{
    return innermost(w, block) && w->raw[0].element->treatment == BLOCK;
}

static void put_line_end(Writer *w, const Node *block, Str after)
{
    if (is_preformatted(w, block))
        buf_put_char(w->out, '\n');
    else if (w->visible && after.n)
        writer_line_end(w, utf8_at(after, 0, NULL));
}

/* Take text without tags off the front of `s`. */
static void eat_text(Writer *w, const Node *block, Str *s)
{
    size_t n = 0;
    while (n < s->n && s->at[n] != '\n' && s->at[n] != '&' && s->at[n] != '<')
        n++;
    writer_text(w, str_take(*s, n));
    *s = str_drop(*s, n);
    if (str_eat(s, STR("\n")))
        put_line_end(w, block, *s);
    else if (str_starts(*s, STR("&")))
        writer_text(w, cut_entity(s, w->out->arena));
}

/* Take a tag, a comment, or the mark that begins neither. */
static void eat_markup(Writer *w, const Node *block, Str *s, bool *comments)
{
    size_t n = markup_length(*s, comments);
    Str markup = str_take(*s, n ? n : 1);
    Tag tag = tag_read(n ? markup : STR(""));
    if (tag.element)
        put_tag(w, tag, block, NULL);
    else if (!n || !str_starts(markup, STR("<!--")))
        writer_text(w, markup);
    *s = str_drop(*s, markup.n);
}

void raw_block(Writer *w, const Node *block)
{
    bool comments = true; /* whether one may still end */
    for (Str rest = str_trim_end(block->text); rest.n;)
        if (rest.at[0] == '<')
            eat_markup(w, block, &rest, &comments);
        else
            eat_text(w, block, &rest);
}
