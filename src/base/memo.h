/*
 * memo.h -- what slow programs answered, by what they were asked: remembered for the run,
 * and in a file for the next one.
 *
 * A question is a number, the hash of all that its answer depends on.  An answer is a line
 * of text.  The file may be deleted at any time, and one that is broken or forged counts
 * as none: whoever reads an answer checks that it can be one.
 */
#ifndef DECKBIND_BASE_MEMO_H
#define DECKBIND_BASE_MEMO_H

#include "base/str.h"

typedef struct Answer {
    uint64_t question;
    Str text;
} Answer;

typedef Vec(Answer) AnswerVec;

/* What one thread learned.  Begin with {.arena = a, .earlier = the file's}. */
typedef struct Memo {
    Arena *arena;
    const AnswerVec *earlier; /* in order of questions; not changed */
    AnswerVec learned;
    uint32_t *slots;          /* 1 + place in `learned`, by hash; 0: free */
    size_t slot_count;
} Memo;

/* The answer; `at` is NULL where it is not known. */
Str memo_find(const Memo *m, uint64_t question);

/* `answer`, which holds no line end, is copied.  It takes an earlier one's place; none was learned. */
void memo_add(Memo *m, uint64_t question, Str answer);

/* The answers in a file of them, `text`, which must last; none where it is no such file. */
void memo_read(Str text, AnswerVec *answers, Arena *a);

/* The file of `earlier` and of what `n` memos learned; what was known before goes where there is too much. */
Str memo_write(const AnswerVec *earlier, const Memo *const *memos, size_t n, Arena *a);

#endif
