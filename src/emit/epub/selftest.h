/*
 * selftest.h -- the self-test: the questions of a page alone, and copies of their answers.
 *
 * Each question has a link to its answer, and that one back.  Where a reading program can,
 * it shows the answer in a window over the question; elsewhere the link turns to it.  What
 * each of them wants for that (Apple Books, Kobo, Kindle, KOReader, Calibre) is met at once:
 * the link is a noteref at the end of the question; the answer is a footnote in a later
 * document, in a <div>, begins with the link back, has neither headings nor ids of its
 * own, is in no contents, and has at most 5,000 characters unless the question alone has more.
 */
#ifndef DECKBIND_EMIT_EPUB_SELFTEST_H
#define DECKBIND_EMIT_EPUB_SELFTEST_H

#include "model/book.h"

/* Whether there are questions of `page` to ask: with an answer, and no cloze whose gaps cannot be hidden. */
bool selftest_wants(const Book *b, const Source *s, const Page *page);

/* How the questions of a chapter are counted, from piece to piece. */
typedef struct TestCount {
    bool numbered; /* by the notes */
    size_t asked;  /* so far */
} TestCount;

/* Of the chapter that begins with page `chapter`, before its first piece. */
TestCount selftest_count(const Source *s, size_t chapter);

/* Fill `asked` and `answers` of such a page of `s`, in `kept`; `title` is that of the page. */
void selftest_make(const Book *b, Source *s, Page *page, Str title, TestCount *count);

/* Whether that was done. */
static inline bool selftest_has(const Page *page)
{
    return page->asked.packed.size > 0;
}

/* The names of the documents with the questions ('z') and the answers ('a') of `page`, in `a`. */
Str selftest_name(const Page *page, char kind, Arena *a);

#endif
