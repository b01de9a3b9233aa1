/*
 * blocks.c -- questions without a mark, told by the company that they keep:
 *
 *     自我介绍                          家族：
 *                                       家里有父母和一个弟弟。
 *     static 成员函数存储在哪个区
 *                                       趣味：
 *     三次握手的过程                    读书，听音乐。
 *
 * A paragraph of one line is a question where its region holds little else, and much of
 * that asks; a line with a colon, or a name of a few words, right above its text, where most
 * paragraphs begin so.
 * This is the last vote: it looks only where no stronger mark opened an entry.
 */
#include "recognise/evidence.h"

#include "recognise/directive.h"
#include "recognise/foreign.h"
#include "recognise/lines.h"
#include "recognise/pointer.h"
#include "recognise/title.h"

#include "base/utf8.h"

enum { LINE_WIDTH = 100, LIST_WIDTH = 160, COLON_WIDTH = 40, NAME_WIDTH = 28, BLOCK_RANK = 80, LONG_LIST = 6 };

/*
 * One paragraph: lines that say something, with none between that does not.  A paragraph
 * that is a list of questions has one block for each line.
 */
typedef struct Block {
    uint32_t first, last;
    uint32_t list_first, list_end; /* the list that it is of; 0: none */
    bool marked; /* half of that ends in question marks */
} Block;

/* Lines of the file from the start, or from below what an entry says is its own, up to the next. */
typedef struct BlockRegion {
    size_t opener;        /* 1 + index of the mark; 0: the start of the file */
    size_t marks;         /* index of the first mark in it */
    uint32_t first, end;  /* lines: first <= line < end */
    bool round;           /* below the name of a round of an interview */
    bool answer;          /* it lies in the answer of a card, in which only long lists may be questions */
    bool answered;        /* bare questions in it have answers right below */
    Group lines, colons;
} BlockRegion;

typedef Vec(BlockRegion) BlockRegions;

static Str block_text(const Vote *v, uint32_t line)
{
    return str_trim(source_line(v->source, line));
}

bool is_said_text(const Vote *v, uint32_t line)
{
    do
        line--;
    while (line && v->states[line - 1] == LINE_BLANK);
    return line && v->states[line - 1] == LINE_COMMENT
        && directive_read(source_line(v->source, line)) == DIRECTIVE_TEXT;
}

/* Text with no mark in front. */
static bool is_plain(const Vote *v, uint32_t line)
{
    Str text = block_text(v, line);
    char c = text.n ? text.at[0] : '#';
    bool bullet = (c == '*' && !str_starts(text, STR("**"))) || str_starts(text, STR("•"));
    return v->states[line - 1] == LINE_TEXT && !bullet && str_find_char(STR(">#|<!-+~"), c) == STR_NONE;
}

static bool is_at_margin(const Vote *v, uint32_t line)
{
    return is_plain(v, line) && str_indent(source_line(v->source, line)) <= MARGIN;
}

static bool ends_in_colon(Str text)
{
    return wording_eat_colon(&text);
}

static bool line_asks(const Vote *v, uint32_t line)
{
    return wording_asks(&v->wording, pointer_text(block_text(v, line)));
}

/* Whether a line only names what stands below it. */
static bool is_lead(const Vote *v, uint32_t line, bool list)
{
    return is_plain(v, line) && ends_in_colon(block_text(v, line)) && !(list && line_asks(v, line));
}

static bool is_line(const Vote *v, Block b)
{
    Str text = pointer_text(block_text(v, b.first)), counted = text;
    return b.first == b.last && is_plain(v, b.first) && !is_said_text(v, b.first)
        && !number_eat(&counted).parts && str_find(str_take(text, 10), STR("://")) == STR_NONE
        && !pointer_to_place(block_text(v, b.first))
        && (!utf8_wider(text, b.list_end ? LIST_WIDTH : LINE_WIDTH) || str_find(text, STR("？")) != STR_NONE)
        && !is_lead(v, b.first, b.list_end > 0);
}

/* In a list each line may end as a sentence does. */
static Str without_stop(Str text)
{
    static const char *const stops[] = {"；", ";", "。"};
    for (size_t i = 0; i < COUNT(stops); i++)
        if (str_ends(text, str_of(stops[i])))
            return str_take(text, text.n - str_of(stops[i]).n);
    return text;
}

