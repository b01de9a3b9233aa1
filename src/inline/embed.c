/*
 * embed.c -- pictures and sounds: in the notes folder, or their words.
 *
 * One on the web becomes a link to it: cards and books fetch nothing.  Paths come from all
 * kinds of disks, so one that is not there is tried without percent signs, with slashes for
 * backslashes, and in any case and Unicode form.
 */
#include "base/utf8.h"
#include "inline/address.h"
#include "inline/link_parts.h"
#include "inline/names.h"
#include "inline/size.h"
#include "model/filename.h"

enum { WORDS = 60 /* characters of a file's name that stand for it */ };

/* What stands for a picture without words: the name of its file. */
static void name_picture(Linker *l, Node *n, Str name)
{
    Arena *a = &l->source->arena;
    if (node_plain(n, a).n)
        return;
    Node *text = node_new(a, NODE_TEXT, n);
    text->line = text->end_line = n->line;
    text->text = name;
}

/* Show a picture on the web as a link; in a link, as its words. */
static void show_remote(Linker *l, Node *n, Str target)
{
    link_report(l, D_IMAGE_REMOTE, n, "");
    name_picture(l, n, target);
    if (l->outer)
        return;
    n->kind = NODE_LINK;
    n->card_target = n->page_target = link_web(target, &l->source->arena);
}

static Str with_slashes(Str path, Arena *a)
{
    Buf b = {.arena = a};
    for (size_t i = 0; i < path.n; i++)
        buf_put_char(&b, path.at[i] == '\\' ? '/' : path.at[i]);
    return buf_str(&b);
}

static void name_by_file(Linker *l, Node *n)
{
    Arena *a = &l->source->arena;
    Str name = filename_last(with_slashes(address_decode(n->target, a), a));
    name_picture(l, n, utf8_take(str_trim(utf8_clean(name, a)), WORDS));
}

/* What is not shown: the reason, and the words in its place. */
static void show_words(Linker *l, Node *n, DiagCode code, const char *why)
{
    link_report(l, code, n, why);
    name_by_file(l, n);
}

static DiagCode code_of(PictureState state, bool sound)
{
    static const DiagCode codes[][2] = {
        [PICTURE_MISSING] = {D_IMAGE_MISSING, D_SOUND_MISSING},
        [PICTURE_OUTSIDE] = {D_IMAGE_OUTSIDE, D_IMAGE_OUTSIDE},
        [PICTURE_LARGE] = {D_IMAGE_KIND, D_SOUND_KIND},
        [PICTURE_KIND] = {D_IMAGE_KIND, D_SOUND_KIND},
    };
    return codes[state][sound];
}

static void use_picture(Linker *l, Node *n, const Picture *p)
{
    Arena *a = &l->source->arena;
    if (p->state != PICTURE_READ) {
        const char *why = p->state == PICTURE_LARGE ? "larger than 25 MiB" : p->form.why;
        bool sound = filename_kind(n->target) == FILE_SOUND;
        show_words(l, n, code_of(p->state, sound), why ? link_join(a, ": ", str_of(why)).at : "");
        return;
    }
    n->sound = p->form.sound;
    n->card_target = p->name;
    if (!p->form.card_only)
        n->page_target = link_join(a, n->sound ? "../sounds/" : "../images/", p->name);
    else
        link_report(l, D_SOUND_CARD_ONLY, n, "");
    if (n->sound)
        name_by_file(l, n);
    size_settle(n, p->form.width, p->form.height);
}

/* The picture at `target`, else the one whose path differs in case and Unicode form alone. */
static Picture picture_at(Linker *l, Str target)
{
    Arena *a = &l->source->arena;
    Str path;
    if (!address_resolve(l->source->name, target, a, &path))
        return (Picture){.state = PICTURE_OUTSIDE};
    Picture p = shelf_find(&l->shelf, path);
    Str named = p.state == PICTURE_MISSING ? names_at(l->book, path, a) : STR("");
    return named.n ? shelf_find(&l->shelf, named) : p;
}

static Picture find_picture(Linker *l, Str target)
{
    Arena *a = &l->source->arena;
    Str decoded = address_decode(target, a), forms[] = {target, decoded, with_slashes(decoded, a)};
    Picture p = picture_at(l, target);
    for (size_t i = 1; i < COUNT(forms) && (p.state == PICTURE_MISSING || p.state == PICTURE_OUTSIDE); i++)
        if (!str_eq(forms[i], forms[i - 1]))
            p = picture_at(l, forms[i]);
    return p;
}

/* As the path is written, from the notes folder, or the file of that name. */
static Picture find_wiki(Linker *l, const Node *n, Str target)
{
    Arena *a = &l->source->arena;
    bool doubt;
    Picture p = find_picture(l, target);
    Picture top = p.state == PICTURE_MISSING ? find_picture(l, link_join(a, "/", target)) : p;
    if (top.state != PICTURE_MISSING)
        return top;
    Str named = names_near(l->book, l->source->name, target, a, &doubt);
    if (doubt)
        link_report(l, D_LINK_DOUBT, n, "");
    return named.n ? shelf_find(&l->shelf, named) : p;
}

/* A folder that the disk of a writer has at its top, and hardly any folder of notes. */
static bool is_on_disk(Str target)
{
    static const Str tops[] = {
        STR_INIT("~/"), STR_INIT("/Users/"), STR_INIT("/home/"), STR_INIT("/root/"), STR_INIT("/var/"),
        STR_INIT("/private/"), STR_INIT("/Volumes/"), STR_INIT("/mnt/"), STR_INIT("/tmp/"),
    };
    for (size_t i = 0; i < COUNT(tops); i++)
        if (str_starts(target, tops[i]))
            return true;
    return false;
}

void embed_resolve(Linker *l, Node *n)
{
    Str target = address_clean(n->target, &l->source->arena), scheme = address_scheme(target);
    bool web = str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https"));
    if (!n->wiki.n)
        size_around(n);
    if (web || str_starts(target, STR("//"))) {
        show_remote(l, n, target);
    } else if (scheme.n || str_starts(target, STR("\\"))) {
        show_words(l, n, D_IMAGE_OUTSIDE, "");
    } else {
        Picture p = n->wiki.n ? find_wiki(l, n, target) : find_picture(l, target);
        if (p.state == PICTURE_MISSING && is_on_disk(target))
            p.state = PICTURE_OUTSIDE;
        use_picture(l, n, &p);
    }
}
