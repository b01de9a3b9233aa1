/*
 * nav.c -- the outline of the book once, and its two written forms.
 */
#include "emit/epub/nav.h"

#include "base/xml.h"
#include "emit/epub/selftest.h"
#include "emit/epub/words.h"

void nav_add(NavItems *items, unsigned depth, Str label, Str target, Arena *a)
{
    *vec_push(items, a) = (NavItem){depth, label, target};
}

static Str target_of(const Page *page, Str anchor, Arena *a)
{
    Buf b = {.arena = a};
    buf_printf(&b, "text/%.*s%s%.*s", STR_ARG(page->name), anchor.n ? "#" : "", STR_ARG(anchor));
    return buf_str(&b);
}

static void add_questions(NavItems *items, unsigned depth, const Source *s, const Page *page,
                          const Words *w, Arena *a)
{
    for (size_t i = page->first; i < page->last; i++) {
        const Entry *e = &s->entries.at[i];
        if (e->kind == ENTRY_QUESTION)
            nav_add(items, depth, words_label(w, e->number, e->plain_title, a),
                    target_of(page, e->anchor, a), a);
    }
}

/* The pages of `s`, which lies in `group`, or in none: a chapter that the group leads to is that. */
static void add_pages(NavItems *items, const Group *group, const Source *s, bool questions,
                      const Words *w, Arena *a)
{
    unsigned depth = 1;
    for (size_t p = 0; p < s->pages.n; p++) {
        const Page *page = &s->pages.at[p];
        Str target = target_of(page, STR(""), a);
        if (!page->piece) {
            bool led_to = group && str_eq(group->path, target);
            depth = (group ? 2U : 1U) + !led_to;
            if (!led_to)
                nav_add(items, depth - 1, words_label(w, STR(""), page->title, a), target, a);
        }
        if (questions)
            add_questions(items, depth, s, page, w, a);
    }
}

NavItems nav_items(const Book *b, const GroupVec *groups, Arena *a)
{
    NavItems items = {0};
    const Words *w = words_of(b);
    for (size_t i = 0, g = 0; i < b->source_count; i++) {
        while (g < groups->n && groups->at[g].last <= i)
            g++;
        const Group *group = g < groups->n && groups->at[g].first <= i ? &groups->at[g] : NULL;
        if (group && group->first == i)
            nav_add(&items, 1, words_label(w, STR(""), group->title, a), group->path, a);
        add_pages(&items, group, &b->sources[i], b->questions <= NAV_QUESTIONS, w, a);
    }
    return items;
}

void nav_add_tests(NavItems *items, const Book *b, Arena *a)
{
    const Words *w = words_of(b);
    const Page *last = NULL;
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t p = 0; p < b->sources[i].pages.n; p++) {
            const Page *page = &b->sources[i].pages.at[p], *chapter = page - page->piece;
            if (!selftest_has(page) || chapter == last)
                continue;
            Page test = {.name = selftest_name(page, 'z', a)};
            Str target = target_of(&test, STR(""), a);
            if (!last)
                nav_add(items, 1, w->self_test, target, a);
            nav_add(items, 2, words_label(w, STR(""), page->title, a), target, a);
            last = chapter;
        }
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
        xml_start(x, "a");
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

static void write_landmark(XmlWriter *x, const Landmark *landmark)
{
    xml_start(x, "li");
    xml_start(x, "a");
    xml_attribute(x, "epub:type", str_of(landmark->type));
    xml_attribute(x, "href", landmark->path);
    xml_text(x, landmark->label);
    xml_end(x);
    xml_end(x);
}

/* Some programs print what is only `hidden`; the class hides it from them too. */
static void write_landmarks(XmlWriter *x, const LandmarkVec *landmarks, const Words *w)
{
    xml_start(x, "nav");
    xml_attribute(x, "epub:type", STR("landmarks"));
    xml_attribute(x, "aria-label", w->contents);
    xml_attribute(x, "class", STR("hid"));
    xml_attribute(x, "hidden", STR("hidden"));
    xml_start(x, "ol");
    for (size_t i = 0; i < landmarks->n; i++)
        write_landmark(x, &landmarks->at[i]);
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

bool nav_write(const Book *b, const NavItems *items, const LandmarkVec *landmarks, Arena *a, Str *bytes,
               Diags *d)
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
    write_landmarks(&x, landmarks, w);
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
    unsigned open = 0;
    for (size_t i = 0; i < items->n; i++) {
        const NavItem *item = &items->at[i];
        if (item->depth > NCX_DEPTH)
            continue;
        for (; open >= item->depth; open--)
            xml_end(x);
        snprintf(id, sizeof id, "n%zu", i + 1);
        xml_start(x, "navPoint");
        xml_attribute(x, "id", str_of(id));
        write_label(x, "navLabel", item->label);
        xml_start(x, "content");
        xml_attribute(x, "src", item->target);
        xml_end(x);
        open++;
    }
    for (; open; open--)
        xml_end(x);
}

static unsigned deepest(const NavItems *items)
{
    unsigned depth = 1;
    for (size_t i = 0; i < items->n; i++)
        if (items->at[i].depth > depth)
            depth = items->at[i].depth;
    return depth < NCX_DEPTH ? depth : NCX_DEPTH;
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
