/*
 * slug.c -- an entry is found by its whole heading and by its title without number.
 *
 * Where several headings have one slug, GitHub's for the second is `slug-1`.
 */
#include "inline/slug.h"

#include "base/utf8.h"
#include "inline/inline.h"
#include "inline/link.h"

#include <stdlib.h>

static Str slug_of(Str plain, Arena *a)
{
    Str folded = utf8_fold(plain, a);
    Buf b = {.arena = a};
    for (size_t i = 0, n; i < folded.n; i += n) {
        uint32_t code = utf8_at(folded, i, &n);
        if (utf8_is_space(code))
            buf_put_char(&b, '-');
        else if (code == '-' || code == '_' || (code > ' ' && !utf8_is_punct(code)))
            buf_put(&b, (Str){folded.at + i, n});
    }
    return buf_str(&b);
}

static Str plain_of(Str markdown, Arena *a)
{
    const References none = {0};
    Node *n = node_new(a, NODE_HEADING, NULL);
    n->text = markdown;
    inline_parse(n, &none, true, a);
    return node_plain(n, a);
}

/* The text of a heading without its marks. */
static Str heading_text(Str line)
{
    line = str_trim(line);
    while (str_eat(&line, STR("#")))
        ;
    while (str_ends(line, STR("#")))
        line.n--;
    return str_trim(line);
}

static void add(Source *s, size_t entry, Str markdown, Arena *scratch)
{
    Str text = slug_of(plain_of(markdown, scratch), scratch);
    bool again = s->slugs.n && s->slugs.at[s->slugs.n - 1].entry == entry
              && str_eq(s->slugs.at[s->slugs.n - 1].text, text);
    if (text.n && !again)
        *vec_push(&s->slugs, &s->kept) = (Slug){str_copy(&s->kept, text), entry};
}

static int by_text(const void *a, const void *b)
{
    const Slug *x = a, *y = b;
    int order = str_cmp(x->text, y->text);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

void source_titles(Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        Entry *e = &s->entries.at[i];
        Arena scratch = {0};
        e->plain_title = str_copy(&s->kept, utf8_nfc(plain_of(e->title, &scratch), &scratch));
        arena_free(&scratch);
    }
}

static void make_slugs(Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        Arena scratch = {0};
        if (e->line && e->line <= s->line_count)
            add(s, i, heading_text(source_line(s, e->line)), &scratch);
        add(s, i, e->title, &scratch);
        arena_free(&scratch);
    }
    if (s->slugs.n)
        qsort(s->slugs.at, s->slugs.n, sizeof(Slug), by_text);
}

/* Whether a # stands soon after a bracket that one of `marks` follows. */
static bool has_fragment(Str text, char bracket, Str marks)
{
    enum { NEAR = 500 };
    for (size_t at; (at = str_find_char(text, bracket)) != STR_NONE;) {
        text = str_drop(text, at + 1);
        Str rest = str_take(text, NEAR);
        bool target = text.n && str_find_char(marks, text.at[0]) != STR_NONE;
        if (target && str_find_char(str_cut(&rest, '\n'), '#') != STR_NONE)
            return true;
    }
    return false;
}

void source_fragments(Source *s)
{
    s->fragments = has_fragment(s->text, '[', STR("[")) || has_fragment(s->text, ']', STR("(:"));
}

void book_slugs(Book *b)
{
    bool needed = false;
    for (size_t i = 0; i < b->source_count && !needed; i++)
        needed = b->sources[i].fragments;
    for (size_t i = 0; i < b->source_count && needed; i++)
        make_slugs(&b->sources[i]);
}

/* The `nth` of those whose slug is `text`. */
static const Entry *find_nth(const Source *s, Str text, size_t nth)
{
    size_t low = str_lower_bound(s->slugs.at, s->slugs.n, sizeof *s->slugs.at, text);
    bool found = nth < s->slugs.n - low && str_eq(s->slugs.at[low + nth].text, text);
    return found ? &s->entries.at[s->slugs.at[low + nth].entry] : NULL;
}

const Entry *slug_find(const Source *s, Str fragment, Arena *a)
{
    Str text = slug_of(fragment, a);
    const Entry *e = text.n ? find_nth(s, text, 0) : NULL;
    if (e)
        return e;
    size_t nth = 0, digits = 0;
    for (size_t scale = 1; digits < text.n && digits < 6 && is_digit(text.at[text.n - 1 - digits]);
         digits++, scale *= 10)
        nth += scale * (size_t)(text.at[text.n - 1 - digits] - '0');
    text.n -= digits;
    bool counted = digits && str_ends(text, STR("-"));
    return counted ? find_nth(s, str_take(text, text.n - 1), nth) : NULL;
}
