/*
 * footnotes.c -- the notes that a page ends with.
 */
#include "render/html.h"

static void put_footnote(Buf *out, const Node *note, const HtmlProfile *profile)
{
    buf_printf(out, "<aside id=\"%sfn-%u\"%s>", profile->prefix ? profile->prefix : "", note->number,
               profile->commonmark ? "" : " epub:type=\"footnote\" role=\"doc-footnote\"");
    buf_printf(out, "<span class=\"note-number\">[%u]</span>\n", note->number);
    html_write(out, note, profile);
    buf_puts(out, "</aside>\n");
}

void html_footnotes(Buf *out, const Node *document, const HtmlProfile *profile)
{
    if (!document || !document->first)
        return;
    buf_puts(out, "<div class=\"notes\">\n");
    for (const Node *n = document->first; n; n = n->next)
        put_footnote(out, n, profile);
    buf_puts(out, "</div>\n");
}
