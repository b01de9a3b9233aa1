/*
 * nav.c -- the outline of the book once, and its two written forms.
 */
#include "emit/epub/nav.h"

#include "base/xml.h"
#include "emit/epub/words.h"

static void add(NavItems *items, unsigned depth, Str label, Str target, Arena *a)
{
    *vec_push(items, a) = (NavItem){depth, label, target};
}

static Str target_of(const Page *page, Str anchor, Arena *a)
{
    Buf b = {.arena = a};
    buf_printf(&b, "text/%.*s%s%.*s", STR_ARG(page->name), anchor.n ? "#" : "", STR_ARG(anchor));
    return buf_str(&b);
}

/* "b/c/note.md" lies in "b › c". */
static Str folder_of(const Source *s, Arena *a)
{
    Buf b = {.arena = a};
    for (Str rest = s->name; str_find_char(rest, '/') != STR_NONE;) {
        buf_puts(&b, b.n ? " › " : "");
        buf_put(&b, str_cut(&rest, '/'));
    }
    return buf_str(&b);
}

/* What the pages of `s` stand under: its folder and, of several pages, its title. */
static Str group_of(const Source *s, Arena *a)
{
    Str folder = folder_of(s, a);
    if (s->pages.n < 2)
        return folder;
    Buf b = {.arena = a};
    buf_put(&b, folder);
    buf_puts(&b, folder.n ? " › " : "");
    buf_put(&b, s->title);
    return buf_str(&b);
}

static void add_questions(NavItems *items, unsigned depth, const Source *s, const Page *page,
                          const Words *w, Arena *a)
{
    for (size_t i = page->first; i < page->last; i++) {
        const Entry *e = &s->entries.at[i];
        if (e->kind == ENTRY_QUESTION)
            add(items, depth, words_label(w, e->number, e->plain_title, a),
                target_of(page, e->anchor, a), a);
    }
}

/* A page that bears the name of its whole file is what the group itself leads to. */
static bool stands_for_file(const Source *s, const Page *page)
{
    return s->pages.n > 1 && page == s->pages.at && str_eq(page->title, s->title);
}

static void add_pages(NavItems *items, bool grouped, const Source *s, bool questions,
                      const Words *w, Arena *a)
{
    for (size_t p = 0; p < s->pages.n; p++) {
        const Page *page = &s->pages.at[p];
        unsigned depth = grouped ? 2 : 1;
        Str target = target_of(page, STR(""), a);
        if (grouped && stands_for_file(s, page))
            items->at[items->n - 1].target = target;
        else
            add(items, depth++, words_label(w, STR(""), page->title, a), target, a);
        if (questions)
            add_questions(items, depth, s, page, w, a);
    }
}

NavItems nav_items(const Book *b, bool missing, Arena *a)
{
    NavItems items = {0};
    const Words *w = words_of(b);
    Str group = STR("");
    for (size_t i = 0; i < b->source_count; i++) {
        const Source *s = &b->sources[i];
        if (!s->pages.n)
            continue;
        Str next = group_of(s, a);
        if (next.n && (s->pages.n > 1 || !str_eq(next, group)))
            add(&items, 1, words_label(w, STR(""), next, a), STR(""), a);
        group = next;
        add_pages(&items, group.n > 0, s, b->questions <= NAV_QUESTIONS, w, a);
    }
    if (missing)
        add(&items, 1, w->unanswered, STR("text/unanswered.xhtml"), a);
    return items;
}

static unsigned depth_after(const NavItems *items, size_t i)
{
    return i + 1 < items->n ? items->at[i + 1].depth : 1;
}

static void write_list(XmlWriter *x, const NavItems *items)
{
    xml_start(x, "ol");
    for (size_t i = 0; i < items->n; i++) {
        const NavItem *item = &items->at[i];
        unsigned next = depth_after(items, i);
        xml_start(x, "li");
        xml_start(x, item->target.n ? "a" : "span");
        if (item->target.n)
            xml_attribute(x, "href", item->target);
        xml_text(x, item->label);
        xml_end(x);
        if (next > item->depth) {
            xml_start(x, "ol");
            continue;
        }
        xml_end(x);
        for (unsigned depth = item->depth; depth > next; depth--) {
            xml_end(x); /* ol */
            xml_end(x); /* the li that it lies in */
        }
    }
    xml_end(x);
}

static void write_landmark(XmlWriter *x, const char *type, Str target, Str label)
{
    xml_start(x, "li");
    xml_start(x, "a");
    xml_attribute(x, "epub:type", str_of(type));
    xml_attribute(x, "href", target);
    xml_text(x, label);
    xml_end(x);
    xml_end(x);
}

/* The first place with a target: where the text begins. */
static Str first_target(const NavItems *items, size_t from)
{
    while (from < items->n && !items->at[from].target.n)
        from++;
    return from < items->n ? items->at[from].target : STR("nav.xhtml");
}

