/*
 * package.c -- EPUB 3.3 metadata, manifest and spine, with the guide of EPUB 2.
 */
#include "emit/epub/package.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "emit/epub/words.h"

#include <time.h>

/* The part of a path after its folders. */
static Str file_name(Str path)
{
    while (str_find_char(path, '/') != STR_NONE)
        str_cut(&path, '/');
    return path;
}

/* 6d1f39a2-7c04-5b8e-9c55-3f0a8be1d247: ours, for the identifiers of books. */
static const char namespace_bytes[] = "\x6d\x1f\x39\xa2\x7c\x04\x5b\x8e\x9c\x55\x3f\x0a\x8b\xe1\xd2\x47";

/* RFC 9562, section 5.5. */
Str package_identifier(const Book *b, Arena *a)
{
    Buf name = {.arena = a}, out = {.arena = a};
    unsigned char u[SHA1_BYTES];
    buf_put(&name, (Str){namespace_bytes, sizeof namespace_bytes - 1});
    buf_put(&name, b->config.identifier);
    hash_sha1(buf_str(&name), u);
    u[6] = (unsigned char)((u[6] & 0x0F) | 0x50);
    u[8] = (unsigned char)((u[8] & 0x3F) | 0x80);
    buf_puts(&out, "urn:uuid:");
    for (int i = 0; i < 16; i++)
        buf_printf(&out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", u[i]);
    return buf_str(&out);
}

static Str timestamp(int64_t seconds, Arena *a)
{
    char text[sizeof "YYYY-MM-DDThh:mm:ssZ" + 8]; /* longer years */
    struct tm t;
    time_t time = (time_t)seconds;
    size_t n = gmtime_r(&time, &t) ? strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &t) : 0;
    return str_copy(a, (Str){text, n});
}

/* An element of Dublin Core, where there is something to say. */
static void put_dc(XmlWriter *x, const char *element, const char *id, Str value)
{
    if (utf8_is_blank(value))
        return;
    xml_start(x, element);
    if (id)
        xml_attribute(x, "id", str_of(id));
    xml_text(x, str_trim(value));
    xml_end(x);
}

static void put_meta(XmlWriter *x, const char *property, const char *refines, Str value)
{
    xml_start(x, "meta");
    if (refines)
        xml_attribute(x, "refines", str_of(refines));
    xml_attribute(x, "property", str_of(property));
    xml_text(x, value);
    xml_end(x);
}

static bool has_media(const Book *b, Str type)
{
    for (size_t i = 0; i < b->media.n; i++)
        if (str_starts(b->media.at[i].type, type) && !b->media.at[i].card_only)
            return true;
    return false;
}

/* What is true of every book made here, and what its pictures, sounds and formulas add to it. */
static void put_accessibility(XmlWriter *x, const Package *p, const Book *b)
{
    static const Str features[] = {STR_INIT("structuralNavigation"), STR_INIT("tableOfContents"),
                                   STR_INIT("readingOrder"), STR_INIT("displayTransformability")};
    bool pictures = has_media(b, STR("image/")), sounds = has_media(b, STR("audio/"));
    bool math = false;
    for (size_t i = 0; i < p->items.n; i++)
        math = math || (p->items.at[i].properties && strcmp(p->items.at[i].properties, "mathml") == 0);
    put_meta(x, "schema:accessMode", NULL, STR("textual"));
    if (pictures)
        put_meta(x, "schema:accessMode", NULL, STR("visual"));
    if (sounds)
        put_meta(x, "schema:accessMode", NULL, STR("auditory"));
    put_meta(x, "schema:accessModeSufficient", NULL,
             pictures && sounds ? STR("textual,visual,auditory")
             : sounds           ? STR("textual,auditory")
             : pictures         ? STR("textual,visual")
                                : STR("textual"));
    for (size_t i = 0; i < COUNT(features); i++)
        put_meta(x, "schema:accessibilityFeature", NULL, features[i]);
    if (math)
        put_meta(x, "schema:accessibilityFeature", NULL, STR("MathML"));
    put_meta(x, "schema:accessibilityHazard", NULL, STR("none"));
    put_meta(x, "schema:accessibilitySummary", NULL, words_of(b)->summary);
}

/* A bare day is read as local time by some, and shown a day late: give the hour. */
static void put_date(XmlWriter *x, const Book *b, Arena *a)
{
    Buf date = {.arena = a};
    buf_put(&date, b->config.date);
    buf_puts(&date, date.n == STR("0000-00-00").n ? "T00:00:00Z" : "");
    put_dc(x, "dc:date", NULL, buf_str(&date));
}

