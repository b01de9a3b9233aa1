/*
 * epub.c -- the book as EPUB 3.3: pages where sources are rendered, and at the end
 * what binds them.
 *
 * The order of the files is fixed here: mimetype first, as the container format
 * wants it, then what a reading program opens first.
 */
#include "base/xml.h"
#include "emit/backend.h"
#include "emit/bundle.h"
#include "emit/epub/colophon.h"
#include "emit/epub/cover.h"
#include "emit/epub/groups.h"
#include "emit/epub/index.h"
#include "emit/epub/matter.h"
#include "emit/epub/nav.h"
#include "emit/epub/package.h"
#include "emit/epub/pages.h"
#include "emit/epub/selftest.h"
#include "emit/epub/words.h"

static const char xhtml[] = "application/xhtml+xml";

typedef struct Making {
    Book *book;
    Arena *arena;
    Package package;
    GroupVec groups;
    Str index; /* the document that lists the terms; empty: the book has none */
    bool math; /* a page has formulas */
} Making;

static bool has_gaps(const Making *m)
{
    return m->book->questions > m->book->answered;
}

static bool has_index(const Making *m)
{
    return m->index.n > 0;
}

static Str gaps_page(const Making *m)
{
    return matter_unanswered(m->book, m->arena);
}

static Str index_page(const Making *m)
{
    return m->index;
}

static Str last_page(const Making *m)
{
    return colophon_page(m->book, m->arena);
}

/* What follows the chapters and the self-test, in order. */
static const struct {
    Str path;
    size_t label;              /* offset in Words */
    const char *type, *guide;  /* as a landmark; NULL: it is none */
    Str feature;               /* of accessibility; may be empty */
    bool (*wanted)(const Making *m); /* NULL: always */
    Str (*make)(const Making *m);
} back_matter[] = {
    {STR_INIT("text/unanswered.xhtml"), offsetof(Words, unanswered), NULL, NULL, STR_INIT(""), has_gaps,
     gaps_page},
    {STR_INIT("text/index.xhtml"), offsetof(Words, index), "index", "index", STR_INIT("index"), has_index,
     index_page},
    {STR_INIT("text/colophon.xhtml"), offsetof(Words, colophon), "colophon", "colophon", STR_INIT(""), NULL,
     last_page},
};

static bool wants(const Making *m, size_t row)
{
    return !back_matter[row].wanted || back_matter[row].wanted(m);
}

static Str label_of(const Making *m, size_t row)
{
    return *(const Str *)((const char *)words_of(m->book) + back_matter[row].label);
}

static Item *add_packed(Making *m, Str path, const char *type, const char *properties, Packed packed)
{
    Item *item = vec_push(&m->package.items, m->arena);
    *item = (Item){path, type, properties, packed, NULL};
    return item;
}

static void add(Making *m, Str path, const char *type, const char *properties, Packing packing,
                Str bytes)
{
    const Book *b = m->book;
    add_packed(m, path, type, properties, pack_again(bytes, packing, b->earlier, b->spool, b->threads, m->arena));
}

static void read_on(Making *m, Str path)
{
    *vec_push(&m->package.spine, m->arena) = path;
}

static Str path_of(Making *m, const char *folder, Str name)
{
    Buf b = {.arena = m->arena};
    buf_puts(&b, folder);
    buf_put(&b, name);
    return buf_str(&b);
}

static bool add_document(Making *m, Str path, Str bytes)
{
    add(m, path, xhtml, NULL, m->book->packing, bytes);
    return xml_check(bytes, path, &m->book->diags);
}

static void mark(Making *m, const char *type, const char *guide, Str path, Str label)
{
    if (type)
        *vec_push(&m->package.landmarks, m->arena) = (Landmark){type, guide, path, label};
}

static void mark_places(Making *m, Str start)
{
    const Words *w = words_of(m->book);
    mark(m, "cover", "cover", STR("text/cover.xhtml"), w->cover);
    mark(m, "titlepage", "title-page", STR("text/title.xhtml"), w->title_page);
    mark(m, "toc", "toc", STR("nav.xhtml"), w->contents);
    mark(m, "bodymatter", "text", start, w->text);
    for (size_t i = 0; i < COUNT(back_matter); i++)
        if (wants(m, i))
            mark(m, back_matter[i].type, back_matter[i].guide, back_matter[i].path, label_of(m, i));
}

static bool add_contents(Making *m)
{
    Book *b = m->book;
    Str nav, ncx;
    NavItems items = nav_items(b, &m->groups, m->arena);
    mark_places(m, items.at[0].target);
    nav_add_tests(&items, b, m->arena);
    for (size_t i = 0; i < COUNT(back_matter); i++)
        if (wants(m, i))
            nav_add(&items, 1, label_of(m, i), back_matter[i].path, m->arena);
    if (!nav_write(b, &items, &m->package.landmarks, m->arena, &nav, &b->diags)
        || !ncx_write(b, &items, m->package.uid, m->arena, &ncx, &b->diags))
        return false;
    add(m, STR("nav.xhtml"), xhtml, "nav", b->packing, nav);
    add(m, STR("toc.ncx"), "application/x-dtbncx+xml", NULL, b->packing, ncx);
    return xml_check(nav, STR("nav.xhtml"), &b->diags) && xml_check(ncx, STR("toc.ncx"), &b->diags);
}

