/*
 * pages.c -- pages are text put together; xml_check has the last word.
 *
 * The parts of an entry are finished XHTML.  Their own headings begin at h3.
 */
#include "emit/epub/pages.h"

#include "base/hash.h"
#include "base/xml.h"
#include "book/paginate.h"
#include "emit/epub/notes.h"
#include "emit/epub/selftest.h"
#include "emit/epub/terms.h"
#include "render/html.h"

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6 };

typedef struct Writer {
    Buf out;
    const Book *book;
    const Source *source;
    const Page *page;
    const Words *words;
    Notes notes;
    size_t chapter; /* index of the first entry of the chapter at hand */
    uint8_t *level; /* of the heading above what lies in an entry, from that one on */
} Writer;

void page_open(Buf *out, const Book *b, Str title, const char *matter)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
                  "<html xmlns=\"http://www.w3.org/1999/xhtml\""
                  " xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
    html_text(out, b->config.language);
    buf_puts(out, "\" xml:lang=\"");
    html_text(out, b->config.language);
    buf_puts(out, "\">\n<head>\n<meta charset=\"UTF-8\"/>\n<title>");
    html_text(out, words_or_untitled(words_of(b), title));
    buf_puts(out, "</title>\n"
                  "<link rel=\"stylesheet\" type=\"text/css\" href=\"../css/book.css\"/>\n"
                  "</head>\n");
    buf_printf(out, "<body epub:type=\"%s\">\n", matter);
}

void page_close(Buf *out)
{
    buf_puts(out, "</body>\n</html>\n");
}

void page_finish(const Book *b, Str bytes, Str name, Source *s, Document *document)
{
    document->math = str_find(bytes, STR("<math ")) != STR_NONE;
    document->wordless = str_find(bytes, STR(" alt=\"\"")) != STR_NONE;
    Packed packed = pack_again(bytes, b->packing, b->earlier, b->spool, 1, &document->kept);
    if (packed.known || xml_check(bytes, name, &s->diags)) /* what was published before was checked */
        document->packed = packed;
    else
        arena_free(&document->kept);
}

/* What stands in a heading: the number and the words of an entry. */
static void put_heading_text(Writer *w, const Entry *e)
{
    if (e->number.n) {
        buf_puts(&w->out, "<span class=\"qn\">");
        Buf number = {.arena = w->out.arena};
        words_number(&number, e->number);
        html_text(&w->out, buf_str(&number));
        buf_puts(&w->out, "</span>");
    }
    if (e->made->page_title.n || e->number.n)
        buf_put(&w->out, e->made->page_title);
    else
        html_text(&w->out, w->words->untitled);
}

/* What is asked and what is answered are told apart where both have text. */
static bool wants_label(const Entry *e, Part part)
{
    return part != PART_ANSWER || e->made->page_part[PART_QUESTION].n || e->made->page_part[PART_CHOICES].n
        || e->made->page_part[PART_HINT].n;
}

static void put_part(Writer *w, const Entry *e, Part part, const char *class)
{
    Str label = w->words->part[part];
    buf_printf(&w->out, "<div class=\"%s\">\n", class);
    if (label.n && wants_label(e, part))
        buf_printf(&w->out, "<p class=\"label\">%.*s</p>\n", STR_ARG(label));
    buf_put(&w->out, e->made->page_part[part]);
    buf_puts(&w->out, "\n</div>\n");
}

/* Where an answer should stand; a link where the same question is answered elsewhere. */
static void put_gap(Writer *w, const Entry *e)
{
    buf_printf(&w->out, "<p class=\"unanswered\">%.*s", STR_ARG(w->words->unanswered));
    const Source *s = e->twin ? &w->book->sources[e->twin_source - 1] : NULL;
    const Page *page = s ? source_page(s, e->twin - 1) : NULL;
    if (page) {
        Str anchor = s->entries.at[e->twin - 1].anchor;
        buf_printf(&w->out, "%.*s<a href=\"%.*s#%.*s\">", STR_ARG(w->words->see), STR_ARG(page->name),
                   STR_ARG(anchor));
        html_text(&w->out, words_label(w->words, STR(""), s->title, w->out.arena));
        buf_puts(&w->out, "</a>");
    }
    buf_puts(&w->out, "</p>\n");
}

