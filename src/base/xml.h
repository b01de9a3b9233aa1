/*
 * xml.h -- XML documents: written element by element, read back, and read.
 *
 * The only module that knows libxml2.  What XML 1.0 forbids in any document
 * (control characters, U+FFFE and the like) is dropped by the writer.
 */
#ifndef DECKBIND_BASE_XML_H
#define DECKBIND_BASE_XML_H

#include "base/diag.h"
#include "base/str.h"

/*
 * One document, written from its first line to its last:
 *
 *     xml_open  { xml_start { xml_attribute } { … | xml_text } xml_end }  xml_close
 *
 * None of these but the last reports a failure.  After the first thing that goes
 * wrong the rest does nothing, and xml_close tells.
 */
typedef struct XmlWriter {
    struct _xmlTextWriter *writer;
    struct _xmlBuffer *buffer;
    Buf clean; /* the value at hand, without what XML forbids */
    bool failed;
} XmlWriter;

/*
 * Set the library up, before any thread uses it.  From then on it ends the program
 * where memory runs out; by itself it would go on with half a document.
 */
void xml_prepare(void);

/* `html`: with the doctype of XHTML. */
void xml_open(XmlWriter *w, bool html, Arena *a);

/* Write nothing that is not said: no line ends between elements. */
void xml_solid(XmlWriter *w);

void xml_start(XmlWriter *w, const char *element);
void xml_attribute(XmlWriter *w, const char *name, Str value);
void xml_text(XmlWriter *w, Str text);
void xml_end(XmlWriter *w);

/* A whole element that holds text alone. */
void xml_leaf(XmlWriter *w, const char *element, Str text);

/* The bytes, in `a`.  False: `d` says why.  Frees the writer in any case. */
bool xml_close(XmlWriter *w, Str name, Arena *a, Str *bytes, Diags *d);

/*
 * Read a finished document back.  False: it is not well-formed, and `d` names
 * it, the line and the fault.  Fetches nothing and expands no entities.
 */
bool xml_check(Str document, Str name, Diags *d);

/* What comes next in a document; XML_BROKEN: it is not well-formed, or has entities of its own. */
typedef enum { XML_NO_MORE, XML_BROKEN, XML_START, XML_END, XML_TEXT } XmlEvent;

/*
 * A document of somebody's, read from its first element to its last:
 *
 *     xml_read_open  { xml_read { xml_read_attribute } }  xml_read_close
 *
 * Fetches nothing and expands no entities; comments and the like are passed over.  `name`,
 * `space` and `value` are of the element, attribute or text at hand, until the next call.
 */
typedef struct XmlReader {
    struct _xmlTextReader *reader;
    Str name, space, value;
    bool empty; /* the element at hand holds nothing; its end comes all the same */
} XmlReader;

void xml_read_open(XmlReader *r, Str document);
XmlEvent xml_read(XmlReader *r);
bool xml_read_attribute(XmlReader *r);
void xml_read_close(XmlReader *r);

#endif