static void add_media(Making *m, const Cover *cover)
{
    bool drawn = str_ends(cover->name, STR(".svg"));
    m->package.cover = cover->png.n ? STR("images/" COVER_PNG) : path_of(m, "images/", cover->name);
    if (cover->png.n)
        add(m, m->package.cover, "image/png", "cover-image", PACK_STORE, cover->png);
    else
        add(m, m->package.cover, cover->type.at, "cover-image", drawn ? m->book->packing : PACK_STORE, cover->bytes);
    for (size_t i = 0; i < m->book->media.n; i++) {
        const Media *media = &m->book->media.at[i];
        bool sound = str_starts(media->type, STR("audio/"));
        if (!media->card_only)
            add(m, path_of(m, sound ? "sounds/" : "images/", media->name), str_copy(m->arena, media->type).at,
                NULL, media_packing(media, m->book->packing), media->bytes);
    }
}

/* A page that failed its check has nothing packed; its source says why. */
static bool add_made(Making *m, Str name, Document *document)
{
    Str path = path_of(m, "text/", name);
    if (!document->packed.size) {
        diag(&m->book->diags, D_SELF_CHECK, (Place){.file = name}, "the page was not made");
        return false;
    }
    add_packed(m, path, xhtml, document->math ? "mathml" : NULL, document->packed)->keeper = &document->kept;
    read_on(m, path);
    m->package.wordless = m->package.wordless || document->wordless;
    m->math = m->math || document->math;
    return true;
}

static bool add_group(Making *m, const Group *group)
{
    if (!group->made)
        return true;
    read_on(m, group->path);
    return add_document(m, group->path, group_page(m->book, group, m->arena));
}

static bool add_pages(Making *m)
{
    for (size_t i = 0, g = 0; i < m->book->source_count; i++) {
        Source *s = &m->book->sources[i];
        if (g < m->groups.n && m->groups.at[g].first == i && !add_group(m, &m->groups.at[g++]))
            return false;
        for (size_t p = 0; p < s->pages.n; p++)
            if (!add_made(m, s->pages.at[p].name, &s->pages.at[p].document))
                return false;
    }
    return true;
}

/* The answers of a page follow its questions, so that turning on leads to them too. */
static bool add_test(Making *m, Page *page)
{
    return !selftest_has(page) || (add_made(m, selftest_name(page, 'z', m->arena), &page->asked)
                                   && add_made(m, selftest_name(page, 'a', m->arena), &page->answers));
}

static bool add_tests(Making *m)
{
    for (size_t i = 0; i < m->book->source_count; i++)
        for (size_t p = 0; p < m->book->sources[i].pages.n; p++)
            if (!add_test(m, &m->book->sources[i].pages.at[p]))
                return false;
    return true;
}

static bool add_back_matter(Making *m)
{
    for (size_t i = 0; i < COUNT(back_matter); i++) {
        if (!wants(m, i))
            continue;
        read_on(m, back_matter[i].path);
        if (back_matter[i].feature.n)
            *vec_push(&m->package.features, m->arena) = back_matter[i].feature;
        if (!add_document(m, back_matter[i].path, back_matter[i].make(m)))
            return false;
    }
    return true;
}

static bool add_text(Making *m, const Cover *cover)
{
    Str cover_path = STR("text/cover.xhtml"), title = STR("text/title.xhtml");
    if (!add_document(m, cover_path, cover_page(m->book, cover, m->arena))
        || !add_document(m, title, matter_title_page(m->book, m->arena)))
        return false;
    read_on(m, cover_path);
    read_on(m, title);
    read_on(m, STR("nav.xhtml"));
    if (!add_pages(m) || !add_tests(m))
        return false;
    if (m->math)
        *vec_push(&m->package.features, m->arena) = STR("MathML");
    return add_back_matter(m);
}

static void bundle_items(const Making *m, Bundle *bundle)
{
    for (size_t i = 0; i < m->package.items.n; i++) {
        const Item *item = &m->package.items.at[i];
        Buf path = {.arena = m->arena};
        buf_puts(&path, "EPUB/");
        buf_put(&path, item->path);
        bundle_add(bundle, buf_str(&path).at, item->packed)->keeper = item->keeper;
    }
}

static bool bind(Making *m, Str *bytes)
{
    Diags *d = &m->book->diags;
    Bundle bundle = {.arena = m->arena, .threads = m->book->threads, .earlier = m->book->earlier,
                     .spool = m->book->spool};
    Str container, package;
    if (!package_container(m->arena, &container, d) || !xml_check(container, STR("container.xml"), d)
        || !package_write(&m->package, m->book, m->arena, &package, d)
        || !xml_check(package, STR("package.opf"), d))
        return false;
    bundle_add(&bundle, "mimetype", pack(STR("application/epub+zip"), PACK_STORE, 1, m->arena));
    bundle_add(&bundle, "META-INF/container.xml", pack(container, m->book->packing, 1, m->arena));
    bundle_add(&bundle, "EPUB/package.opf",
               pack(package, m->book->packing, m->book->threads, m->arena));
    bundle_items(m, &bundle);
    return bundle_zip(&bundle, bytes, d);
}

static bool has_pages(const Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        if (b->sources[i].pages.n)
            return true;
    return false;
}

static bool make(Book *b, Str *bytes)
{
    *bytes = STR("");
    if (!has_pages(b))
        return true;
    Making m = {.book = b, .arena = &b->arena};
    m.groups = groups_of(b, m.arena);
    m.package.uid = package_identifier(b, m.arena);
    m.index = index_make(b, m.arena);
    Cover cover = {0};
    if (!cover_make(b, m.arena, &cover) || !add_contents(&m))
        return false;
    add(&m, STR("css/book.css"), "text/css", NULL, b->packing, b->style.book);
    add_media(&m, &cover);
    return add_text(&m, &cover) && bind(&m, bytes);
}

const Backend backend_epub = {
    .name = "epub",
    .suffix = ".epub",
    .prepare = xml_prepare,
    .page = pages_make,
    .make = make,
};
