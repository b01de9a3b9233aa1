/*
 * groups.c -- folders follow one another as the paths of the notes do, so a part ends where
 * the next note lies elsewhere.
 */
#include "emit/epub/groups.h"

#include "base/hash.h"
#include "book/paginate.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "render/html.h"

#include <inttypes.h>

static bool has_chapters(const Source *s)
{
    return s->pages.n > source_chapter_end(s, 0);
}

/* "b/c/note.md" lies in "b › c", and of several chapters in "b › c › its title". */
static Str title_of(const Source *s, Arena *a)
{
    Buf b = {.arena = a};
    for (Str rest = s->name; str_find_char(rest, '/') != STR_NONE;) {
        buf_puts(&b, b.n ? " › " : "");
        buf_put(&b, str_cut(&rest, '/'));
    }
    if (has_chapters(s)) {
        buf_puts(&b, b.n ? " › " : "");
        buf_put(&b, s->title);
    }
    return buf_str(&b);
}

/* Named after its first note too, since a folder may come twice, before and after one in it. */
static Group begin(const Source *s, size_t i, Str title, Arena *a)
{
    Buf path = {.arena = a}, named = {.arena = a};
    const Page *page = s->pages.at;
    bool own = has_chapters(s) && str_eq(page->title, s->title);
    buf_put(&named, title);
    buf_put_char(&named, '\n');
    buf_put(&named, s->name);
    if (own)
        buf_printf(&path, "text/%.*s", STR_ARG(page->name));
    else
        buf_printf(&path, "text/p-%012" PRIx64 ".xhtml", hash64(buf_str(&named)) >> 16);
    return (Group){.title = title, .first = i, .path = buf_str(&path), .made = !own};
}

/* The only page of the only source, or NULL: a part of one chapter is no part. */
static const Page *only_page(const Book *b, const Group *group)
{
    const Page *only = NULL;
    for (size_t i = group->first; i < group->last; i++) {
        const Source *s = &b->sources[i];
        if (s->pages.n && (only || has_chapters(s)))
            return NULL;
        only = s->pages.n ? s->pages.at : only;
    }
    return only;
}

static void join(Group *group, const Page *page, const Words *w, Arena *a)
{
    Buf title = {.arena = a}, path = {.arena = a};
    buf_printf(&title, "%.*s › %.*s", STR_ARG(group->title),
               STR_ARG(words_or_untitled(w, page->title)));
    buf_printf(&path, "text/%.*s", STR_ARG(page->name));
    *group = (Group){buf_str(&title), group->first, group->last, buf_str(&path), false};
}

GroupVec groups_of(const Book *b, Arena *a)
{
    GroupVec groups = {0};
    Str group = STR("");
    for (size_t i = 0; i < b->source_count; i++) {
        const Source *s = &b->sources[i];
        if (!s->pages.n)
            continue;
        Str title = title_of(s, a);
        if (title.n && (has_chapters(s) || !str_eq(title, group)))
            *vec_push(&groups, a) = begin(s, i, title, a);
        group = title;
        if (title.n)
            groups.at[groups.n - 1].last = i + 1;
    }
    for (size_t i = 0; i < groups.n; i++) {
        const Page *page = only_page(b, &groups.at[i]);
        if (page)
            join(&groups.at[i], page, words_of(b), a);
    }
    return groups;
}

static size_t questions_of(const Source *s, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += s->entries.at[i].kind == ENTRY_QUESTION;
    return count;
}

static void put_chapters(Buf *out, const Words *w, const Source *s)
{
    for (size_t p = 0, end; p < s->pages.n; p = end) {
        const Page *page = &s->pages.at[p];
        end = source_chapter_end(s, p);
        buf_printf(out, "<li><a href=\"%.*s\">", STR_ARG(page->name));
        html_text(out, words_label(w, STR(""), page->title, out->arena));
        buf_printf(out, "</a> <span class=\"qn\">%zu</span></li>\n",
                   questions_of(s, page->first, s->pages.at[end - 1].last));
    }
}

Str group_page(const Book *b, const Group *group, Arena *a)
{
    Str id = page_stem(str_drop(group->path, STR("text/").n));
    Buf out = {.arena = a};
    page_open(&out, b, words_label(words_of(b), STR(""), group->title, a), "bodymatter");
    buf_printf(&out, "<section class=\"part\" epub:type=\"part\" role=\"doc-part\" id=\"%.*s\""
                     " aria-labelledby=\"t-%.*s\">\n<h1 id=\"t-%.*s\">",
               STR_ARG(id), STR_ARG(id), STR_ARG(id));
    html_text(&out, words_or_untitled(words_of(b), group->title));
    buf_puts(&out, "</h1>\n<ul>\n");
    for (size_t i = group->first; i < group->last; i++)
        put_chapters(&out, words_of(b), &b->sources[i]);
    buf_puts(&out, "</ul>\n</section>\n");
    page_close(&out);
    return buf_str(&out);
}
