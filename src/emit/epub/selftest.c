/*
 * selftest.c -- two documents for each page, made from the parts of its entries.
 *
 * K being the key of the page, its questions are z-K.xhtml and its answers a-K.xhtml; so an
 * edit changes only the documents that show it.
 */
#include "emit/epub/selftest.h"

#include "book/paginate.h"
#include "emit/epub/copy.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "render/html.h"

enum { MOST_CHARACTERS = 4500 /* of a question and its answer; Kobo shows 5,000, with labels and links */ };

typedef struct Tester {
    Buf out;
    const Book *book;
    const Words *words;
    const Page *page;
    Str title;
    Str asked, answers; /* names of both documents */
    size_t first;       /* of the questions of the page in their chapter, where none has a number; else 0 */
    size_t nth;         /* the same of the question at hand */
} Tester;

Str selftest_name(const Page *page, char kind, Arena *a)
{
    Buf b = {.arena = a};
    buf_put_char(&b, kind);
    buf_put(&b, str_drop(page->name, 1));
    return buf_str(&b);
}

static bool is_asked(const Entry *e)
{
    return e->kind == ENTRY_QUESTION && e->answered && (!e->cloze || e->made->gapped);
}

/* What an id of the question says after its letter. */
static Str key_of(const Entry *e)
{
    return str_drop(e->anchor, STR("q-").n);
}

static void put_copy(Tester *t, Str html)
{
    copy_put(&t->out, html, t->page->name);
}

static void put_part(Tester *t, Str html)
{
    put_copy(t, html);
    buf_puts(&t->out, html.n ? "\n" : "");
}

static void put_label(Tester *t, Part part)
{
    if (t->words->part[part].n)
        buf_printf(&t->out, "<p class=\"label\">%.*s</p>\n", STR_ARG(t->words->part[part]));
}

static Str number_of(Tester *t, const Entry *e)
{
    Buf number = {.arena = t->out.arena};
    if (t->nth)
        buf_printf(&number, "%zu", t->nth);
    return t->nth ? buf_str(&number) : e->number;
}

static void put_number(Tester *t, const Entry *e)
{
    Buf number = {.arena = t->out.arena};
    words_number(&number, number_of(t, e));
    if (!number.n)
        return;
    buf_puts(&t->out, "<span class=\"qn\">");
    html_text(&t->out, buf_str(&number));
    buf_puts(&t->out, "</span>");
}

static void put_question(Tester *t, const Entry *e)
{
    const Made *m = e->made;
    Str title = e->cloze ? m->gapped_title : m->page_title;
    const Str *parts = e->cloze ? m->gapped_part : m->page_part;
    buf_printf(&t->out, "<div class=\"asked\" id=\"z-%.*s\">\n<p class=\"q2\">", STR_ARG(key_of(e)));
    put_number(t, e);
    put_copy(t, title);
    buf_printf(&t->out, " <a class=\"show\" epub:type=\"noteref\" role=\"doc-noteref\" href=\"%.*s#a-%.*s\">"
                        "%.*s</a></p>\n",
               STR_ARG(t->answers), STR_ARG(key_of(e)), STR_ARG(t->words->answer));
    put_part(t, parts[PART_QUESTION]);
    put_part(t, m->page_part[PART_CHOICES]);
    if (e->cloze)
        put_part(t, parts[PART_ANSWER]);
    if (m->page_part[PART_HINT].n) {
        buf_puts(&t->out, "<div class=\"hint\">\n");
        put_label(t, PART_HINT);
        put_part(t, m->page_part[PART_HINT]);
        buf_puts(&t->out, "</div>\n");
    }
    buf_puts(&t->out, "</div>\n");
}

/*
 * As much of a part as `*left` characters allow, whole blocks; its label where any of them
 * does.  False where something is left out.
 */
static bool put_blocks(Tester *t, Part part, Str html, size_t *left)
{
    for (bool first = true; html.n; first = false) {
        Str block = str_take(html, copy_first_block(html));
        size_t length = copy_length(block);
        if (length > *left)
            return false;
        *left -= length;
        if (first && part != PART_ANSWER)
            put_label(t, part);
        put_copy(t, block);
        html = str_drop(html, block.n);
    }
    buf_puts(&t->out, "\n");
    return true;
}

