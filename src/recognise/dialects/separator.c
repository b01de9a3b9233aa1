/*
 * separator.c -- question and answer on one line, parted by a mark:
 *
 *     channel 是什么 :: goroutine 之间的管道 #go
 *     TCP ::: 传输控制协议          (asked in both directions)
 *
 * Blanks stand on both sides of the mark, or no letter before it, so `std::map`,
 * `key:: value` and `Vec<u8>::new()` are none; neither is a mark in inline code.  In a file
 * that is tagged as one of cards a letter may stand on one side.
 */
#include "recognise/dialect.h"

#include "recognise/foreign.h"
#include "recognise/tags.h"

enum { LONGEST = 4096 };

/* Whether the mark of `n` bytes at `at` parts two texts. */
static bool is_apart(const Look *l, Str text, size_t at, size_t n)
{
    if (!at || at + n >= text.n)
        return false;
    char before = text.at[at - 1], after = text.at[at + n];
    if (is_blank(before) || is_blank(after))
        return is_blank(before) && is_blank(after);
    if (is_alnum(before) && is_alnum(after))
        return false; /* std::map, also in a file of cards */
    bool name = is_alnum(before) || str_find_char(STR("_>])\"'"), before) != STR_NONE;
    return l->cards || (!name && (is_alnum(after) || (unsigned char)after >= 0x80));
}

static bool has_two_colons(Str s)
{
    for (size_t at; (at = str_find_char(s, ':')) != STR_NONE; s = str_drop(s, at + 1))
        if (at + 1 < s.n && s.at[at + 1] == ':')
            return true;
    return false;
}

/* The offset of the first mark outside code; `*length` is that of the mark. */
static size_t find_mark(const Look *l, Str text, size_t *length)
{
    bool code = false, said = false; /* said: more than marks stands before it */
    size_t braces = 0;
    if (!has_two_colons(text))
        return STR_NONE;
    for (size_t i = 0; i + 1 < text.n && i < LONGEST; i++) {
        code ^= text.at[i] == '`';
        said |= is_alnum(text.at[i]) || (unsigned char)text.at[i] >= 0x80;
        braces += text.at[i] == '{';
        braces -= text.at[i] == '}' && braces;
        if (code || braces || text.at[i] != ':')
            continue;
        size_t n = 0;
        while (i + n < text.n && text.at[i + n] == ':')
            n++;
        if ((n == 2 || n == 3) && said && is_apart(l, text, i, n)) {
            *length = n;
            return i;
        }
        i += n - 1;
    }
    return STR_NONE;
}

bool separator_read(const Look *l, uint32_t line, Mark *m)
{
    Str whole = source_line(l->source, line), text = str_trim(whole);
    m->id = foreign_eat(&text);
    m->level = line_eat_bullet(&text) ? 0 : heading_eat(&text);
    size_t length, at = find_mark(l, text, &length);
    if (at == STR_NONE || at == 0)
        return false;
    m->title = str_trim(str_take(text, at));
    m->number = number_eat(&m->title);
    Str answer = str_trim(str_drop(text, at + length));
    m->tags = tags_eat(&answer, l->arena);
    if (!m->title.n || !answer.n)
        return false;
    m->class = MARK_SEPARATOR;
    m->reversed = length == 3;
    m->extent = (Extent){.answer_from = line, .answer_skip = (uint32_t)(answer.at - whole.at),
                         .answer_keep = (uint32_t)answer.n, .end = line};
    return true;
}
