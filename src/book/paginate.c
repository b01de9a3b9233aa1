/*
 * paginate.c -- cuts before sections.
 */
#include "book/paginate.h"

#include "base/hash.h"

#include <inttypes.h>

static Str page_name(Source *s, Str of)
{
    Buf b = {.arena = &s->kept};
    buf_printf(&b, "c-%012" PRIx64 ".xhtml", hash64(of) >> 16);
    return buf_str(&b);
}

/* The depth of the sections that begin pages: the least that holds two; -1: none does. */
static int cutting_depth(const Source *s)
{
    for (uint32_t depth = 0; depth < 2; depth++) {
        size_t sections = 0;
        for (size_t i = 0; i < s->entries.n; i++)
            sections += s->entries.at[i].kind == ENTRY_SECTION && s->entries.at[i].depth == depth;
        if (sections > 1)
            return (int)depth;
    }
    return -1;
}

static void begin_page(Source *s, Str name, Str title, size_t first)
{
    if (s->pages.n)
        s->pages.at[s->pages.n - 1].last = first;
    Page *p = vec_push(&s->pages, &s->kept);
    *p = (Page){.name = name, .title = title, .first = first, .last = s->entries.n};
}

static void paginate(Source *s)
{
    int depth = cutting_depth(s);
    if (!s->entries.n)
        return;
    begin_page(s, page_name(s, s->name), s->title, 0);
    for (size_t i = 0; i < s->entries.n; i++) {
        const Entry *e = &s->entries.at[i];
        bool cuts = e->kind == ENTRY_SECTION && (int)e->depth == depth;
        if (cuts && i)
            begin_page(s, page_name(s, e->anchor), e->title, i);
        else if (cuts)
            s->pages.at[0].title = e->title;
    }
}

void book_paginate(Book *b)
{
    for (size_t i = 0; i < b->source_count; i++)
        paginate(&b->sources[i]);
}
