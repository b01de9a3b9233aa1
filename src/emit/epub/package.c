/*
 * package.c -- EPUB 3.3 metadata, manifest and spine, with the guide of EPUB 2.
 */
#include "emit/epub/package.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "emit/epub/creators.h"
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

Str package_time(const Book *b, Arena *a)
{
    char text[sizeof "YYYY-MM-DDThh:mm:ssZ" + 8]; /* longer years */
    struct tm t;
    time_t time = (time_t)b->time;
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

/* What is said of the element `refines`, where there is something to say. */
static void put_refined(XmlWriter *x, const char *property, const char *refines, const char *scheme,
                        Str value)
{
    if (utf8_is_blank(value))
        return;
    xml_start(x, "meta");
    if (refines)
        xml_attribute(x, "refines", str_of(refines));
    xml_attribute(x, "property", str_of(property));
    if (scheme)
        xml_attribute(x, "scheme", str_of(scheme));
    xml_text(x, value);
    xml_end(x);
}

static void put_meta(XmlWriter *x, const char *property, Str value)
{
    put_refined(x, property, NULL, NULL, value);
}

/* What one has to see or hear of the book besides reading it. */
typedef struct Senses {
    bool pictures, moving, sounds;
} Senses;

static Senses senses_of(const Book *b)
{
    Senses has = {0};
    for (size_t i = 0; i < b->media.n; i++) {
        Str type = b->media.at[i].type;
        if (b->media.at[i].card_only)
            continue;
        has.pictures = has.pictures || str_starts(type, STR("image/"));
        has.moving = has.moving || str_eq(type, STR("image/gif")) || str_eq(type, STR("image/webp"));
        has.sounds = has.sounds || str_starts(type, STR("audio/"));
    }
    return has;
}

static void put_modes(XmlWriter *x, Senses has, bool wordless)
{
    put_meta(x, "schema:accessMode", STR("textual"));
    if (has.pictures)
        put_meta(x, "schema:accessMode", STR("visual"));
    if (has.sounds)
        put_meta(x, "schema:accessMode", STR("auditory"));
    if (has.pictures || has.sounds)
        put_meta(x, "schema:accessModeSufficient",
                 !has.sounds    ? STR("textual,visual")
                 : has.pictures ? STR("textual,visual,auditory")
                                : STR("textual,auditory"));
    if (!has.sounds && !wordless)
        put_meta(x, "schema:accessModeSufficient", STR("textual"));
}

/* GIF and WebP may move; who has not looked at every frame cannot promise that they do not flash. */
static void put_hazards(XmlWriter *x, Senses has)
{
    const struct {
        bool possible;
        Str unknown, none;
    } hazards[] = {
        {has.moving, STR("unknownFlashingHazard"), STR("noFlashingHazard")},
        {has.moving, STR("unknownMotionSimulationHazard"), STR("noMotionSimulationHazard")},
        {has.sounds, STR("unknownSoundHazard"), STR("noSoundHazard")},
    };
    if (!has.moving && !has.sounds) {
        put_meta(x, "schema:accessibilityHazard", STR("none"));
        return;
    }
    for (size_t i = 0; i < COUNT(hazards); i++)
        put_meta(x, "schema:accessibilityHazard",
                 hazards[i].possible ? hazards[i].unknown : hazards[i].none);
}

/* What is true of every book made here, and what this one adds to it. */
static void put_accessibility(XmlWriter *x, const Package *p, const Book *b, Arena *a)
{
    static const Str features[] = {STR_INIT("structuralNavigation"), STR_INIT("tableOfContents"),
                                   STR_INIT("readingOrder"), STR_INIT("displayTransformability")};
    Senses has = senses_of(b);
    Buf summary = {.arena = a};
    put_modes(x, has, p->wordless);
    for (size_t i = 0; i < COUNT(features); i++)
        put_meta(x, "schema:accessibilityFeature", features[i]);
    if (has.pictures && !p->wordless)
        put_meta(x, "schema:accessibilityFeature", STR("alternativeText"));
    for (size_t i = 0; i < p->features.n; i++)
        put_meta(x, "schema:accessibilityFeature", p->features.at[i]);
    put_hazards(x, has);
    buf_put(&summary, words_of(b)->summary);
    buf_put(&summary, p->wordless ? words_of(b)->wordless : STR(""));
    put_meta(x, "schema:accessibilitySummary", buf_str(&summary));
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
static void put_named(XmlWriter *x, const char *name, Str content)
{
    xml_start(x, "meta");
    xml_attribute(x, "name", str_of(name));
    xml_attribute(x, "content", content);
    xml_end(x);
}

static void put_creators(XmlWriter *x, const Book *b, Arena *a)
{
    CreatorVec creators = creators_of(b, a);
    for (size_t i = 0; i < creators.n; i++) {
        char id[32];
        snprintf(id, sizeof id, "#creator-%zu", i + 1);
        put_dc(x, "dc:creator", id + 1, creators.at[i].name);
        put_refined(x, "role", id, "marc:relators", creators.at[i].role);
        put_refined(x, "file-as", id, NULL, creators.at[i].file_as);
    }
}

/* As EPUB 3 has it; not all that show series know it, so put_metadata says it as Calibre does too. */
static void put_series(XmlWriter *x, const Config *c)
{
    if (utf8_is_blank(c->series))
        return;
    xml_start(x, "meta");
    xml_attribute(x, "id", STR("series"));
    xml_attribute(x, "property", STR("belongs-to-collection"));
    xml_text(x, c->series);
    xml_end(x);
    put_refined(x, "collection-type", "#series", NULL, STR("series"));
    put_refined(x, "group-position", "#series", NULL, c->series_index);
}

static void put_metadata(XmlWriter *x, const Package *p, const Book *b, Arena *a)
{
    const Config *c = &b->config;
    xml_start(x, "metadata");
    xml_attribute(x, "xmlns:dc", STR("http://purl.org/dc/elements/1.1/"));
    put_dc(x, "dc:identifier", "uid", p->uid);
    put_dc(x, "dc:title", "book-title", words_or_untitled(words_of(b), c->title));
    put_refined(x, "file-as", "#book-title", NULL, c->title_sort);
    put_dc(x, "dc:language", NULL, c->language);
    put_creators(x, b, a);
    put_date(x, b, a);
    put_dc(x, "dc:publisher", NULL, c->publisher);
    put_dc(x, "dc:description", NULL, c->description);
    put_dc(x, "dc:rights", NULL, c->rights);
    for (size_t i = 0; i < c->subjects.n; i++)
        put_dc(x, "dc:subject", NULL, c->subjects.at[i]);
    put_meta(x, "dcterms:modified", package_time(b, a));
    put_series(x, c);
    put_accessibility(x, p, b, a);
    put_named(x, "cover", file_name(p->cover));
    if (!utf8_is_blank(c->series)) {
        put_named(x, "calibre:series", c->series);
        put_named(x, "calibre:series_index", c->series_index.n ? c->series_index : STR("1"));
    }
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

static void put_guide(XmlWriter *x, const Package *p)
{
    xml_start(x, "guide");
    for (size_t i = 0; i < p->landmarks.n; i++) {
        const Landmark *landmark = &p->landmarks.at[i];
        if (!landmark->guide)
            continue;
        xml_start(x, "reference");
        xml_attribute(x, "type", str_of(landmark->guide));
        xml_attribute(x, "title", landmark->label);
        xml_attribute(x, "href", landmark->path);
        xml_end(x);
    }
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
    put_guide(&x, p);
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
