/*
 * arrow.c -- question and answer on one line, parted by an arrow that tells which is which:
 *
 *     法国 :-> 巴黎            - 栈 >> 后进先出的表
 *     罗马 :<- 意大利          - 先进先出的表 << 队列
 *     左 :<-> 右               - TCP <> 传输控制协议        (both ways)
 *                              - 堆 ;;                      (the answer lies below)
 *
 * The arrows with a colon are Logseq's.  Those without are shifts in most languages, so
 * they stand in lists only, and want company.
 */
#include "recognise/dialect.h"

#include "recognise/foreign.h"
#include "recognise/tags.h"

typedef enum { FORWARD, BACK, BOTH } Direction;

static const struct {
    Str mark;
    Direction direction;
    bool listed;
} arrows[] = {
    {STR_INIT(" :<-> "), BOTH, false}, {STR_INIT(" :-> "), FORWARD, false}, {STR_INIT(" :<- "), BACK, false},
    {STR_INIT(" >> "), FORWARD, true}, {STR_INIT(" << "), BACK, true}, {STR_INIT(" <> "), BOTH, true},
};

enum { LONGEST = 4096 };

static bool read_below(const Look *l, uint32_t line, Str text, Mark *m)
{
    uint32_t end = look_item_end(l, line);
    m->title = str_trim(str_take(text, text.n - 2));
    m->extent = (Extent){.answer_from = line + 1, .end = end};
    return m->title.n && end > line;
}

bool arrow_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = source_line(l->source, line), text = str_trim(whole);
    bool listed = line_eat_bullet(&text);
    m->class = MARK_SHIFT;
    m->id = foreign_eat(&text);
    m->tags = tags_eat(&text, l->arena);
    m->level = listed ? 0 : heading_eat(&text);
    m->number = number_eat(&text);
    if (listed && str_ends(text, STR(" ;;")))
        return read_below(l, line, text, m);
    if (str_find_char(text, '`') != STR_NONE)
        return false;
    for (size_t i = 0; i < COUNT(arrows); i++) {
        size_t at = arrows[i].listed && !listed ? STR_NONE : str_find(str_take(text, LONGEST), arrows[i].mark);
        if (at == STR_NONE)
            continue;
        Str left = str_trim(str_take(text, at)), right = str_trim(str_drop(text, at + arrows[i].mark.n));
        Str answer = arrows[i].direction == BACK ? left : right;
        m->class = arrows[i].listed ? MARK_SHIFT : MARK_ARROW;
        m->title = arrows[i].direction == BACK ? right : left;
        m->reversed = arrows[i].direction == BOTH;
        m->extent = (Extent){.answer_from = line, .answer_skip = (uint32_t)(answer.at - whole.at),
                             .answer_keep = (uint32_t)answer.n, .end = line};
        return left.n && right.n;
    }
    return false;
}