/* Whether half of the lines, which are no fewer than make a habit, end in question marks. */
static bool is_marked(const Vote *v, uint32_t first, uint32_t last)
{
    uint32_t marked = 0;
    for (uint32_t line = first; line <= last; line++)
        marked += wording_question_mark(block_text(v, line));
    return marked >= FEW && marked * 2 > last - first;
}

/* Whether the lines `first` to `last` are questions, but for those that lead to some. */
static bool is_list(const Vote *v, uint32_t first, uint32_t last)
{
    uint32_t asks = 0, lines = 0;
    for (uint32_t line = first; line <= last; line++) {
        bool lead = line < last && is_lead(v, line, true);
        if (!lead && !is_line(v, (Block){.first = line, .last = line, .list_first = first, .list_end = last}))
            return false;
        lines += !lead;
        Str text = without_stop(pointer_text(block_text(v, line)));
        asks += !lead && line_asks(v, line) && (wording_topic(text) || wording_question_mark(text));
    }
    bool inner = last > first
              && str_indent(source_line(v->source, last)) > str_indent(source_line(v->source, first));
    return lines + inner > 1 && asks * 5 >= lines * 2;
}

/* The last line that says something, from this one on, before `end`. */
static uint32_t block_end(const Vote *v, uint32_t line, uint32_t end)
{
    while (line + 1 < end && line_speaks(v->states[line]))
        line++;
    return line;
}

/* How many lines make a list of questions: in the answer of a card few are points of it. */
static uint32_t fewest_lines(const Vote *v, const BlockRegion *r)
{
    return !r->answer ? 1 : v->marks->at[r->opener - 1].level ? LONG_LIST : FEW;
}

static bool next_block(const Vote *v, const BlockRegion *r, Block *b)
{
    uint32_t line = b->last + 1, end = r->end;
    while (line < end && !line_speaks(v->states[line - 1]))
        line++;
    if (line > b->list_end)
        *b = (Block){0};
    b->first = b->last = line;
    if (b->list_end || line >= end)
        return line < end;
    b->last = block_end(v, line, end);
    if (b->last - b->first + 1 >= fewest_lines(v, r) && is_list(v, b->first, b->last)) {
        b->list_first = b->first;
        b->list_end = b->last;
        b->marked = is_marked(v, b->first, b->last);
        b->last = b->first;
    }
    return true;
}

/* Whether a line could name the text below it: a few words, no sentence and no code. */
static bool is_name(Str text)
{
    Str counted = text;
    return wording_topic(text) && !utf8_wider(text, NAME_WIDTH) && !number_eat(&counted).parts
        && str_find_char(text, '[') == STR_NONE && str_find_char(text, '=') == STR_NONE
        && str_find_char(text, '(') == STR_NONE && str_find(text, STR("，")) == STR_NONE
        && str_find(text, STR("://")) == STR_NONE;
}

/* Whether the next text below the line, blank lines between or not, stands further in. */
static bool is_over_indented(const Vote *v, uint32_t line)
{
    do
        line++;
    while (line <= v->source->line_count && v->states[line - 1] == LINE_BLANK);
    return line <= v->source->line_count && is_plain(v, line) && !is_at_margin(v, line);
}

/* A few words, or a question, without a number or a link in front. */
static bool is_topic(const Vote *v, uint32_t line)
{
    Str text = block_text(v, line), counted = text;
    return (wording_topic(text) || wording_question_mark(text)) && !number_eat(&counted).parts
        && str_find(text, STR("://")) == STR_NONE && str_find_char(text, ';') == STR_NONE;
}

static bool is_colon(const Vote *v, Block b)
{
    Str text = block_text(v, b.first);
    if (!is_at_margin(v, b.first) || is_said_text(v, b.first))
        return false;
    if (b.first < b.last && is_over_indented(v, b.first) && is_topic(v, b.first))
        return true;
    if (utf8_wider(text, COLON_WIDTH) && !(ends_in_colon(text) && line_asks(v, b.first)))
        return false;
    if (b.first == b.last)
        return ends_in_colon(text) && is_over_indented(v, b.first);
    return (ends_in_colon(text) || is_name(text)) && is_plain(v, b.first + 1);
}

