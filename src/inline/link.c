/*
 * link.c -- every LINK and IMAGE of a source gets its targets.
 *
 * In a picture only the words count, so nothing in it is looked at.
 */
#include "inline/link.h"

#include "inline/address.h"
#include "inline/inline.h"
#include "inline/link_parts.h"
#include "inline/names.h"
#include "inline/slug.h"
#include "inline/wiki.h"
#include "model/filename.h"

#include <string.h>

static const Str schemes[] = {
    STR_INIT("http"), STR_INIT("https"), STR_INIT("mailto"), STR_INIT("tel"),
};

enum { FAR = 4096 /* bytes of a line in which the place of a link is looked for */ };

void link_report(Linker *l, DiagCode code, const Node *n, const char *why)
{
    Str line = source_place(l->source, n->line, NULL).text;
    size_t at = n->target.n ? str_find(str_take(line, FAR), n->target) : STR_NONE;
    Place place = source_place(l->source, n->line, at == STR_NONE ? NULL : line.at + at);
    diag(&l->source->diags, code, place, "%.*s%s", STR_ARG(str_take(n->target, 200)), why);
}

static bool is_allowed(Str scheme)
{
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (str_eq_nocase(scheme, schemes[i]))
            return true;
    return false;
}

Str link_join(Arena *a, const char *head, Str tail)
{
    Buf b = {.arena = a};
    buf_puts(&b, head);
    buf_put(&b, tail);
    return buf_str(&b);
}

Str link_web(Str target, Arena *a)
{
    Str url = address_encode(target, a);
    if (str_starts(target, STR("//")))
        url = link_join(a, "https:", url);
    else if (str_starts_nocase(target, STR("www.")))
        url = link_join(a, "https://", url);
    return is_allowed(address_scheme(url)) && address_is_whole(url) ? url : STR("");
}

