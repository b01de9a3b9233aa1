/*
 * counted.c -- headings that are told by what stands right below them: those that list the
 * contents of the file, those over the name of a round, and those that only count what is asked:
 *
 *     ## 目录                      ## 第 1 题
 *     ### 线程                     进程由哪些部分组成（　　）
 *     ### 内存                     ## 第 2 题
 *     ### 锁                       …
 */
#include "recognise/evidence.h"

#include "recognise/lines.h"
#include "recognise/pointer.h"
#include "recognise/title.h"

#include "base/utf8.h"

enum {
    FEWEST = 3,      /* headings of either kind in a row */
    LONGEST_WORD = 12 /* bytes before the number */
};

static bool has_text(const Vote *v, size_t i)
{
    return text_between(v, v->marks->at[i].line, line_of(v, next_heading(v, i))) > 0;
}

/* Whether heading `i` is listed as `first` is: it lies below that, or both are links into the file. */
static bool is_listed(const Vote *v, const Mark *first, size_t i)
{
    const Mark *m = &v->marks->at[i];
    return mark_is_heading(m) && (first->contents ? m->level > first->level : pointer_to_place(m->title));
}

void find_contents(Vote *v)
{
    for (size_t i = 0, next; i < v->marks->n; i = next) {
        const Mark *first = &v->marks->at[i];
        size_t members = 0, from = first->contents ? next_heading(v, i) : i;
        next = next_heading(v, i);
        if (!mark_is_heading(first) || !(first->contents || pointer_to_place(first->title)))
            continue;
        size_t end = from;
        for (bool open = true; open && end < v->marks->n && is_listed(v, first, end); end = next_heading(v, end)) {
            open = !has_text(v, end); /* the last may stand over the rest of the file */
            members++;
        }
        bool more = end < v->marks->n && is_listed(v, first, end); /* so the last is no title of what follows */
        for (size_t k = from; members >= FEWEST && k < end; k = next_heading(v, k))
            v->marks->at[k].contents = !(more && has_text(v, k));
        next = members ? end : next;
    }
}

/* Whether its number counts lessons or days, as 第三课, and no questions. */
static bool is_lesson(const Vote *v, const Mark *m)
{
    Str line = source_line(v->source, m->line);
    size_t at = (size_t)(m->number.text.at - line.at);
    Str after = str_drop(line, at + m->number.text.n);
    return str_ends(str_trim(str_take(line, at)), STR("第")) && !str_starts(str_trim(after), STR("题"))
        && !str_starts(str_trim(after), STR("題"));
}

/*
 * The number of a heading that is nothing else, but for at most one word before it, as in Question 1;
 * `*word` is that, if any.  parts is 0 for any other.
 */
static Number number_alone(const Vote *v, const Mark *m, Str *word)
{
    Number none = {0}, number = {.parts = 1};
    *word = (Str){0};
    if (m->title.n && !is_digit(m->title.at[m->title.n - 1]) && !str_ends(m->title, STR(")"))
        && !str_ends(m->title, STR("）")))
        return none; /* as nearly always */
    Str title = wording_bare(wording_without_remark(m->title));
    if (!title.n || m->number.parts)
        return !title.n && m->number.parts == 1 && !is_lesson(v, m) ? m->number : none;
    size_t n = title.n;
    while (n && is_digit(title.at[n - 1]) && title.n - n < 4)
        n--;
    *word = str_trim(str_take(title, n));
    number.text = str_drop(title, n);
    for (size_t i = 0; i < number.text.n; i++)
        number.value = number.value * 10 + (uint32_t)(number.text.at[i] - '0');
    bool plain = word->n && word->n <= LONGEST_WORD && n < title.n;
    for (size_t i = 0, wide; plain && i < word->n; i += wide) {
        uint32_t code = utf8_at(*word, i, &wide);
        plain = utf8_is_cjk(code) || (code < 0x80 ? is_alpha((char)code) : !utf8_is_punct(code));
    }
    return plain ? number : none;
}

