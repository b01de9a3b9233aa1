/*
 * index.c -- uses become terms, terms are weighed, the best are sorted and written.
 *
 * An index is of use where it leaves out.  A term is weighed by how it is said and in how
 * many entries; of what is said all over the book, and of code that is said but once or
 * twice, nobody wants to look up the places.
 */
#include "emit/epub/index.h"

#include "base/pinyin.h"
#include "base/utf8.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "render/html.h"

#include <stdlib.h>

/* What a use weighs. */
static const unsigned weights[TERM_KINDS] = {
    [TERM_CODE] = 1, [TERM_BOLD] = 2, [TERM_HEADING] = 2, [TERM_DEFINED] = 6, [TERM_IN_TITLE] = 4, [TERM_SUBJECT] = 8,
};

enum {
    LONGEST_TOPIC = 200,   /* characters of the title of the book, which each term is looked for in */
    LEAST_WEIGHT = 2,
    LEAST_CODE = 3,        /* of a name that is only said as code in answers */
    LEAST_SHORT = 4,       /* of what has no more than SHORT_HAN bytes of Chinese, and is only bold */
    SHORT_HAN = 6,
    EVERYWHERE = 8,        /* a term that is in more than one of so many questions is left out ... */
    EVERYWHERE_LEAST = 10, /* ... where that is more than these, unless it is a subject */
    FEWEST_TERMS = 5,      /* fewer make no index */
    TERMS_LEAST = 60,      /* an index may have so many, */
    TERMS_MOST = 600,      /* never more than so many: it is one document, which old readers want below 300 KB, */
    MOST_PLACES = 4,       /* of a term */
    PAGE_COLUMNS = 20,     /* of a name of a page, */
    TITLE_COLUMNS = 28,    /* and of a question without number, in a place */
};

typedef struct Use {
    const TermUse *of;
    uint32_t source;
} Use;

typedef struct Term {
    const Use *uses; /* the strongest first, up to MOST_PLACES of them count */
    size_t n;
    unsigned weight;
    char initial;
    Str key;         /* by which it is sorted */
} Term;

typedef Vec(Term) Terms;

static int in_book(const Use *x, const Use *y)
{
    int order = (x->source > y->source) - (x->source < y->source);
    return order ? order : (x->of->entry > y->of->entry) - (x->of->entry < y->of->entry);
}

/* By term; of one the strongest first, then in the order of the book. */
static int by_term(const void *a, const void *b)
{
    const Use *x = a, *y = b;
    int order = str_cmp(x->of->key, y->of->key);
    order = order ? order : (x->of->kind < y->of->kind) - (x->of->kind > y->of->kind);
    return order ? order : in_book(x, y);
}

/* What tells what it is comes first. */
static int by_place(const void *a, const void *b)
{
    const Use *x = a, *y = b;
    int order = (y->of->kind == TERM_SUBJECT) - (x->of->kind == TERM_SUBJECT);
    return order ? order : in_book(x, y);
}

static int by_weight(const void *a, const void *b)
{
    const Term *x = a, *y = b;
    int order = (x->weight < y->weight) - (x->weight > y->weight);
    return order ? order : str_cmp(x->key, y->key);
}

/* What has no letter goes to the end. */
static int by_key(const void *a, const void *b)
{
    const Term *x = a, *y = b;
    int order = (x->initial == '#') - (y->initial == '#');
    order = order ? order : x->initial - y->initial;
    return order ? order : str_cmp(x->key, y->key);
}

/* A word that is code alone names a variable, unless it is built as only names are. */
static bool is_name(Str s)
{
    bool name = false;
    for (size_t i = 1; i < s.n; i++)
        name = name || s.at[i] == '.' || s.at[i] == ':' || s.at[i] == ' ' || (s.at[i] >= 'A' && s.at[i] <= 'Z');
    return name;
}

/* A chapter that is all there is of a term is in the contents. */
static bool is_chapter(const Book *b, const Use *use)
{
    const Source *s = &b->sources[use->source];
    const Page *page = source_page(s, use->of->entry);
    return page->first == use->of->entry && str_eq(page->title, s->entries.at[page->first].plain_title);
}

/* Whether no Latin word runs on over either end of the part of `s`. */
static bool is_whole(Str s, size_t from, size_t to)
{
    bool before = from > 0 && is_alnum(s.at[from - 1]) && is_alnum(s.at[from]);
    bool behind = to < s.n && is_alnum(s.at[to - 1]) && is_alnum(s.at[to]);
    return !before && !behind;
}

/* "MongoDB" does not name Go. */
static bool names(Str topic, Str key)
{
    bool found = false;
    for (size_t i = 0; i + key.n <= topic.n && !found; i++)
        found = str_starts(str_drop(topic, i), key) && is_whole(topic, i, i + key.n);
    return found;
}