static const Source *find_source(const Book *b, Str name)
{
    size_t low = 0, high = b->source_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(b->sources[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < b->source_count && str_eq(b->sources[low].name, name);
    return found && !b->sources[low].failed ? &b->sources[low] : NULL;
}

/* The source of the file that `path`, seen from here or as `[[…]]` has it, calls by name. */
static const Source *source_named(const Linker *l, Str path)
{
    Arena *a = &l->source->arena;
    Str name;
    bool inside = address_resolve(l->source->name, path, a, &name);
    Str found = inside ? names_at(l->book, name, a) : STR("");
    return found.n ? find_source(l->book, found) : NULL;
}

static const Source *source_at(const Linker *l, Str path)
{
    Arena *a = &l->source->arena;
    Str name, decoded = address_decode(path, a);
    if (!path.n)
        return l->source;
    const Source *s = address_resolve(l->source->name, path, a, &name) ? find_source(l->book, name) : NULL;
    if (!s && address_resolve(l->source->name, decoded, a, &name))
        s = find_source(l->book, name);
    return !s && filename_kind(decoded) == FILE_NOTE ? source_named(l, decoded) : s;
}

/* Where the note `s`, or its entry `fragment`, is in the book; empty for nowhere. */
static Str book_target(const Linker *l, const Source *s, Str fragment)
{
    Arena *a = &l->source->arena;
    if (!s || !s->pages.n)
        return STR("");
    if (!fragment.n)
        return s->pages.at[0].name;
    const Entry *e = slug_find(s, address_decode(fragment, a), a);
    const Page *p = e ? source_page(s, (size_t)(e - s->entries.at)) : NULL;
    if (!p)
        return STR("");
    Buf b = {.arena = a};
    buf_put(&b, p->name);
    if (e->anchor.n)
        buf_printf(&b, "#%.*s", STR_ARG(e->anchor));
    return buf_str(&b);
}

/* `Map[K](x)` in prose: nothing that leads anywhere, but a call of a generic function. */
static bool is_call(const Node *n)
{
    static const char path_marks[] = "/.#%";
    for (size_t i = 0; i < n->target.n; i++)
        if (strchr(path_marks, n->target.at[i]))
            return false;
    return n->target.n > 0 && !n->title.n && n->previous && n->previous->kind == NODE_TEXT
        && n->previous->text.n && is_alnum(n->previous->text.at[n->previous->text.n - 1]);
}

/* A link that is none: its brackets are text. */
static void show_marks(Linker *l, Node *n)
{
    Arena *a = &l->source->arena;
    Buf tail = {.arena = a};
    buf_printf(&tail, "](%.*s)", STR_ARG(n->target));
    Node *open = node_new(a, NODE_TEXT, NULL), *close = node_new(a, NODE_TEXT, NULL);
    open->text = STR("[");
    close->text = buf_str(&tail);
    open->line = close->line = n->line;
    node_insert_after(n->previous, open);
    node_insert_after(n, close);
}

static void resolve_link(Linker *l, Node *n)
{
    Str target = address_clean(n->target, &l->source->arena);
    n->card_target = n->page_target = link_web(target, &l->source->arena);
    if (n->card_target.n)
        return;
    Str scheme = address_scheme(target);
    if (scheme.n) {
        link_report(l, is_allowed(scheme) ? D_LINK_BROKEN : D_LINK_SCHEME, n, "");
        return;
    }
    Str path = str_cut(&target, '#');
    n->page_target = book_target(l, path.n || target.n ? source_at(l, path) : NULL, target);
    if (n->page_target.n)
        return;
    if (is_call(n))
        show_marks(l, n);
    else
        link_report(l, D_LINK_BROKEN, n, "");
}

/* As the path is written, from the notes folder, or the file of that name. */
static const Source *wiki_source(Linker *l, const Node *n, Str path)
{
    Arena *a = &l->source->arena;
    if (!path.n)
        return l->source;
    const Source *s = source_named(l, path);
    if (!s)
        s = source_named(l, link_join(a, "/", path));
    if (s)
        return s;
    bool doubt;
    Str found = names_near(l->book, l->source->name, path, a, &doubt);
    if (found.n && doubt)
        link_report(l, D_LINK_DOUBT, n, "");
    return found.n ? find_source(l->book, found) : NULL;
}

static void show_as_written(Node *n, Arena *a)
{
    n->kind = NODE_TEXT;
    n->text = inline_unescape(n->wiki, a);
    n->first = n->last = NULL;
}

static void resolve_wiki(Linker *l, Node *n)
{
    Arena *a = &l->source->arena;
    Str fragment = n->target, path = str_cut(&fragment, '#'), heading = wiki_heading(fragment);
    n->page_target = book_target(l, path.n || heading.n ? wiki_source(l, n, path) : NULL, heading);
    if (n->page_target.n)
        n->first->text = wiki_words(n->wiki, a);
    else if (wiki_is_title(n->target))
        link_report(l, D_LINK_BROKEN, n, "");
    else
        show_as_written(n, a);
}

static void link_tree(Linker *l, Node *root)
{
    NodeStep step = {root, true};
    if (!root)
        return;
    l->outer = NULL;
    do {
        Node *n = step.node;
        if (n->kind != NODE_LINK && n->kind != NODE_IMAGE)
            continue;
        if (!step.entering) {
            l->outer = n == l->outer ? NULL : l->outer;
            continue;
        }
        bool silent = l->outer && l->outer->kind == NODE_IMAGE;
        if (n->kind == NODE_IMAGE && !silent)
            embed_resolve(l, n);
        else if (n->kind == NODE_LINK && !l->outer)
            (n->wiki.n ? resolve_wiki : resolve_link)(l, n);
        if (!l->outer && n->kind != NODE_TEXT)
            l->outer = n;
    } while (node_next(&step, root));
}

void source_link(Source *s, const Book *b)
{
    Linker l = {.source = s, .book = b};
    shelf_open(&l.shelf, s, b->folder);
    for (size_t i = 0; i < s->entries.n; i++) {
        link_tree(&l, s->entries.at[i].made->title_tree);
        for (Part part = 0; part < PARTS; part++)
            link_tree(&l, s->entries.at[i].made->part_tree[part]);
    }
    link_tree(&l, s->footnotes);
    shelf_close(&l.shelf);
}