static void put_answer_parts(Tester *t, const Entry *e)
{
    static const bool shown[PARTS] = {[PART_ANSWER] = true, [PART_EXPLANATION] = true, [PART_EXTRA] = true};
    size_t title = copy_length(e->made->page_title);
    size_t left = title < MOST_CHARACTERS ? MOST_CHARACTERS - title : 0;
    bool whole = true;
    for (Part part = 0; part < PARTS && whole; part++) {
        Str html = e->made->page_part[part];
        if (!html.n || (!shown[part] && !(e->cloze && part == PART_QUESTION)))
            continue;
        whole = put_blocks(t, part, html, &left);
    }
    if (!whole)
        buf_printf(&t->out, "<p class=\"whole\"><a href=\"%.*s#%.*s\">%.*s</a></p>\n", STR_ARG(t->page->name),
                   STR_ARG(e->anchor), STR_ARG(t->words->whole));
}

static void put_answer(Tester *t, const Entry *e)
{
    buf_printf(&t->out,
               "<div class=\"ans\" id=\"a-%.*s\" epub:type=\"footnote\" role=\"doc-footnote\">\n"
               "<p class=\"q2\"><a class=\"show\" epub:type=\"backlink\" role=\"doc-backlink\" href=\"%.*s#z-%.*s\">",
               STR_ARG(key_of(e)), STR_ARG(t->asked), STR_ARG(key_of(e)));
    Str number = number_of(t, e);
    html_text(&t->out, number.n ? number : t->words->question);
    buf_puts(&t->out, "</a> ");
    put_copy(t, e->made->page_title);
    buf_puts(&t->out, "</p>\n");
    put_answer_parts(t, e);
    buf_puts(&t->out, "</div>\n");
}

TestCount selftest_count(const Source *s, size_t chapter)
{
    TestCount count = {0};
    size_t to = s->pages.at[source_chapter_end(s, chapter) - 1].last;
    for (size_t i = s->pages.at[chapter].first; i < to && !count.numbered; i++)
        count.numbered = s->entries.at[i].kind == ENTRY_QUESTION && s->entries.at[i].number.n;
    return count;
}

/* One document: `type` is that of its section, `put` writes an entry. */
static void make(Tester *t, Source *s, Str name, Str place, const char *type,
                 void (*put)(Tester *, const Entry *), Document *document)
{
    Str id = page_stem(name);
    Buf title = {.arena = t->out.arena};
    buf_printf(&title, "%.*s · %.*s", STR_ARG(place), STR_ARG(t->title));
    t->out.n = 0;
    page_open(&t->out, t->book, buf_str(&title), "backmatter");
    buf_printf(&t->out, "<section %s id=\"%.*s\" aria-labelledby=\"t-%.*s\">\n<h1 id=\"t-%.*s\">", type,
               STR_ARG(id), STR_ARG(id), STR_ARG(id));
    html_text(&t->out, buf_str(&title));
    buf_puts(&t->out, "</h1>\n");
    t->nth = t->first;
    for (size_t i = t->page->first; i < t->page->last; i++) {
        if (!is_asked(&s->entries.at[i]))
            continue;
        put(t, &s->entries.at[i]);
        t->nth += t->nth > 0;
    }
    buf_puts(&t->out, "</section>\n");
    page_close(&t->out);
    page_finish(t->book, buf_str(&t->out), name, s, document);
}

bool selftest_wants(const Book *b, const Source *s, const Page *page)
{
    if (str_eq(b->config.self_test, STR("false")))
        return false;
    for (size_t i = page->first; i < page->last; i++)
        if (is_asked(&s->entries.at[i]))
            return true;
    return false;
}

void selftest_make(const Book *b, Source *s, Page *page, Str title, TestCount *count)
{
    Tester t = {.out.arena = &s->arena, .book = b, .words = words_of(b), .page = page, .title = title,
                .first = count->numbered ? 0 : count->asked + 1};
    t.asked = selftest_name(page, 'z', &s->arena);
    t.answers = selftest_name(page, 'a', &s->arena);
    make(&t, s, t.asked, t.words->self_test, "epub:type=\"assessment\"", put_question, &page->asked);
    make(&t, s, t.answers, t.words->answers, "epub:type=\"endnotes footnotes\" role=\"doc-endnotes\"",
         put_answer, &page->answers);
    for (size_t i = page->first; i < page->last; i++)
        count->asked += is_asked(&s->entries.at[i]);
}