static void put_parts(Writer *w, const Entry *e)
{
    static const char *const classes[PARTS] = {
        [PART_CHOICES] = "choices", [PART_HINT] = "hint", [PART_ANSWER] = "a",
        [PART_EXPLANATION] = "explanation", [PART_EXTRA] = "extra",
    };
    for (Part part = 0; part < PARTS; part++) {
        bool question = e->kind == ENTRY_QUESTION;
        if (part == PART_ANSWER && question && !e->answered)
            put_gap(w, e);
        if (!e->made->page_part[part].n)
            continue;
        if (question && classes[part]) {
            put_part(w, e, part, classes[part]);
        } else {
            buf_put(&w->out, e->made->page_part[part]);
            buf_puts(&w->out, "\n");
        }
    }
}

/* Where the same is asked, unless the gap says so. */
static void put_like(Writer *w, const Entry *e)
{
    bool told = !e->answered && e->like.source == e->twin_source && e->like.entry == e->twin;
    const Source *s = e->like.source && !told ? &w->book->sources[e->like.source - 1] : NULL;
    const Page *page = s ? source_page(s, e->like.entry - 1) : NULL;
    if (!page)
        return;
    const Entry *like = &s->entries.at[e->like.entry - 1];
    Buf title = {.arena = w->out.arena};
    (like->cloze ? cloze_fill : buf_put)(&title, e->like.title);
    bool named = like->number.n || title.n; /* a cloze may have all its words below */
    buf_printf(&w->out, "<p class=\"src\">%.*s<a href=\"%.*s#%.*s\">", STR_ARG(w->words->see_also),
               STR_ARG(page->name), STR_ARG(like->anchor));
    if (s != w->source || !named)
        html_text(&w->out, words_label(w->words, STR(""), s->title, w->out.arena));
    buf_puts(&w->out, s != w->source && named ? " › " : "");
    if (named)
        html_text(&w->out, words_label(w->words, like->number, buf_str(&title), w->out.arena));
    buf_puts(&w->out, "</a></p>\n");
}

/* The line of the notes, as on a card, where the description says that they can be read. */
static void put_source(Writer *w, const Entry *e)
{
    Str url = w->book->config.source_url;
    if (!url.n)
        return;
    buf_puts(&w->out, "<p class=\"src\"><a href=\"");
    html_url(&w->out, html_source_address(w->source, e->line, url, w->out.arena));
    buf_puts(&w->out, "\">");
    html_text(&w->out, w->source->name);
    buf_printf(&w->out, ":%u</a></p>\n", e->line);
}

static void put_question(Writer *w, const Entry *e, int level)
{
    Str id = e->anchor;
    buf_printf(&w->out, "<section class=\"qa\" id=\"%.*s\">\n<h%d id=\"t-%.*s\">", STR_ARG(id), level,
               STR_ARG(id));
    put_heading_text(w, e);
    buf_printf(&w->out, "</h%d>\n", level);
    put_parts(w, e);
    put_like(w, e);
    put_source(w, e);
    buf_puts(&w->out, "</section>\n");
}

static void put_section(Writer *w, const Entry *e, int level)
{
    buf_printf(&w->out, "<h%d id=\"%.*s\" class=\"section\">", level, STR_ARG(e->anchor));
    put_heading_text(w, e);
    buf_printf(&w->out, "</h%d>\n", level);
    put_parts(w, e);
}

static bool is_empty(const Entry *e)
{
    bool empty = !e->made->page_title.n;
    for (Part part = 0; part < PARTS; part++)
        empty = empty && !e->made->page_part[part].n;
    return empty;
}

static void put_other(Writer *w, const Entry *e, int level)
{
    (void)level;
    if (is_empty(e)) /* front matter */
        return;
    buf_puts(&w->out, "<div class=\"other\"");
    if (e->anchor.n)
        buf_printf(&w->out, " id=\"%.*s\"", STR_ARG(e->anchor));
    buf_puts(&w->out, ">\n");
    if (e->made->page_title.n) {
        buf_puts(&w->out, "<p><strong>");
        put_heading_text(w, e);
        buf_puts(&w->out, "</strong></p>\n");
    }
    put_parts(w, e);
    buf_puts(&w->out, "</div>\n");
}

static void (*const put_entry[])(Writer *, const Entry *, int) = {
    [ENTRY_QUESTION] = put_question,
    [ENTRY_SECTION] = put_section,
    [ENTRY_OTHER] = put_other,
};

