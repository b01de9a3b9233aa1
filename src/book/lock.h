/*
 * lock.h -- deckbind.lock, read and written.
 *
 *     deckbind lock 1
 *     render 1
 *     type 1704067200 5f0c… Deckbind 问答
 *
 *     file 语言基础.md
 *
 *     entry Kd8,f}q
 *     state Kd8,f}q 1704067200123 live question 1704067200 … make 和 new 的区别？
 *
 * Entries stand as they do in the notes, so that git merges the lock where it merges the
 * notes.  An entry has a line that never changes, one that does, and an empty one: what
 * two branches change of entries that stand next to each other, and what they add
 * between them, is parted by lines that neither changes, as git wants it.  Where that is
 * not enough, both sides can be kept: a state tells whose it is.  No line
 * number of a note is in it, for an entry that is put in would change all that follow.
 * The line that changes begins with the state: live, unanswered, retired, or tagged, which
 * is retired too, and was dated for a package that says so in Anki.
 *
 * An entry whose note was adopted from another tool names the note type that it had there,
 * and what it keeps follows in lines of its own; so does the deck of such a file, and the
 * type itself stands at the top.
 *
 * In a word, blanks, control characters and backslashes are written as a backslash and
 * two digits; a missing word is "-".
 */
#ifndef DECKBIND_BOOK_LOCK_H
#define DECKBIND_BOOK_LOCK_H

#include "model/book.h"

#define LOCK_HEAD "deckbind lock 1"

/* What a state, one that is retired and tagged, and a note type of ours, is called there. */
enum { LOCKED_TAGGED = LOCKED_STATES, LOCKED_WORDS, LOCKED_KINDS = 2 };
extern const char *const locked_state_names[LOCKED_WORDS];
extern const char *const locked_kind_names[LOCKED_KINDS]; /* by Locked.cloze */

/* The lock at `l->path`, if there is one.  False: `d` says why, and with which line. */
bool lock_read(Lock *l, Diags *d);

/*
 * The entries of the lock as they are after this build, in place of those before it:
 * those of the notes in their order, and behind each what was retired behind it.
 */
void lock_follow(Book *b);

/* `l` as the file has it, in `a`. */
Str lock_write(const Lock *l, Arena *a);

#endif
