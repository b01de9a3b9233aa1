/*
 * colophon.c -- the facts of the build, and none that differ from one build to the next of
 * the same notes.
 */
#include "emit/epub/colophon.h"

#include "base/utf8.h"
#include "emit/epub/package.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "render/html.h"

#include <inttypes.h>

static void put_fact(Buf *out, Str name, Str value)
{
    if (utf8_is_blank(value))
        return;
    buf_printf(out, "<p class=\"fact\">%.*s", STR_ARG(name));
    html_text(out, value);
    buf_puts(out, "</p>\n");
}

static void put_count(Buf *out, Str name, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    put_fact(out, name, count ? str_of(text) : STR(""));
}

static bool in_book(const Source *s)
{
    return s->pages.n > 0;
}

static void put_source(Buf *out, const Source *s)
{
    size_t questions = 0;
    for (size_t i = 0; i < s->entries.n; i++)
        questions += s->entries.at[i].kind == ENTRY_QUESTION;
    buf_puts(out, "<li>");
    html_text(out, s->name);
    buf_printf(out, " <span class=\"qn\">%zu</span> <code>%016" PRIx64 "</code></li>\n", questions,
               s->digest);
}

static void put_sources(Buf *out, const Book *b)
{
    size_t count = 0;
    for (size_t i = 0; i < b->source_count; i++)
        count += in_book(&b->sources[i]);
    put_count(out, words_of(b)->source, count);
    if (count > MOST_SOURCES)
        return;
    buf_puts(out, "<ul>\n");
    for (size_t i = 0; i < b->source_count; i++)
        if (in_book(&b->sources[i]))
            put_source(out, &b->sources[i]);
    buf_puts(out, "</ul>\n");
}

Str colophon_page(const Book *b, Arena *a)
{
    const Words *w = words_of(b);
    Buf out = {.arena = a};
    page_open(&out, b, w->colophon, "backmatter");
    buf_printf(&out, "<section class=\"colophon\" epub:type=\"colophon\" role=\"doc-colophon\""
                     " aria-labelledby=\"t-colophon\">\n<h1 id=\"t-colophon\">%.*s</h1>\n",
               STR_ARG(w->colophon));
    put_fact(&out, STR(""), words_or_untitled(w, b->config.title));
    put_fact(&out, w->date, b->dated ? str_take(package_time(b, a), STR("YYYY-MM-DD").n) : STR(""));
    put_fact(&out, w->id, package_identifier(b, a));
    put_fact(&out, w->made, STR("deckbind " DECKBIND_VERSION));
    put_count(&out, w->questions, b->questions);
    put_count(&out, w->missing, b->questions - b->answered);
    put_sources(&out, b);
    buf_puts(&out, "</section>\n");
    page_close(&out);
    return buf_str(&out);
}
