/*
 * inline.h -- the text of leaf blocks becomes spans.
 *
 * With `tolerant` off this is CommonMark 0.31.2.  With it on, also: `~~old~~`;
 * `$…$` and its like are formulas, see model/formula.h; `[^1]` where such a footnote is
 * defined; bare URLs are links and end before
 * Chinese; emphasis marks beside CJK text and punctuation work as authors expect
 * (`**中文。**后` is bold); `==marked==`; links, bold and code with a wrong mark are
 * mended, see mend.h; a quote that begins with `[!NOTE]` with its title; `[[note]]` and `![[picture]]`; `<img>` and `<audio>` are pictures
 * and sounds; `<T>` of `List<T>` is text, as is every tag that is no HTML element, or
 * lacks its end.
 *
 * One delimiter stack, no backtracking: linear in the text.
 */
#ifndef DECKBIND_INLINE_INLINE_H
#define DECKBIND_INLINE_INLINE_H

#include "model/book.h"

/*
 * Fill every leaf below `root`.  `refs` is sorted; the footnotes that are used get
 * their number.  Spans live in `a`.
 */
void inline_parse(Node *root, const References *refs, bool tolerant, Arena *a);

/* Pass: all trees of the entries, then the footnotes that they use. */
void source_inline(Source *s);

/* `raw` with backslash escapes and entities resolved; `raw` itself where it has none. */
Str inline_unescape(Str raw, Arena *a);

/* The same of entities alone: in an address between angles a backslash is itself. */
Str inline_resolve(Str raw, Arena *a);

#endif
