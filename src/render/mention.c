/*
 * mention.c -- a term that leads to the entry about it; no link holds one.
 */
#include "render/html_parts.h"

static bool is_mention(const Writer *w, const Node *n)
{
    return n->page_target.n && !w->profile->card && !w->profile->commonmark;
}

void mention_open(Writer *w, const Node *n)
{
    if (!is_mention(w, n))
        return;
    buf_puts(w->out, "<a href=\"");
    html_url(w->out, n->page_target);
    buf_puts(w->out, "\">");
    w->links++;
}

void mention_close(Writer *w, const Node *n)
{
    if (!is_mention(w, n))
        return;
    buf_puts(w->out, "</a>");
    w->links--;
}
