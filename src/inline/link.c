/*
 * link.c -- every LINK and IMAGE of a source gets its targets.
 *
 * A picture on the web becomes a link to it: cards and books fetch nothing.  In a
 * picture only the words count, so nothing in it is looked at.
 */
#include "inline/link.h"

#include "inline/address.h"
#include "inline/shelf.h"
#include "inline/slug.h"

#include <string.h>

typedef struct Linker {
    Source *source;
    const Book *book;
    Shelf shelf;
    const Node *outer; /* the LINK or IMAGE that the walk is in */
} Linker;

static const Str schemes[] = {
    STR_INIT("http"), STR_INIT("https"), STR_INIT("mailto"), STR_INIT("tel"),
};

enum { FAR = 4096 /* bytes of a line in which the place of a link is looked for */ };

static void report(Linker *l, DiagCode code, const Node *n, const char *why)
{
    Str line = source_place(l->source, n->line, NULL).text;
    size_t at = n->target.n ? str_find(str_take(line, FAR), n->target) : STR_NONE;
    Place place = source_place(l->source, n->line, at == STR_NONE ? NULL : line.at + at);
    diag(&l->source->diags, code, place, "%.*s%s", STR_ARG(str_take(n->target, 200)), why);
}

static bool is_scheme(Str s, Str scheme)
{
    return s.n == scheme.n && str_starts_nocase(s, scheme);
}

static bool is_allowed(Str scheme)
{
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (is_scheme(scheme, schemes[i]))
            return true;
    return false;
}

static Str join(Arena *a, const char *head, Str tail)
{
    Buf b = {.arena = a};
    buf_puts(&b, head);
    buf_put(&b, tail);
    return buf_str(&b);
}

/* A clean target on the web, with its scheme; empty where it is none, or no whole one. */
static Str web_target(Str target, Arena *a)
{
    Str url = address_encode(target, a);
    if (str_starts(target, STR("//")))
        url = join(a, "https:", url);
    else if (str_starts_nocase(target, STR("www.")))
        url = join(a, "https://", url);
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

static const Source *source_at(const Linker *l, Str path)
{
    Arena *a = &l->source->arena;
    Str name;
    if (!path.n)
        return l->source;
    const Source *s = address_resolve(l->source->name, path, a, &name) ? find_source(l->book, name) : NULL;
    if (s)
        return s;
    bool inside = address_resolve(l->source->name, address_decode(path, a), a, &name);
    return inside ? find_source(l->book, name) : NULL;
}

/* Where the note `path`, or its entry `fragment`, is in the book; empty for nowhere. */
static Str book_target(const Linker *l, Str path, Str fragment)
{
    Arena *a = &l->source->arena;
    const Source *s = source_at(l, path);
    if (!s || !s->pages.n)
        return STR("");
    if (!fragment.n)
        return path.n ? s->pages.at[0].name : STR("");
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
    n->card_target = n->page_target = web_target(target, &l->source->arena);
    if (n->card_target.n)
        return;
    Str scheme = address_scheme(target);
    if (scheme.n) {
        report(l, is_allowed(scheme) ? D_LINK_BROKEN : D_LINK_SCHEME, n, "");
        return;
    }
    Str path = str_cut(&target, '#');
    n->page_target = book_target(l, path, target);
    if (n->page_target.n)
        return;
    if (is_call(n))
        show_marks(l, n);
    else
        report(l, D_LINK_BROKEN, n, "");
}

/* Show a picture on the web as a link; in a link, as its words. */
static void show_remote(Linker *l, Node *n, Str target)
{
    Arena *a = &l->source->arena;
    report(l, D_IMAGE_REMOTE, n, "");
    if (!node_plain(n, a).n) {
        Node *text = node_new(a, NODE_TEXT, n);
        text->line = text->end_line = n->line;
        text->text = target;
    }
    if (l->outer)
        return;
    n->kind = NODE_LINK;
    n->card_target = n->page_target = web_target(target, a);
}

static void use_picture(Linker *l, Node *n, const Picture *p)
{
    static const struct {
        DiagCode code;
        const char *why;
    } rows[] = {
        [PICTURE_MISSING] = {D_IMAGE_MISSING, ""},
        [PICTURE_OUTSIDE] = {D_IMAGE_OUTSIDE, ""},
        [PICTURE_LARGE] = {D_IMAGE_KIND, ": larger than 25 MiB"},
        [PICTURE_KIND] = {D_IMAGE_KIND, ""},
    };
    if (p->state != PICTURE_READ) {
        report(l, rows[p->state].code, n, rows[p->state].why);
        return;
    }
    n->card_target = p->name;
    n->page_target = join(&l->source->arena, "../images/", p->name);
}

/* The picture at `target` as written, else with its percent signs resolved. */
static Picture find_picture(Linker *l, Str target)
{
    Arena *a = &l->source->arena;
    Str raw, decoded;
    Picture p = {.state = PICTURE_OUTSIDE};
    if (address_resolve(l->source->name, target, a, &raw))
        p = shelf_find(&l->shelf, raw);
    if (p.state != PICTURE_MISSING || str_find_char(target, '%') == STR_NONE)
        return p;
    if (!address_resolve(l->source->name, address_decode(target, a), a, &decoded))
        return (Picture){.state = PICTURE_OUTSIDE};
    return shelf_find(&l->shelf, decoded);
}

static void resolve_image(Linker *l, Node *n)
{
    Str target = address_clean(n->target, &l->source->arena), scheme = address_scheme(target);
    bool web = is_scheme(scheme, STR("http")) || is_scheme(scheme, STR("https"));
    if (web || str_starts(target, STR("//"))) {
        show_remote(l, n, target);
    } else if (scheme.n || str_starts(target, STR("\\"))) {
        report(l, D_IMAGE_OUTSIDE, n, "");
    } else {
        Picture p = find_picture(l, target);
        use_picture(l, n, &p);
    }
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
            resolve_image(l, n);
        else if (n->kind == NODE_LINK && !l->outer)
            resolve_link(l, n);
        if (!l->outer)
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
