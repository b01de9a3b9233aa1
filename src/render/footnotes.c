/*
 * footnotes.c -- the notes that a page ends with.
 */
#include "render/html.h"

/* First in the note, and the number itself: Kindle takes no other link back. */
static void put_number(Buf *out, const Node *note)
{
    buf_puts(out, "<span class=\"note-number\">");
    if (note->target.n)
        buf_printf(out, "<a epub:type=\"backlink\" role=\"doc-backlink\" href=\"#%.*s\">", STR_ARG(note->target));
    buf_printf(out, "[%u]%s</span>\n", note->number, note->target.n ? "</a>" : "");
}

static void put_footnote(Buf *out, const Node *note, const HtmlProfile *profile)
{
    buf_printf(out, "<aside id=\"%sfn-%u\"%s>", profile->prefix ? profile->prefix : "", note->number,
               profile->commonmark ? "" : " epub:type=\"footnote\" role=\"doc-footnote\"");
    put_number(out, note);
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
