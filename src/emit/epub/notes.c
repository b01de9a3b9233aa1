/*
 * notes.c -- a footnote moves below the document of the page at hand, and from
 * there to that of the next page which uses it.
 */
#include "emit/epub/notes.h"

#include "render/html.h"

Notes notes_open(Source *s)
{
    Notes notes = {.arena = &s->arena};
    size_t most = 0;
    for (const Node *n = s->footnotes ? s->footnotes->first : NULL; n; n = n->next)
        most = n->number > most ? n->number : most;
    if (!most)
        return notes;
    notes.n = most + 1;
    notes.at = arena_new(&s->arena, Node *, notes.n);
    for (Node *n; (n = s->footnotes->first);) {
        node_unlink(n);
        notes.at[n->number] = n;
    }
    return notes;
}

/* Move the notes that `tree` uses to the end of `document`, each once; they lead back to `anchor`. */
static void take_used(Notes *notes, Node *document, Node *tree, Str anchor)
{
    NodeStep step = {tree, true};
    if (!tree)
        return;
    do {
        const Node *mark = step.node;
        if (!step.entering || mark->kind != NODE_NOTE_MARK || mark->number >= notes->n)
            continue;
        Node *note = notes->at[mark->number];
        if (!note || note->parent == document)
            continue;
        node_unlink(note);
        node_append(document, note);
        note->target = anchor;
    } while (node_next(&step, tree));
}

void notes_put(Notes *notes, Buf *out, const Source *s, const Page *page)
{
    static const HtmlProfile profile = {.top_level = 3, .prefix = ""};
    if (!notes->n)
        return;
    Node *document = node_new(notes->arena, NODE_DOCUMENT, NULL);
    for (size_t i = page->first; i < page->last; i++) {
        const Entry *e = &s->entries.at[i];
        take_used(notes, document, e->made->title_tree, e->anchor);
        for (Part part = 0; part < PARTS; part++)
            take_used(notes, document, e->made->part_tree[part], e->anchor);
    }
    for (Node *note = document->first; note; note = note->next)
        take_used(notes, document, note, note->target);
    html_footnotes(out, document, &profile);
}
