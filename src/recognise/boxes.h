/*
 * boxes.h -- fences that are boxes around questions, and hold no code:
 *
 *     ```
 *     new 和 make 的区别：
 *       make 只用于切片、映射和通道。
 *     ```
 */
#ifndef DECKBIND_RECOGNISE_BOXES_H
#define DECKBIND_RECOGNISE_BOXES_H

#include "model/book.h"

/* Where a file has several, and few others, what is in them is text: told in `states`, as lines_scan has them. */
void boxes_open(const Source *s, uint8_t *states);

#endif
