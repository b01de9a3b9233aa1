/*
 * paginate.c -- cuts before sections, and before entries where a document grows too large.
 */
#include "book/paginate.h"

#include "base/hash.h"

#include <inttypes.h>

/* Old readers fail on documents above 300 KB; what is but reckoned is to stay below 200 KB or so. */
enum { MOST_BYTES = 180 * 1000, ENTRY_BYTES = 150 };
enum { MOST_CHAPTERS = 1000 }; /* of a note: each is a document, and has two for its self-test */

Str page_stem(Str name)
{
    return str_take(name, name.n - STR(".xhtml").n);
}

static Str page_name(Source *s, Str of)
{
    Buf b = {.arena = &s->kept};
    buf_printf(&b, "c-%012" PRIx64 ".xhtml", hash64(of) >> 16);
    return buf_str(&b);
}

/* The depth of the sections that begin pages: the least that holds two, but not too many; -1: none does. */
static int cutting_depth(const Source *s)
{
    for (uint32_t depth = 0; depth < 2; depth++) {
        size_t sections = 0;
        for (size_t i = 0; i < s->entries.n; i++)
            sections += s->entries.at[i].kind == ENTRY_SECTION && s->entries.at[i].depth == depth;
        if (sections > 1)
            return sections <= MOST_CHAPTERS ? (int)depth : -1;
    }
    return -1;
}

static void begin_page(Source *s, Page page)
{
    if (s->pages.n)
        s->pages.at[s->pages.n - 1].last = page.first;
    page.last = s->entries.n;
    *vec_push(&s->pages, &s->kept) = page;
}

static void begin_piece(Source *s, size_t first)
{
    Page page = s->pages.at[s->pages.n - 1];
    Buf name = {.arena = &s->kept};
    Str chapter = s->pages.at[s->pages.n - 1 - page.piece].name;
    page.first = first;
    page.piece++;
    buf_printf(&name, "%.*s-%u.xhtml", STR_ARG(page_stem(chapter)), page.piece + 1);
    page.name = buf_str(&name);
    begin_page(s, page);
}

/* Lines become elements, marks are tags, and so is each letter of a formula; `*math`: one is open. */
static size_t bytes_of_line(Str line, bool *math)
{
    static const uint8_t more[256] = {
        ['<'] = 3, ['>'] = 3, ['&'] = 4, ['"'] = 5, ['|'] = 8, ['`'] = 6, ['*'] = 4, ['$'] = 150,
    };
    size_t bytes = 8;
    *math = *math && str_trim(line).n; /* a blank line ends what was none, such as a price */
    if (!*math && str_find_char(line, '$') == STR_NONE) {
        for (size_t i = 0; i < line.n; i++)
            bytes += 1U + more[(unsigned char)line.at[i]];
        return bytes;
    }
    for (size_t i = 0; i < line.n; i++) {
        *math ^= line.at[i] == '$' && (!i || line.at[i - 1] != '$');
        bytes += (*math ? 10U : 1U) + more[(unsigned char)line.at[i]];
    }
    return bytes;
}

/*
 * About how many bytes of a page an entry takes, before it is made: a link must know by then
 * where it leads.  Each row of a table may repeat the first: see render/table.c.
 */
static size_t bytes_on_page(const Source *s, size_t i)
{
    size_t from = s->starts[s->entries.at[i].line - 1], bytes = ENTRY_BYTES, head = 0;
    size_t to = i + 1 < s->entries.n ? s->starts[s->entries.at[i + 1].line - 1] : s->text.n;
    bool math = false;
    for (Str text = str_take(str_drop(s->text, from), to - from); text.n;) {
        Str line = str_cut(&text, '\n');
        bool row = str_find_char(line, '|') != STR_NONE;
        size_t more = bytes_of_line(line, &math);
        bytes += more + (row ? head : 0);
        head = !row ? 0 : head ? head : more;
    }
    return bytes;
}

void source_weigh(Source *s)
{
    for (size_t i = 0; i < s->entries.n; i++) {
        size_t bytes = bytes_on_page(s, i);
        s->entries.at[i].weight = bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
    }
}

static void paginate(Source *s)
{
    int depth = cutting_depth(s);
    size_t bytes = 0;
    if (!s->entries.n)
        return;
    begin_page(s, (Page){.name = page_name(s, s->name), .title = s->title});
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        size_t more = e->weight;
        bool cuts = e->kind == ENTRY_SECTION && (int)e->depth == depth;
        bool bare = !i || s->entries.at[i - 1].kind == ENTRY_SECTION; /* which is not left alone */
        if (cuts && i)
            begin_page(s, (Page){.name = page_name(s, e->anchor), .title = e->title, .first = i});
        else if (cuts)
            s->pages.at[0].title = e->title;
        else if (bytes + more > MOST_BYTES && !bare)
            begin_piece(s, i);
        bytes = s->pages.at[s->pages.n - 1].first == i ? more : bytes + more;
    }
}

void book_paginate(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        paginate(&b->sources[i]);
}