/* Whether what stands above the region is a card for sure, so that its lines are the answer. */
static bool is_answer(const Vote *v, const BlockRegion *r)
{
    const Mark *opener = r->opener ? &v->marks->at[r->opener - 1] : NULL;
    return opener && opener->role == ROLE_QUESTION
        && (!opener->level || mark_is_written(opener) || opener->said || is_wanted(v, opener) || opener->asks
            || opener->number.parts);
}

/*
 * Whether the lines of a block may be questions: in the answer of a card those of a list that does
 * not stand further in, and begins right below only where its marks tell.
 */
static bool may_ask(const Vote *v, const BlockRegion *r, Block b)
{
    if (!r->answer)
        return true;
    const Mark *opener = &v->marks->at[r->opener - 1];
    return (b.list_first > r->first || (b.marked && !opener->asks))
        && str_indent(source_line(v->source, b.first)) <= opener->indent;
}

static bool is_question(const Vote *v, const BlockRegion *r, Block b)
{
    return may_ask(v, r, b) && is_line(v, b);
}

/* Whether bare questions of the region have answers right below, which its lines then are. */
static bool holds_answers(const Vote *v, const BlockRegion *r, size_t next)
{
    uint32_t questions = 0, told = 0;
    for (size_t i = r->marks; i < next; i++) {
        const Mark *m = &v->marks->at[i];
        bool below = m->line + 1 < r->end && line_speaks(v->states[m->line]);
        questions += mark_opens(m);
        told += mark_opens(m) && below && !is_list(v, m->line, block_end(v, m->line, r->end));
    }
    return told * 3 > questions;
}

/*
 * Count what the region holds into the groups of its lines and of its lines with a colon.
 * Where questions seldom follow one another, what stands between them are their answers.
 */
static void weigh(const Vote *v, BlockRegion *r)
{
    Group *lines = &r->lines, *colons = &r->colons;
    uint32_t chained = 0; /* questions right below another */
    bool above = false, told = false; /* told: what is indented is the text of a colon */
    for (Block b = {.last = r->first - 1}; next_block(v, r, &b);) {
        bool line = is_question(v, r, b);
        bool asks = line && (line_asks(v, b.first) || (r->round && wording_topic(block_text(v, b.first))));
        bool colon = !r->answer && is_colon(v, b), quote = block_text(v, b.first).at[0] == '>';
        lines->members += line;
        chained += asks && above;
        above = asks;
        lines->sum[F_ASKS] += asks;
        lines->sum[F_BODY] += !line && !quote && !r->answer;
        colons->members += colon;
        colons->sum[F_INDENTED] += colon && is_over_indented(v, b.first);
        colons->sum[F_BODY] += !colon && !(told && !is_at_margin(v, b.first));
        told = colon || (told && !is_at_margin(v, b.first));
    }
    if (chained * 4 < lines->sum[F_ASKS])
        lines->sum[F_ASKS] = 0;
}

static void push_block(Vote *v, MarkVec *out, uint32_t line, MarkClass class, Role role)
{
    Str text = block_text(v, line);
    Mark m = {.class = class, .line = line, .spaced = true, .role = role,
              .rank = role == ROLE_SECTION ? SECTION_RANK : BLOCK_RANK, .group = (uint32_t)v->groups.n};
    m.id = foreign_eat(&text);
    m.title = mark_title(text);
    if (wording_eat_colon(&m.title))
        m.number = number_eat(&m.title);
    reason_add(v, &m, role == ROLE_SECTION ? "it leads to a list of questions" : NULL);
    *vec_push(out, v->arena) = m;
}

/*
 * The blocks of a region that won, in order.  Bare questions stand beside lines with a colon;
 * what other marks it has open nothing.
 */