/* Some read the attributes by their order: `name` goes first. */
static void put_cover(XmlWriter *x, const Package *p)
{
    xml_start(x, "meta");
    xml_attribute(x, "name", STR("cover"));
    xml_attribute(x, "content", file_name(p->cover));
    xml_end(x);
}

static void put_metadata(XmlWriter *x, const Package *p, const Book *b, Arena *a)
{
    const Config *c = &b->config;
    xml_start(x, "metadata");
    xml_attribute(x, "xmlns:dc", STR("http://purl.org/dc/elements/1.1/"));
    put_dc(x, "dc:identifier", "uid", p->uid);
    put_dc(x, "dc:title", "book-title", words_or_untitled(words_of(b), c->title));
    put_dc(x, "dc:language", NULL, c->language);
    put_dc(x, "dc:creator", "creator", c->author);
    if (!utf8_is_blank(c->author)) {
        xml_start(x, "meta");
        xml_attribute(x, "refines", STR("#creator"));
        xml_attribute(x, "property", STR("role"));
        xml_attribute(x, "scheme", STR("marc:relators"));
        xml_text(x, STR("aut"));
        xml_end(x);
    }
    put_date(x, b, a);
    put_dc(x, "dc:publisher", NULL, c->publisher);
    put_dc(x, "dc:description", NULL, c->description);
    put_dc(x, "dc:rights", NULL, c->rights);
    put_meta(x, "dcterms:modified", NULL, timestamp(b->time, a));
    put_accessibility(x, p, b);
    put_cover(x, p);
    xml_end(x);
}

static void put_manifest(XmlWriter *x, const Package *p)
{
    xml_start(x, "manifest");
    for (size_t i = 0; i < p->items.n; i++) {
        const Item *item = &p->items.at[i];
        xml_start(x, "item");
        xml_attribute(x, "id", file_name(item->path));
        xml_attribute(x, "href", item->path);
        xml_attribute(x, "media-type", str_of(item->type));
        if (item->properties)
            xml_attribute(x, "properties", str_of(item->properties));
        xml_end(x);
    }
    xml_end(x);
}

static void put_spine(XmlWriter *x, const Package *p)
{
    xml_start(x, "spine");
    xml_attribute(x, "toc", STR("toc.ncx"));
    for (size_t i = 0; i < p->spine.n; i++) {
        xml_start(x, "itemref");
        xml_attribute(x, "idref", file_name(p->spine.at[i]));
        xml_end(x);
    }
    xml_end(x);
}

static void put_reference(XmlWriter *x, const char *type, Str title, Str path)
{
    xml_start(x, "reference");
    xml_attribute(x, "type", str_of(type));
    xml_attribute(x, "title", title);
    xml_attribute(x, "href", path);
    xml_end(x);
}

static void put_guide(XmlWriter *x, const Package *p, const Words *w)
{
    xml_start(x, "guide");
    put_reference(x, "cover", w->cover, STR("text/cover.xhtml"));
    put_reference(x, "toc", w->contents, STR("nav.xhtml"));
    put_reference(x, "text", w->text, p->start);
    xml_end(x);
}

bool package_write(const Package *p, const Book *b, Arena *a, Str *bytes, Diags *d)
{
    XmlWriter x;
    xml_open(&x, false, a);
    xml_start(&x, "package");
    xml_attribute(&x, "xmlns", STR("http://www.idpf.org/2007/opf"));
    xml_attribute(&x, "version", STR("3.0"));
    xml_attribute(&x, "unique-identifier", STR("uid"));
    xml_attribute(&x, "xml:lang", b->config.language);
    xml_attribute(&x, "dir", STR("ltr"));
    put_metadata(&x, p, b, a);
    put_manifest(&x, p);
    put_spine(&x, p);
    put_guide(&x, p, words_of(b));
    return xml_close(&x, STR("package.opf"), a, bytes, d);
}

bool package_container(Arena *a, Str *bytes, Diags *d)
{
    XmlWriter x;
    xml_open(&x, false, a);
    xml_start(&x, "container");
    xml_attribute(&x, "version", STR("1.0"));
    xml_attribute(&x, "xmlns", STR("urn:oasis:names:tc:opendocument:xmlns:container"));
    xml_start(&x, "rootfiles");
    xml_start(&x, "rootfile");
    xml_attribute(&x, "full-path", STR("EPUB/package.opf"));
    xml_attribute(&x, "media-type", STR("application/oebps-package+xml"));
    return xml_close(&x, STR("container.xml"), a, bytes, d);
}