/* Whether the page is named after its first entry, whose heading then is the page's. */
static bool is_headed_by(const Page *page, const Entry *first)
{
    return first->kind == ENTRY_SECTION && str_eq(first->plain_title, page->title);
}

/* One below the entry that it lies in, where that stands in this chapter. */
static int level_of(const Writer *w, size_t i)
{
    size_t parent = w->source->entries.at[i].parent, first = w->chapter;
    int level = FIRST_LEVEL;
    if (parent > first && parent <= i)
        level = w->level[parent - 1 - first] + 1;
    return level < LAST_LEVEL ? level : LAST_LEVEL;
}

static void put_entries(Writer *w, size_t from)
{
    for (size_t i = from; i < w->page->last; i++) {
        const Entry *e = &w->source->entries.at[i];
        int level = level_of(w, i);
        /* What has no heading leaves its children on its own level. */
        w->level[i - w->chapter] = (uint8_t)(e->kind == ENTRY_OTHER ? level - 1 : level);
        put_entry[e->kind](w, e, level);
    }
}

static Str piece_title(const Writer *w)
{
    Buf b = {.arena = w->out.arena};
    buf_put(&b, words_or_untitled(w->words, w->page->title));
    if (w->page->piece)
        buf_printf(&b, " (%u)", w->page->piece + 1);
    return buf_str(&b);
}

/* Goes on with a chapter; the heading is that of its first piece. */
static void put_piece(Writer *w)
{
    buf_printf(&w->out, "<section epub:type=\"chapter\" role=\"doc-chapter\" id=\"%.*s\" aria-label=\"",
               STR_ARG(page_stem(w->page->name)));
    html_text(&w->out, piece_title(w));
    buf_puts(&w->out, "\">\n");
    put_entries(w, w->page->first);
}

static void put_chapter(Writer *w)
{
    const Page *page = w->page;
    const Entry *first = &w->source->entries.at[page->first];
    bool headed = page->first < page->last && is_headed_by(page, first);
    Str id = headed ? first->anchor : page_stem(page->name);

    w->chapter = page->first;
    buf_printf(&w->out,
               "<section epub:type=\"chapter\" role=\"doc-chapter\" id=\"%.*s\""
               " aria-labelledby=\"t-%.*s\">\n<h1 id=\"t-%.*s\">",
               STR_ARG(id), STR_ARG(id), STR_ARG(id));
    if (headed)
        put_heading_text(w, first);
    else
        html_text(&w->out, words_or_untitled(w->words, page->title));
    buf_puts(&w->out, "</h1>\n");
    if (headed) {
        w->level[0] = FIRST_LEVEL - 1;
        put_parts(w, first);
    }
    put_entries(w, page->first + headed);
}

static void make_page(Writer *w, const Book *b, Page *page)
{
    w->out.n = 0;
    w->page = page;
    page_open(&w->out, b, piece_title(w), "bodymatter");
    (page->piece ? put_piece : put_chapter)(w);
    notes_put(&w->notes, &w->out, w->source, page);
    if (selftest_wants(b, w->source, page))
        buf_printf(&w->out, "<p class=\"src\"><a href=\"%.*s\">%.*s</a></p>\n",
                   STR_ARG(selftest_name(page, 'z', w->out.arena)), STR_ARG(w->words->self_test));
    buf_puts(&w->out, "</section>\n");
    page_close(&w->out);
}

void pages_make(const Book *b, Source *s)
{
    Writer w = {.out.arena = &s->arena, .book = b, .source = s, .words = words_of(b),
                .notes = notes_open(s)};
    s->digest = hash64(s->text);
    w.level = arena_new(&s->arena, uint8_t, s->entries.n);
    if (!str_eq(b->config.index, STR("false")))
        terms_collect(s);
    TestCount count = {0};
    for (size_t i = 0; i < s->pages.n; i++) {
        Page *page = &s->pages.at[i];
        if (!page->piece)
            count = selftest_count(s, i);
        make_page(&w, b, page);
        page_finish(b, buf_str(&w.out), page->name, s, &page->document);
        if (page->document.packed.size && selftest_wants(b, s, page))
            selftest_make(b, s, page, piece_title(&w), &count);
    }
}
