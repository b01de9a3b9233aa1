/*
 * xml.c -- libxml2: its writer with sticky failure, its parser as a judge, and its reader.
 */
#include "base/xml.h"

#include "base/utf8.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The production Char of XML 1.0; discouraged noncharacters are left out as well. */
static bool is_allowed(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n';
    bool nonchar = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !nonchar && !(c >= 0x7F && c <= 0x9F);
}

/*
 * The length of the character at `i`, and whether it may stay.  A byte that is no
 * UTF-8 reads as U+FFFD of length 1, which is not what stands there: it goes.
 */
static bool take_character(Str s, size_t i, size_t *n)
{
    uint32_t c = (unsigned char)s.at[i];
    *n = 1;
    if (c < 0x80)
        return is_allowed(c);
    c = utf8_at(s, i, n);
    return *n > 1 && is_allowed(c);
}

static const xmlChar *name_of(const char *ascii)
{
    return (const xmlChar *)ascii;
}

/* `s` as the C string that libxml2 wants; valid until the next call. */
static const xmlChar *clean(XmlWriter *w, Str s)
{
    w->clean.n = 0;
    size_t from = 0;
    for (size_t i = 0, n; i < s.n; i += n) {
        if (take_character(s, i, &n))
            continue;
        buf_put(&w->clean, (Str){s.at + from, i - from});
        from = i + n;
    }
    buf_put(&w->clean, str_drop(s, from));
    return (const xmlChar *)buf_str(&w->clean).at;
}

static void *sure_malloc(size_t n)
{
    void *p = malloc(n);
    if (!p)
        out_of_memory();
    return p;
}

static void *sure_realloc(void *old, size_t n)
{
    void *p = realloc(old, n);
    if (!p && n)
        out_of_memory();
    return p;
}

static char *sure_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(sure_malloc(n), s, n);
}

void xml_prepare(void)
{
    xmlMemSetup(free, sure_malloc, sure_realloc, sure_strdup);
    xmlInitParser();
}

static void check(XmlWriter *w, int written)
{
    if (written < 0)
        w->failed = true;
}

void xml_open(XmlWriter *w, bool html, Arena *a)
{
    *w = (XmlWriter){.clean.arena = a};
    w->buffer = xmlBufferCreate();
    w->writer = w->buffer ? xmlNewTextWriterMemory(w->buffer, 0) : NULL;
    w->failed = !w->writer;
    if (w->failed)
        return;
    check(w, xmlTextWriterStartDocument(w->writer, NULL, "UTF-8", NULL));
    if (html)
        check(w, xmlTextWriterWriteRaw(w->writer, name_of("<!DOCTYPE html>\n")));
    check(w, xmlTextWriterSetIndent(w->writer, 1));
    check(w, xmlTextWriterSetIndentString(w->writer, name_of("")));
}

void xml_solid(XmlWriter *w)
{
    if (!w->failed)
        check(w, xmlTextWriterSetIndent(w->writer, 0));
}

void xml_start(XmlWriter *w, const char *element)
{
    if (!w->failed)
        check(w, xmlTextWriterStartElement(w->writer, name_of(element)));
}

void xml_attribute(XmlWriter *w, const char *name, Str value)
{
    if (!w->failed)
        check(w, xmlTextWriterWriteAttribute(w->writer, name_of(name), clean(w, value)));
}

void xml_text(XmlWriter *w, Str text)
{
    if (!w->failed)
        check(w, xmlTextWriterWriteString(w->writer, clean(w, text)));
}

void xml_end(XmlWriter *w)
{
    if (!w->failed)
        check(w, xmlTextWriterEndElement(w->writer));
}

void xml_leaf(XmlWriter *w, const char *element, Str text)
{
    xml_start(w, element);
    xml_text(w, text);
    xml_end(w);
}

bool xml_close(XmlWriter *w, Str name, Arena *a, Str *bytes, Diags *d)
{
    if (!w->failed)
        check(w, xmlTextWriterEndDocument(w->writer));
    xmlFreeTextWriter(w->writer); /* flushes into the buffer */
    if (!w->failed)
        *bytes = str_copy(a, (Str){(const char *)xmlBufferContent(w->buffer),
                                   (size_t)xmlBufferLength(w->buffer)});
    else
        diag(d, D_LIBRARY, (Place){.file = name}, "libxml2 could not write the document");
    xmlBufferFree(w->buffer);
    return !w->failed;
}

static bool complain(Str name, const xmlError *e, Diags *d)
{
    Place place = {.file = name, .line = e && e->line > 0 ? (uint32_t)e->line : 0};
    Str words = str_trim(str_of(e && e->message ? e->message : "not well-formed"));
    diag(d, D_SELF_CHECK, place, "%.*s", STR_ARG(words));
    return false;
}

bool xml_check(Str document, Str name, Diags *d)
{
    if (document.n > INT_MAX)
        return complain(name, NULL, d);
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        return complain(name, NULL, d);
    /*
     * No handlers: nothing is built, the document is only judged.  HUGE: a page may be
     * larger than the 10 MB that libxml2 allows one text.
     */
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    xmlCtxtReadMemory(parser, document.at, (int)document.n, NULL, "UTF-8",
                      XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    bool good = parser->wellFormed || complain(name, xmlCtxtGetLastError(parser), d);
    xmlFreeParserCtxt(parser);
    return good;
}

void xml_read_open(XmlReader *r, Str document)
{
    *r = (XmlReader){0};
    if (document.n <= INT_MAX)
        r->reader = xmlReaderForMemory(document.at, (int)document.n, NULL, "UTF-8",
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

static Str text_of(const xmlChar *s)
{
    return s ? str_of((const char *)s) : STR("");
}

static void look(XmlReader *r)
{
    r->name = text_of(xmlTextReaderConstLocalName(r->reader));
    r->space = text_of(xmlTextReaderConstNamespaceUri(r->reader));
    r->value = text_of(xmlTextReaderConstValue(r->reader));
}

XmlEvent xml_read(XmlReader *r)
{
    static const XmlEvent events[] = {
        [XML_READER_TYPE_ELEMENT] = XML_START,
        [XML_READER_TYPE_END_ELEMENT] = XML_END,
        [XML_READER_TYPE_TEXT] = XML_TEXT,
        [XML_READER_TYPE_CDATA] = XML_TEXT,
        [XML_READER_TYPE_WHITESPACE] = XML_TEXT,
        [XML_READER_TYPE_SIGNIFICANT_WHITESPACE] = XML_TEXT,
        [XML_READER_TYPE_ENTITY_REFERENCE] = XML_BROKEN,
    };
    if (r->empty) {
        r->empty = false;
        return XML_END;
    }
    while (r->reader) {
        int got = xmlTextReaderRead(r->reader), type = got == 1 ? xmlTextReaderNodeType(r->reader) : 0;
        if (got != 1)
            return got ? XML_BROKEN : XML_NO_MORE;
        look(r);
        r->empty = type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(r->reader);
        if (type > 0 && (size_t)type < COUNT(events) && events[type])
            return events[type];
    }
    return XML_BROKEN;
}

bool xml_read_attribute(XmlReader *r)
{
    if (!r->reader || xmlTextReaderMoveToNextAttribute(r->reader) != 1)
        return false;
    look(r);
    return true;
}

void xml_read_close(XmlReader *r)
{
    xmlFreeTextReader(r->reader);
}
