/*
 * matter.c -- the title page and the list of gaps.
 */
#include "emit/epub/matter.h"

#include "base/utf8.h"
#include "emit/epub/creators.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "render/html.h"

static void put_line(Buf *out, const char *class, Str text)
{
    if (utf8_is_blank(text))
        return;
    buf_printf(out, "<p class=\"%s\">", class);
    html_text(out, text);
    buf_puts(out, "</p>\n");
}

static void put_count(Buf *out, Str words, size_t count)
{
    if (count)
        buf_printf(out, "<p class=\"count\">%.*s%zu</p>\n", STR_ARG(words), count);
}

Str matter_title_page(const Book *b, Arena *a)
{
    const Words *words = words_of(b);
    Str title = words_label(words, STR(""), b->config.title, a);
    CreatorVec creators = creators_of(b, a);
    Buf out = {.arena = a};
    page_open(&out, b, title, "frontmatter");
    buf_puts(&out, "<section class=\"titlepage\" epub:type=\"titlepage\">\n<h1>");
    html_text(&out, words_or_untitled(words, b->config.title));
    buf_puts(&out, "</h1>\n");
    for (size_t i = 0; i < creators.n; i++)
        put_line(&out, "author", creators_line(b, &creators.at[i], a));
    put_line(&out, "about", b->config.description);
    put_count(&out, words->questions, b->questions);
    put_count(&out, words->missing, b->questions - b->answered);
    put_line(&out, "about", b->config.publisher);
    put_line(&out, "about", b->config.rights);
    buf_puts(&out, "</section>\n");
    page_close(&out);
    return buf_str(&out);
}

static bool is_gap(const Entry *e)
{
    return e->kind == ENTRY_QUESTION && !e->answered;
}

static void put_gap(Buf *out, const Words *words, const Page *page, const Entry *e)
{
    buf_printf(out, "<li><a href=\"%.*s#%.*s\">", STR_ARG(page->name), STR_ARG(e->anchor));
    html_text(out, words_label(words, e->number, e->plain_title, out->arena));
    buf_puts(out, "</a></li>\n");
}

static void put_gaps(Buf *out, const Book *b, const Source *s, const Page *page)
{
    for (size_t i = page->first; i < page->last; i++)
        if (is_gap(&s->entries.at[i]))
            put_gap(out, words_of(b), page, &s->entries.at[i]);
}

/* Of the chapter with the pages `first` to `end`, that one left out. */
static void put_chapter_gaps(Buf *out, const Book *b, const Source *s, size_t first, size_t end)
{
    const Words *words = words_of(b);
    const Page *page = &s->pages.at[first];
    size_t gaps = 0;
    for (size_t i = page->first; i < s->pages.at[end - 1].last; i++)
        gaps += is_gap(&s->entries.at[i]);
    if (!gaps)
        return;
    buf_printf(out, "<h2><a href=\"%.*s\">", STR_ARG(page->name));
    html_text(out, words_label(words, STR(""), page->title, out->arena));
    buf_printf(out, "</a> <span class=\"qn\">%zu</span></h2>\n", gaps);
    if (b->questions - b->answered > LISTED_ONE_BY_ONE)
        return;
    buf_puts(out, "<ul>\n");
    for (size_t p = first; p < end; p++)
        put_gaps(out, b, s, &s->pages.at[p]);
    buf_puts(out, "</ul>\n");
}

Str matter_unanswered(const Book *b, Arena *a)
{
    const Words *words = words_of(b);
    Buf out = {.arena = a};
    page_open(&out, b, words->unanswered, "backmatter");
    buf_printf(&out, "<section class=\"gaps\" aria-labelledby=\"t-unanswered\">\n"
                     "<h1 id=\"t-unanswered\">%.*s</h1>\n", STR_ARG(words->unanswered));
    put_count(&out, words->missing, b->questions - b->answered);
    for (size_t i = 0; i < b->source_count; i++) {
        const Source *s = &b->sources[i];
        for (size_t p = 0, end; p < s->pages.n; p = end) {
            end = source_chapter_end(s, p);
            put_chapter_gaps(&out, b, s, p, end);
        }
    }
    buf_puts(&out, "</section>\n");
    page_close(&out);
    return buf_str(&out);
}
