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
#include "emit/epub/cover.h"
#include "emit/epub/matter.h"
#include "emit/epub/nav.h"
#include "emit/epub/package.h"
#include "emit/epub/pages.h"

static const char xhtml[] = "application/xhtml+xml";

typedef struct Making {
    Book *book;
    Arena *arena;
    Package package;
    NavItems nav;
    bool missing; /* questions are still to be answered */
} Making;

static void add_packed(Making *m, Str path, const char *type, const char *properties, Packed packed)
{
    Item *item = vec_push(&m->package.items, m->arena);
    *item = (Item){path, type, properties, packed};
}

static void add(Making *m, Str path, const char *type, const char *properties, Packing packing,
                Str bytes)
{
    add_packed(m, path, type, properties, pack(bytes, packing, m->book->threads, m->arena));
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
    add(m, path, xhtml, NULL, PACK_DEFLATE, bytes);
    return xml_check(bytes, path, &m->book->diags);
}

static bool add_contents(Making *m)
{
    Book *b = m->book;
    Str nav, ncx;
    m->nav = nav_items(b, m->missing, m->arena);
    if (!nav_write(b, &m->nav, m->arena, &nav, &b->diags)
        || !ncx_write(b, &m->nav, m->package.uid, m->arena, &ncx, &b->diags))
        return false;
    add(m, STR("nav.xhtml"), xhtml, "nav", PACK_DEFLATE, nav);
    add(m, STR("toc.ncx"), "application/x-dtbncx+xml", NULL, PACK_DEFLATE, ncx);
    return xml_check(nav, STR("nav.xhtml"), &b->diags) && xml_check(ncx, STR("toc.ncx"), &b->diags);
}

static void add_media(Making *m, const Cover *cover)
{
    bool drawn = str_ends(cover->name, STR(".svg"));
    m->package.cover = path_of(m, "images/", cover->name);
    add(m, m->package.cover, cover->type.at, "cover-image", drawn ? PACK_DEFLATE : PACK_STORE,
        cover->bytes);
    for (size_t i = 0; i < m->book->media.n; i++) {
        const Media *media = &m->book->media.at[i];
        bool sound = str_starts(media->type, STR("audio/")), markup = str_ends(media->type, STR("xml"));
        if (!media->card_only)
            add(m, path_of(m, sound ? "sounds/" : "images/", media->name), str_copy(m->arena, media->type).at,
                NULL, markup ? PACK_DEFLATE : PACK_STORE, media->bytes);
    }
}

/* A page that failed its check has nothing packed; its source says why. */
static bool add_page(Making *m, const Page *page)
{
    Str path = path_of(m, "text/", page->name);
    if (!page->packed.size) {
        diag(&m->book->diags, D_SELF_CHECK, (Place){.file = page->name}, "the page was not made");
        return false;
    }
    add_packed(m, path, xhtml, page->math ? "mathml" : NULL, page->packed);
    read_on(m, path);
    if (!m->package.start.n)
        m->package.start = path;
    return true;
}

static bool add_pages(Making *m)
{
    for (size_t i = 0; i < m->book->source_count; i++) {
        const Source *s = &m->book->sources[i];
        for (size_t p = 0; p < s->pages.n; p++)
            if (!add_page(m, &s->pages.at[p]))
                return false;
    }
    return true;
}

static bool add_text(Making *m, const Cover *cover)
{
    Str cover_path = STR("text/cover.xhtml"), title = STR("text/title.xhtml"),
        missing = STR("text/unanswered.xhtml");
    if (!add_document(m, cover_path, cover_page(m->book, cover, m->arena))
        || !add_document(m, title, matter_title_page(m->book, m->arena)))
        return false;
    read_on(m, cover_path);
    read_on(m, title);
    read_on(m, STR("nav.xhtml"));
    if (!add_pages(m))
        return false;
    if (!m->missing)
        return true;
    read_on(m, missing);
    return add_document(m, missing, matter_unanswered(m->book, m->arena));
}

static void bundle_items(const Making *m, Bundle *bundle)
{
    for (size_t i = 0; i < m->package.items.n; i++) {
        const Item *item = &m->package.items.at[i];
        Buf path = {.arena = m->arena};
        buf_puts(&path, "EPUB/");
        buf_put(&path, item->path);
        bundle_add(bundle, buf_str(&path).at, item->packed);
    }
}

static bool bind(Making *m, Str *bytes)
{
    Diags *d = &m->book->diags;
    Bundle bundle = {.arena = m->arena};
    Str container, package;
    if (!package_container(m->arena, &container, d) || !xml_check(container, STR("container.xml"), d)
        || !package_write(&m->package, m->book, m->arena, &package, d)
        || !xml_check(package, STR("package.opf"), d))
        return false;
    bundle_add(&bundle, "mimetype", pack(STR("application/epub+zip"), PACK_STORE, 1, m->arena));
    bundle_add(&bundle, "META-INF/container.xml", pack(container, PACK_DEFLATE, 1, m->arena));
    bundle_add(&bundle, "EPUB/package.opf",
               pack(package, PACK_DEFLATE, m->book->threads, m->arena));
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
    Making m = {.book = b, .arena = &b->arena, .missing = b->questions > b->answered};
    m.package.uid = package_identifier(b, m.arena);
    Cover cover;
    if (!cover_make(b, m.arena, &cover) || !add_contents(&m))
        return false;
    add(&m, STR("css/book.css"), "text/css", NULL, PACK_DEFLATE, b->style.book);
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