/* Whether the words of a count are those of an exam: 第 1 题, Question 1. */
static bool counts_questions(const Vote *v, const Mark *m, Str word)
{
    static const char *const words[] = {"题", "题目", "问题", "习题", "例题", "Question", "Q", "Problem", "Exercise", "Frage"};
    Str line = source_line(v->source, m->line);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return !word.n && (str_find(line, STR("题")) != STR_NONE || str_find(line, STR("題")) != STR_NONE);
}

/* The line right below heading `i`, before the next mark of a heading; 0: none is text. */
static uint32_t line_below(const Vote *v, size_t i)
{
    uint32_t line = v->marks->at[i].line + 1, end = line_of(v, next_heading(v, i));
    while (line < end && !line_speaks(v->states[line - 1]))
        line++;
    return line < end && v->states[line - 1] == LINE_TEXT ? line : 0;
}

static bool asks_below(const Vote *v, size_t i)
{
    uint32_t line = line_below(v, i);
    return line && wording_question_mark(source_line(v->source, line));
}

/* The line below a heading that counts, as a question with its number. */
static Mark question_at(const Vote *v, uint32_t line, const Mark *heading)
{
    Str text = source_line(v->source, line), word;
    Mark m = {.class = MARK_LABEL, .line = line, .indent = str_indent(text), .spaced = true, .labelled = true,
              .asks = true, .title = mark_title(text), .number = number_alone(v, heading, &word)};
    m.topic = wording_topic(m.title);
    return m;
}

/*
 * From heading `i` on, how many of its level in a row count on, where what they count are questions by
 * their words, or nearly all that is below ends in a question mark; `*end` is what follows the last.
 */
static size_t count_run(const Vote *v, size_t i, size_t *end)
{
    const Mark *first = &v->marks->at[i];
    Str word, other;
    size_t members = 1, marked = asks_below(v, i);
    Number number = number_alone(v, first, &word);
    *end = i + 1;
    if (!number.parts || !line_below(v, i))
        return 0;
    for (size_t k = next_heading(v, i); k < v->marks->n; k = next_heading(v, k)) {
        const Mark *m = &v->marks->at[k];
        if (m->level > first->level)
            continue;
        Number next = number_alone(v, m, &other);
        if (!mark_is_heading(m) || m->level < first->level || !next.parts || !str_eq_nocase(word, other)
            || next.value != number.value + 1 || !line_below(v, k))
            break;
        number = next;
        *end = k + 1;
        members++;
        marked += asks_below(v, k);
    }
    return counts_questions(v, first, word) || marked * 5 >= members * 4 ? members : 0;
}

/* Whether the first line below heading `i`, or the one after a remark, names a round of an interview. */
static bool is_over_round(const Vote *v, size_t i)
{
    enum { LINES = 2, WIDTH = 40 };
    uint32_t end = line_of(v, next_heading(v, i)), spoken = 0;
    for (uint32_t line = v->marks->at[i].line + 1; line < end && spoken < LINES; line++) {
        Str text = source_line(v->source, line);
        if (!line_speaks(v->states[line - 1]))
            continue;
        if (v->states[line - 1] == LINE_TEXT && !utf8_wider(text, WIDTH) && wording_round(text)
            && !wording_asks(&v->wording, text))
            return true;
        spoken++;
    }
    return false;
}

void find_talks(Vote *v)
{
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark *m = &v->marks->at[i];
        m->round = m->round || (mark_is_heading(m) && !m->asks && is_over_round(v, i));
    }
}

void find_counted(Vote *v)
{
    MarkVec out = {0};
    size_t end = 0, run = 0;
    uint8_t level = 0; /* of the run */
    uint32_t below = 0; /* the line of the latest question that was made */
    for (size_t i = 0; i < v->marks->n; i++) {
        Mark m = v->marks->at[i];
        if (m.line == below)
            continue; /* whatever it was taken for */
        if (mark_is_heading(&m) && i >= end) {
            run = count_run(v, i, &end);
            level = m.level;
        }
        m.counts = run >= FEWEST && i < end && mark_is_heading(&m) && m.level == level;
        *vec_push(&out, v->arena) = m;
        if (!m.counts)
            continue;
        below = line_below(v, i);
        *vec_push(&out, v->arena) = question_at(v, below, &m);
    }
    *v->marks = out;
}