/* `topic` is the folded title of the book: what that is about is on every page. */
static bool is_wanted(const Book *b, const Term *t, Str topic)
{
    const TermUse *strongest = t->uses[0].of;
    bool everywhere = t->n > EVERYWHERE_LEAST && t->n > b->questions / EVERYWHERE;
    bool brief = (unsigned char)strongest->key.at[0] >= 0x80 && strongest->key.n <= SHORT_HAN;
    everywhere = everywhere || names(topic, strongest->key);
    if ((everywhere && strongest->kind != TERM_SUBJECT) || (t->n == 1 && is_chapter(b, t->uses)))
        return false;
    if (strongest->kind == TERM_CODE || (strongest->kind == TERM_BOLD && strongest->code))
        return t->weight >= LEAST_CODE && is_name(strongest->shown);
    return t->weight >= (strongest->kind == TERM_BOLD && brief ? LEAST_SHORT : LEAST_WEIGHT);
}

static Use *gather(const Book *b, size_t *n, Arena *a)
{
    size_t all = *n = 0;
    for (size_t i = 0; i < b->source_count; i++)
        all += b->sources[i].terms.n;
    Use *uses = arena_new(a, Use, all);
    for (uint32_t i = 0; i < b->source_count; i++)
        for (size_t k = 0; k < b->sources[i].terms.n; k++)
            uses[(*n)++] = (Use){&b->sources[i].terms.at[k], i};
    if (all)
        qsort(uses, all, sizeof *uses, by_term);
    return uses;
}

static Terms weigh(const Book *b, Use *uses, size_t n, const Pinyin *pinyin, Arena *a)
{
    Terms terms = {0};
    Str topic = utf8_fold(utf8_take(b->config.title, LONGEST_TOPIC), a);
    for (size_t i = 0, next; i < n; i = next) {
        Term t = {.uses = &uses[i]};
        for (next = i; next < n && str_eq(uses[next].of->key, uses[i].of->key); next++)
            t.weight += weights[uses[next].of->kind];
        t.n = next - i;
        if (!is_wanted(b, &t, topic))
            continue;
        t.initial = pinyin_initial(pinyin, uses[i].of->key);
        t.key = pinyin_key(pinyin, uses[i].of->key, a);
        *vec_push(&terms, a) = t;
    }
    return terms;
}

static bool is_used_in(const Term *t, const Use *where)
{
    bool found = false;
    for (size_t i = 0; i < t->n && !found; i++)
        found = in_book(&t->uses[i], where) == 0;
    return found;
}

/* Whether all places of the first are places of the second. */
static bool is_within(const Term *x, const Term *y)
{
    enum { MOST_COMPARED = 100 };
    bool within = x->n <= y->n && x->n <= MOST_PLACES && y->n <= MOST_COMPARED;
    for (size_t i = 0; i < x->n && within; i++)
        within = is_used_in(y, &x->uses[i]);
    return within;
}

/*
 * Of "main" and "main 函数", which stand at the same places, one is enough: the longer where it is
 * what a title is about, else the shorter.
 */
static void drop_doubles(Terms *terms)
{
    size_t kept = 0;
    for (size_t i = 0; i < terms->n; i++) {
        Term *last = kept ? &terms->at[kept - 1] : NULL, *t = &terms->at[i];
        bool longer = last && str_starts(t->uses[0].of->key, last->uses[0].of->key);
        bool subject = t->uses[0].of->kind == TERM_SUBJECT;
        if (longer && !subject && is_within(t, last))
            continue;
        if (longer && subject && is_within(last, t))
            kept--;
        terms->at[kept++] = *t;
    }
    terms->n = kept;
}

/* So many terms as the book bears, in the order of the index. */
static void choose(const Book *b, Terms *terms)
{
    size_t most = b->answered / 2 + TERMS_LEAST;
    most = most < TERMS_MOST ? most : TERMS_MOST;
    if (terms->n)
        qsort(terms->at, terms->n, sizeof *terms->at, by_weight);
    terms->n = terms->n < most ? terms->n : most;
    if (terms->n)
        qsort(terms->at, terms->n, sizeof *terms->at, by_key);
    drop_doubles(terms);
}

typedef struct Writer {
    Buf out;
    const Book *book;
    const Words *words;
    const Page *page; /* of the place before */
    bool first;       /* none stands before */
} Writer;

static void put_cut(Writer *w, Str text, size_t columns)
{
    Str cut = words_cut(text, columns);
    html_text(&w->out, cut);
    buf_puts(&w->out, cut.n < text.n ? "…" : "");
}

