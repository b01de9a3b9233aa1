/*
 * xml.h -- XML documents: written element by element, and read back.
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

#endif