/* Some programs print what is only `hidden`; the class hides it from them too. */
static void write_landmarks(XmlWriter *x, const NavItems *items, const Words *w)
{
    xml_start(x, "nav");
    xml_attribute(x, "epub:type", STR("landmarks"));
    xml_attribute(x, "aria-label", w->contents);
    xml_attribute(x, "class", STR("hid"));
    xml_attribute(x, "hidden", STR("hidden"));
    xml_start(x, "ol");
    write_landmark(x, "cover", STR("text/cover.xhtml"), w->cover);
    write_landmark(x, "toc", STR("nav.xhtml#toc"), w->contents);
    write_landmark(x, "bodymatter", first_target(items, 0), w->text);
    xml_end(x);
    xml_end(x);
}

static void write_head(XmlWriter *x, Str title)
{
    xml_start(x, "head");
    xml_start(x, "meta");
    xml_attribute(x, "charset", STR("UTF-8"));
    xml_end(x);
    xml_leaf(x, "title", title);
    xml_start(x, "link");
    xml_attribute(x, "rel", STR("stylesheet"));
    xml_attribute(x, "type", STR("text/css"));
    xml_attribute(x, "href", STR("css/book.css"));
    xml_end(x);
    xml_end(x);
}

bool nav_write(const Book *b, const NavItems *items, Arena *a, Str *bytes, Diags *d)
{
    const Words *w = words_of(b);
    XmlWriter x;
    xml_open(&x, true, a);
    xml_start(&x, "html");
    xml_attribute(&x, "xmlns", STR("http://www.w3.org/1999/xhtml"));
    xml_attribute(&x, "xmlns:epub", STR("http://www.idpf.org/2007/ops"));
    xml_attribute(&x, "lang", b->config.language);
    xml_attribute(&x, "xml:lang", b->config.language);
    write_head(&x, w->contents);
    xml_start(&x, "body");
    xml_attribute(&x, "epub:type", STR("frontmatter"));
    xml_start(&x, "nav");
    xml_attribute(&x, "epub:type", STR("toc"));
    xml_attribute(&x, "role", STR("doc-toc"));
    xml_attribute(&x, "id", STR("toc"));
    xml_attribute(&x, "aria-labelledby", STR("t-toc"));
    xml_start(&x, "h1");
    xml_attribute(&x, "id", STR("t-toc"));
    xml_text(&x, w->contents);
    xml_end(&x);
    write_list(&x, items);
    xml_end(&x);
    write_landmarks(&x, items, w);
    return xml_close(&x, STR("nav.xhtml"), a, bytes, d);
}

static void write_meta(XmlWriter *x, const char *name, Str content)
{
    xml_start(x, "meta");
    xml_attribute(x, "name", str_of(name));
    xml_attribute(x, "content", content);
    xml_end(x);
}

static void write_label(XmlWriter *x, const char *element, Str label)
{
    xml_start(x, element);
    xml_leaf(x, "text", label);
    xml_end(x);
}

/* Without playOrder, which the order of the points says already. */
static void write_points(XmlWriter *x, const NavItems *items)
{
    char id[32];
    for (size_t i = 0; i < items->n; i++) {
        const NavItem *item = &items->at[i];
        unsigned next = depth_after(items, i);
        snprintf(id, sizeof id, "n%zu", i + 1);
        xml_start(x, "navPoint");
        xml_attribute(x, "id", str_of(id));
        write_label(x, "navLabel", item->label);
        xml_start(x, "content");
        xml_attribute(x, "src", first_target(items, i));
        xml_end(x);
        for (unsigned depth = item->depth + 1; depth > next; depth--)
            xml_end(x);
    }
}

static unsigned deepest(const NavItems *items)
{
    unsigned depth = 1;
    for (size_t i = 0; i < items->n; i++)
        if (items->at[i].depth > depth)
            depth = items->at[i].depth;
    return depth;
}

bool ncx_write(const Book *b, const NavItems *items, Str uid, Arena *a, Str *bytes, Diags *d)
{
    char depth[16];
    snprintf(depth, sizeof depth, "%u", deepest(items));
    XmlWriter x;
    xml_open(&x, false, a);
    xml_start(&x, "ncx");
    xml_attribute(&x, "xmlns", STR("http://www.daisy.org/z3986/2005/ncx/"));
    xml_attribute(&x, "version", STR("2005-1"));
    xml_attribute(&x, "xml:lang", b->config.language);
    xml_start(&x, "head");
    write_meta(&x, "dtb:uid", uid);
    write_meta(&x, "dtb:depth", str_of(depth));
    write_meta(&x, "dtb:totalPageCount", STR("0"));
    write_meta(&x, "dtb:maxPageNumber", STR("0"));
    xml_end(&x);
    write_label(&x, "docTitle", words_label(words_of(b), STR(""), b->config.title, a));
    xml_start(&x, "navMap");
    write_points(&x, items);
    xml_end(&x);
    return xml_close(&x, STR("toc.ncx"), a, bytes, d);
}