/* The entry in a few words, which do not only repeat the term. */
static void put_words(Writer *w, const Source *s, const Page *page, const Entry *e, Str shown)
{
    Str words = e->plain_title;
    if (str_eq(words, shown))
        words = page->title;
    if (str_eq(words, shown))
        words = s->title;
    put_cut(w, words_or_untitled(w->words, words), TITLE_COLUMNS);
}

/* "运行时 3", or "4" behind it where that is on the same page; what has no number by its words. */
static void put_place(Writer *w, const Use *use, Str shown)
{
    const Source *s = &w->book->sources[use->source];
    const Entry *e = &s->entries.at[use->of->entry];
    const Page *page = source_page(s, use->of->entry);
    bool numbered = e->kind == ENTRY_QUESTION && e->number.n, goes_on = numbered && page == w->page;
    buf_put(&w->out, goes_on ? w->words->and : w->first ? w->words->places : w->words->next_page);
    buf_printf(&w->out, "<a href=\"%.*s#%.*s\">", STR_ARG(page->name), STR_ARG(e->anchor));
    if (numbered && !goes_on) {
        put_cut(w, words_or_untitled(w->words, page->title), PAGE_COLUMNS);
        buf_put_char(&w->out, ' ');
    }
    if (numbered)
        html_text(&w->out, e->number);
    else
        put_words(w, s, page, e, shown);
    buf_puts(&w->out, "</a>");
    w->page = numbered ? page : NULL;
    w->first = false;
}

static void put_term(Writer *w, const Term *t)
{
    Use places[MOST_PLACES];
    size_t n = t->n < MOST_PLACES ? t->n : MOST_PLACES;
    memcpy(places, t->uses, n * sizeof *places);
    qsort(places, n, sizeof *places, by_place);
    const TermUse *shown = t->uses[0].of;
    buf_puts(&w->out, shown->code ? "<li><code>" : "<li><b>");
    html_text(&w->out, shown->shown);
    buf_puts(&w->out, shown->code ? "</code>" : "</b>");
    w->page = NULL;
    w->first = true;
    for (size_t i = 0; i < n; i++)
        put_place(w, &places[i], shown->shown);
    buf_puts(&w->out, "</li>\n");
}

/* An id is no mark, so what has no letter is called "other". */
static void put_initial_id(Writer *w, char initial)
{
    if (initial == '#')
        buf_puts(&w->out, "i-other");
    else
        buf_printf(&w->out, "i-%c", to_lower(initial));
}

static bool begins(const Terms *terms, size_t i)
{
    return i == 0 || terms->at[i].initial != terms->at[i - 1].initial;
}

static void put_letters(Writer *w, const Terms *terms)
{
    buf_puts(&w->out, "<p class=\"letters\">");
    for (size_t i = 0; i < terms->n; i++) {
        if (!begins(terms, i))
            continue;
        buf_puts(&w->out, "<a href=\"#");
        put_initial_id(w, terms->at[i].initial);
        buf_printf(&w->out, "\">%c</a> ", terms->at[i].initial);
    }
    buf_puts(&w->out, "</p>\n");
}

static void put_terms(Writer *w, const Terms *terms)
{
    for (size_t i = 0; i < terms->n; i++) {
        if (begins(terms, i)) {
            buf_printf(&w->out, "%s<h2 id=\"", i ? "</ul>\n" : "");
            put_initial_id(w, terms->at[i].initial);
            buf_printf(&w->out, "\">%c</h2>\n<ul>\n", terms->at[i].initial);
        }
        put_term(w, &terms->at[i]);
    }
    buf_puts(&w->out, "</ul>\n");
}

static Str write(const Book *b, const Terms *terms, Arena *a)
{
    Writer w = {.out.arena = a, .book = b, .words = words_of(b)};
    page_open(&w.out, b, w.words->index, "backmatter");
    buf_printf(&w.out, "<section class=\"index\" epub:type=\"index\" role=\"doc-index\" id=\"index\""
                       " aria-labelledby=\"t-index\">\n<h1 id=\"t-index\">%.*s</h1>\n",
               STR_ARG(w.words->index));
    put_letters(&w, terms);
    put_terms(&w, terms);
    buf_puts(&w.out, "</section>\n");
    page_close(&w.out);
    return buf_str(&w.out);
}

Str index_make(const Book *b, Arena *a)
{
    Arena scratch = {0};
    size_t n;
    Use *uses = gather(b, &n, &scratch);
    Terms terms = weigh(b, uses, n, pinyin_open(&scratch), &scratch);
    choose(b, &terms);
    Str document = terms.n < FEWEST_TERMS ? STR("") : write(b, &terms, a);
    arena_free(&scratch);
    return document;
}
