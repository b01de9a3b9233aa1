/*
 * mend.h -- marks of spans that their writer got wrong; see model/repair.h.
 *
 * Nothing here takes a character of the text away but the marks themselves.
 */
#ifndef DECKBIND_INLINE_MEND_H
#define DECKBIND_INLINE_MEND_H

#include "inline/leaf.h"
#include "inline/target.h"

/* Whether a kind of mend is wanted here. */
bool mend_wanted(const Leaf *l, RepairKind kind);

/* Note that one was made at the offset `at`, which lies in that line of the file. */
void mend_note(Leaf *l, RepairKind kind, uint32_t line, size_t at);

/* Keep the place of a full-width mark that was read as what it stands for: the first is noted. */
void mend_wide(Leaf *l, uint32_t line, size_t at);

/*
 * The offset at which code that begins at `start`, behind one backtick, pauses; 0 where it
 * is no code, or is closed in its line.  `close` is the offset of the next backtick, 0
 * where there is none.
 */
size_t mend_code_end(const Leaf *l, size_t start, size_t close);

/*
 * The target of a link whose text ends in the `]` at `at`: `[a] (https://x)`,
 * `[a]（https://x）`, `[a](https://x` without an end.
 */
bool mend_target(Leaf *l, Str label, Target *t);

/* `＊＊` and `｀`, which stand for bold and code; each is read where its narrow kin is. */
Reader read_wide_mark, read_wide_emphasis, read_wide_code;

/* `【a】(https://x)`. */
Reader read_wide_bracket;

#endif
