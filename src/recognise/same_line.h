/*
 * same_line.h -- answers that stand on the line of their question:
 *
 *     垃圾回收算法？引用计数，标记清除        list 和 set 有什么区别: list 可以重复
 *     [电梯调度算法](https://…)
 */
#ifndef DECKBIND_RECOGNISE_SAME_LINE_H
#define DECKBIND_RECOGNISE_SAME_LINE_H

#include "recognise/wording.h"

/*
 * Split `title` into `*question` and `*answer`, both parts of it; a title that is a link is
 * the question, and the link the answer.  False: there is no answer in it.
 */
bool same_line_answer(const Wording *w, Str title, Str *question, Str *answer);

#endif