static void take_blocks(Vote *v, const BlockRegion *r, Group won, size_t next, MarkVec *out)
{
    *group_new(v, won.class) = won;
    size_t begin = out->n, bare = r->marks;
    for (Block b = {.last = r->first - 1};;) {
        bool more = next_block(v, r, &b); /* if not, it begins where the region ends */
        for (; bare < next && v->marks->at[bare].line <= b.first; bare++)
            if (won.class == MARK_COLON && mark_opens(&v->marks->at[bare]))
                *vec_push(out, v->arena) = v->marks->at[bare];
        if (!more)
            break;
        if (out->n > begin && out->at[out->n - 1].line == b.first)
            continue;
        if (won.class == MARK_LINE ? is_question(v, r, b) : is_colon(v, b))
            push_block(v, out, b.first, won.class, ROLE_QUESTION);
        else if (won.class == MARK_LINE && b.last < b.list_end && may_ask(v, r, b))
            push_block(v, out, b.first, won.class, ROLE_SECTION);
    }
    Mark *opener = r->opener ? &v->marks->at[r->opener - 1] : NULL;
    if (opener && opener->role == ROLE_QUESTION && !opener->asks
        && text_between(v, opener->line, out->at[begin].line) == 0) {
        out->at[begin - 1].role = ROLE_SECTION;
        reason_add(v, &out->at[begin - 1], "it leads straight to entries of another kind");
    }
}

static void look_at_region(const Vote *v, BlockRegion *r, size_t next)
{
    r->lines.class = MARK_LINE;
    r->colons.class = MARK_COLON;
    r->round = r->opener && v->marks->at[r->opener - 1].round;
    weigh(v, r);
    /* in an answer, where they are of a list, no more than that are needed */
    r->answered = holds_answers(v, r, next);
    if (r->lines.members + r->answer > (r->round ? 1 : FEW) && !r->answered)
        group_score(&r->lines);
    if (r->colons.members > FEW)
        group_score(&r->colons);
}

/* The more lines of the file are questions, the surer are those of its other regions. */
static void learn_lines(BlockRegions *regions)
{
    uint32_t all = 0, taken = 0;
    for (size_t i = 0; i < regions->n; i++) {
        const BlockRegion *r = &regions->at[i];
        all += r->answer ? 0 : r->lines.members;
        taken += !r->answer && r->lines.score > 0 ? r->lines.members : 0;
    }
    for (size_t i = 0; i < regions->n && taken; i++) {
        BlockRegion *r = &regions->at[i];
        if (r->answer || r->answered || r->lines.members < 2)
            continue;
        r->lines.sum[F_HABIT] = taken * 100 / all;
        group_score(&r->lines);
    }
}

static void vote_region(Vote *v, const BlockRegion *r, size_t next, MarkVec *out)
{
    if (r->lines.score > 0 || r->colons.score > 0)
        take_blocks(v, r, r->lines.score > 0 ? r->lines : r->colons, next, out);
    else
        for (size_t i = r->marks; i < next; i++)
            *vec_push(out, v->arena) = v->marks->at[i];
}

/* Whether `m` is a bare question by itself after the answer of a card that is no heading: what follows is none of it. */
static bool ends_answer(const Vote *v, const BlockRegion *r, const Mark *m)
{
    return m->class == MARK_BARE && mark_opens(m) && m->spaced && block_end(v, m->line, end_line(v)) == m->line
        && r->answer && !v->marks->at[r->opener - 1].level;
}

/* Whether a region begins below the mark; bare questions are lines among the others. */
static bool opens_region(const Vote *v, const BlockRegion *r, const Mark *m)
{
    return m->said || (mark_opens(m) && m->class != MARK_BARE) || ends_answer(v, r, m);
}

static BlockRegions find_regions(const Vote *v)
{
    BlockRegions regions = {0};
    BlockRegion r = {.first = 1};
    for (size_t i = 0; i <= v->marks->n; i++) {
        const Mark *m = i < v->marks->n ? &v->marks->at[i] : NULL;
        if (m && !opens_region(v, &r, m))
            continue;
        r.end = m ? m->line : end_line(v);
        look_at_region(v, &r, i);
        *vec_push(&regions, v->arena) = r;
        bool ended = m && ends_answer(v, &r, m);
        r = (BlockRegion){.opener = i + 1, .marks = i + 1, .first = m ? mark_last(m) + 1 : 0};
        r.answer = m && !ended && is_answer(v, &r);
    }
    return regions;
}

void vote_blocks(Vote *v)
{
    MarkVec out = {0};
    BlockRegions regions = find_regions(v);
    learn_lines(&regions);
    for (size_t i = 0; i < regions.n; i++) {
        size_t next = i + 1 < regions.n ? regions.at[i + 1].opener - 1 : v->marks->n;
        vote_region(v, &regions.at[i], next, &out);
        if (next < v->marks->n)
            *vec_push(&out, v->arena) = v->marks->at[next];
    }
    *v->marks = out;
}
