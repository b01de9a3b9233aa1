/*
 * parts.c -- slices of lines, cut where a part opens.
 *
 * Without a label all text below a question is its answer.  Where an answer is
 * labelled, what stands before the label goes on with the question, such as the
 * code that it asks about.
 */
#include "recognise/parts.h"

#include "recognise/choices.h"
#include "recognise/details.h"
#include "recognise/foreign.h"
#include "recognise/label.h"
#include "recognise/lines.h"
#include "recognise/same_line.h"

static Str line_text(const Cutter *c, uint32_t line)
{
    return source_line(c->source, line);
}

/* `ME:` over a rule, and over a text: a label of the writer's own. */
static bool is_ruled_label(const Cutter *c, uint32_t line, uint32_t end)
{
    Str text = wording_bare(line_text(c, line));
    if (!wording_eat_colon(&text) || text.n >= 30 || line >= end || c->states[line] != LINE_RULE)
        return false;
    for (line += 2; line <= end && !line_speaks(c->states[line - 1]);)
        line++;
    return line <= end;
}

typedef struct Opening {
    Part part;
    bool strong;
    uint32_t lines; /* that the label takes whole */
    uint32_t skip;  /* bytes of the line after them */
} Opening;

/* Whether a part opens on `line`. */
static bool part_opens(const Cutter *c, uint32_t line, uint32_t end, Opening *opening)
{
    Str whole = line_text(c, line), text = str_trim(whole);
    Label label;
    bool heading = false;
    if (c->dialogue)
        line_eat_bullet(&text);
    while (text.n && text.at[0] == '#') {
        text = str_trim(str_drop(text, 1));
        heading = true;
    }
    bool fold = str_starts(text, STR("<")) || str_starts(text, STR("{")) || str_starts(text, STR(":::"));
    bool labelled = (fold && details_label(text, &label))
                 || label_read(text, heading, &label);
    if (labelled && label.part != PART_QUESTION && (!label.reply || c->dialogue)) {
        bool ruled = !label.rest.n && is_ruled_label(c, line, end);
        bool strong = label.strong || label.reply || heading;
        *opening = (Opening){label.part, strong, label.rest.n ? 0 : 1u + ruled, 0};
        if (label.rest.n)
            opening->skip = (uint32_t)(label.rest.at - whole.at);
        return true;
    }
    *opening = (Opening){PART_ANSWER, true, 2, 0};
    return is_ruled_label(c, line, end);
}

/* The least indent of the lines that say something; what a lazy writer left out counts not. */
static uint32_t common_indent(const Cutter *c, uint32_t from, uint32_t to)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t line = from; line <= to; line++) {
        if (c->states[line - 1] == LINE_BLANK || c->states[line - 1] == LINE_CODE)
            continue;
        uint32_t indent = str_indent(line_text(c, line));
        if (indent < least)
            least = indent;
    }
    return least == UINT32_MAX ? 0 : least;
}

static bool is_edge(const Cutter *c, uint32_t line)
{
    return !line_speaks(c->states[line - 1]) || c->states[line - 1] == LINE_RULE;
}

static bool is_box_line(const Cutter *c, uint32_t line)
{
    return c->states[line - 1] == LINE_WRAP && str_starts(str_trim(line_text(c, line)), STR(":::"));
}

/* Lines that open or close a box at the ends of `from` to `to` say nothing, but shape what does. */
static void take_boxes(const Cutter *c, const Slice *slice, uint32_t *from, uint32_t *to)
{
    for (uint32_t line = *to + 1; line <= slice->to && is_edge(c, line); line++)
        if (is_box_line(c, line))
            *to = line;
    for (uint32_t line = *from - 1; !slice->skip && line >= slice->from && is_edge(c, line); line--)
        if (is_box_line(c, line))
            *from = line;
}

/*
 * Add `slice` without the lines at its ends that say nothing, if any are left.  A rule there
 * says nothing either: it underlines the title, or parts the entry from the next.
 */
static void put_slice(Cutter *c, Entry *e, Slice slice)
{
    uint32_t from = slice.from, to = slice.to;
    while (to >= from && is_edge(c, to))
        to--;
    while (from <= to && !slice.skip && is_edge(c, from))
        from++;
    if (from > to)
        return;
    take_boxes(c, &slice, &from, &to);
    if (to > e->end_line)
        e->end_line = to;
    slice.from = from;
    slice.to = to;
    slice.indent = common_indent(c, slice.skip ? from + 1 : from, to);
    *vec_push(&e->slices, &c->source->arena) = slice;
}

/* The bytes of `line`, after `skip` of them, that stand before an id; 0: it ends in none. */
static uint32_t bytes_before_id(const Cutter *c, uint32_t line, uint32_t skip)
{
    Str text = str_drop(line_text(c, line), skip), rest = text;
    if (c->states[line - 1] != LINE_TEXT)
        return 0;
    foreign_eat(&rest);
    bool cut = rest.n < str_trim(text).n;
    return cut ? (uint32_t)(rest.at + rest.n - text.at) : 0;
}

/* The lines of one part, in slices that go around what is for other tools. */
static void add_slice(Cutter *c, Entry *e, Part part, uint32_t from, uint32_t to, uint32_t skip)
{
    for (uint32_t line = from; line <= to; line++) {
        uint8_t state = c->states[line - 1];
        bool tool = state == LINE_TOOL || state == LINE_OFF || state == LINE_BOX;
        uint32_t keep = tool ? 0 : bytes_before_id(c, line, line == from ? skip : 0);
        if (!tool && !keep)
            continue;
        put_slice(c, e, (Slice){.part = part, .from = from, .to = line - tool, .skip = skip, .keep = keep});
        from = line + 1;
        skip = 0;
    }
    put_slice(c, e, (Slice){.part = part, .from = from, .to = to, .skip = skip});
}

/* An answer is labelled after all: what was taken for one before a hint goes on with the question. */
static void ask_before_hint(Entry *e, size_t first)
{
    for (size_t i = first; i < e->slices.n; i++)
        if (e->slices.at[i].part == PART_ANSWER)
            e->slices.at[i].part = PART_QUESTION;
}

/* Cut the lines `from` to `to`, without `skip` bytes, into parts at their labels. */
static void cut_parts(Cutter *c, Entry *e, Part open, uint32_t from, uint32_t to, uint32_t skip)
{
    bool labelled = false, hinted = false;
    size_t first = e->slices.n;
    uint32_t start = from;
    for (uint32_t line = from; line <= to; line++) {
        Opening opening;
        if (c->states[line - 1] != LINE_TEXT || !part_opens(c, line, to, &opening)
            || (!opening.strong && !labelled))
            continue;
        if (!labelled && opening.part != PART_HINT)
            open = opening.part == PART_EXPLANATION ? PART_ANSWER : PART_QUESTION;
        if (line > start || skip)
            add_slice(c, e, open, start, line - 1, skip);
        hinted = hinted || (!labelled && opening.part == PART_HINT);
        labelled = true;
        open = opening.part;
        if (hinted && open == PART_ANSWER) {
            ask_before_hint(e, first);
            hinted = false;
        }
        start = line + opening.lines;
        skip = opening.skip;
        if (start > e->end_line + 1 && line > e->end_line)
            e->end_line = line;
    }
    add_slice(c, e, open, start, to, skip);
}

/* Whether a label opens the answer, or another part, in lines `from` to `to`. */
static bool is_labelled(const Cutter *c, uint32_t from, uint32_t to)
{
    Opening opening;
    for (uint32_t line = from; line <= to; line++)
        if (c->states[line - 1] == LINE_TEXT && part_opens(c, line, to, &opening) && opening.strong)
            return true;
    return false;
}

/* Boxes are shown without their marks, and the checked ones are the answer. */
static void add_boxes(Cutter *c, Entry *e, const Choices *found)
{
    bool checked;
    for (uint32_t line = found->from; line <= found->to; line++)
        add_slice(c, e, PART_CHOICES, line, line, choice_box(line_text(c, line), &checked));
    for (uint32_t line = found->from; line <= found->to; line++) {
        uint32_t skip = choice_box(line_text(c, line), &checked);
        if (checked)
            add_slice(c, e, PART_ANSWER, line, line, skip);
    }
}

/*
 * Take the options that stand before the answer, and the question's text above them, off
 * the lines `from` to `to`: the line after them.  Letters only count what the answer says
 * unless the question asks to choose, or a labelled answer follows.
 */
static uint32_t cut_choices(Cutter *c, Entry *e, uint32_t from, uint32_t to)
{
    Choices found = {0};
    if (!choices_find(c->source, c->states, from, to, &found) || is_labelled(c, from, found.from - 1))
        return from;
    bool asked = choices_asked(e->title) || (found.boxes && wording_asks(&c->wording, e->title));
    uint32_t below = found.to + 1;
    while (below <= to && !line_speaks(c->states[below - 1]))
        below++;
    asked = asked || (below <= to && choice_letters(line_text(c, below)));
    if (!asked && (found.boxes || !is_labelled(c, found.to + 1, to)))
        return from;
    add_slice(c, e, PART_QUESTION, from, found.from - 1, 0);
    if (found.boxes)
        add_boxes(c, e, &found);
    else
        add_slice(c, e, PART_CHOICES, found.from, found.to, 0);
    return found.to + 1;
}

/* --- is there an answer? ------------------------------------------------------ */

static bool is_property(Str text)
{
    size_t at = str_find(text, STR(":: "));
    return at != STR_NONE && text.at[0] != ':' && str_find_char(str_take(text, at), ' ') == STR_NONE;
}

/* `[^1]: …` or `[label]: address`: it defines something, and shows nothing itself. */
static bool is_definition(Str text)
{
    return text.n > 3 && text.at[0] == '[' && str_find(str_take(text, 1000), STR("]: ")) != STR_NONE;
}

static bool slice_answers(const Cutter *c, const Slice *slice)
{
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = c->states[line - 1];
        Str text = str_drop(line_text(c, line), line == slice->from ? slice->skip : 0);
        text = str_trim(text);
        if (state == LINE_FENCE || state == LINE_RULE || !line_speaks(state) || !text.n)
            continue;
        while (str_eat(&text, STR(">")))
            text = str_trim(text);
        line_eat_bullet(&text);
        if (text.n && !wording_todo(text) && !is_property(text) && !is_definition(text))
            return true;
    }
    return false;
}

static bool slice_speaks(const Cutter *c, const Slice *slice)
{
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = c->states[line - 1];
        bool text = str_trim(line_text(c, line)).n > 0;
        if (state != LINE_FENCE && line_speaks(state) && text)
            return true;
    }
    return false;
}

/* Whether one of `words`, up to NULL, stands in `title`; those of ASCII in either case. */
static bool holds_one(Str title, const char *const *words)
{
    for (; *words; words++)
        for (size_t i = 0; i < title.n; i++)
            if (str_starts_nocase(str_drop(title, i), str_of(*words)))
                return true;
    return false;
}

/* It asks what the code below does, and not for code. */
static bool asks_about_code(Str title)
{
    static const char *const doings[] = {"输出",  "打印",   "结果", "日志",   "返回",
                                         "print", "output", "log",  "return", NULL};
    static const char *const codes[] = {"代码", "程序", "code", NULL};
    static const char *const places[] = {"下", "上面", "这段", "below", "following", "above", NULL};
    return holds_one(title, doings) || (holds_one(title, codes) && holds_one(title, places));
}

/* Whether it is code and no text, and has the marks of a program: a fence may as well hold a list. */
static bool is_only_code(const Cutter *c, const Slice *slice)
{
    static const char marks[] = "(){};=";
    bool code = false;
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = c->states[line - 1];
        Str text = line_text(c, line);
        for (const char *mark = marks; *mark && state == LINE_CODE && !code; mark++)
            code = str_find_char(text, *mark) != STR_NONE;
        if (state == LINE_TEXT || state == LINE_TABLE)
            return false;
    }
    return code;
}

static void settle_answer(const Cutter *c, const Mark *m, Entry *e)
{
    bool code_asked = e->slices.n == 1 && e->slices.at[0].part == PART_ANSWER && !mark_is_written(m)
                   && is_only_code(c, &e->slices.at[0]) && asks_about_code(e->title);
    if (code_asked)
        e->slices.at[0].part = PART_QUESTION;
    e->answered = e->cloze != GAPS_NONE;
    for (size_t i = 0; i < e->slices.n; i++)
        if (part_answers[e->slices.at[i].part] && slice_answers(c, &e->slices.at[i]))
            e->answered = true;
    if (e->answered || e->kind != ENTRY_QUESTION)
        return;
    e->end_line = e->line;
    size_t kept = 0; /* an empty fence is not even shown */
    for (size_t i = 0; i < e->slices.n; i++)
        if (slice_speaks(c, &e->slices.at[i]))
            e->slices.at[kept++] = e->slices.at[i];
    e->slices.n = kept;
}

/* --- all of an entry --------------------------------------------------------- */

/* `Q：…A：…` on one line: the answer begins inside the title. */
static void cut_title(const Cutter *c, const Mark *m, Entry *e)
{
    static const char *const answers[] = {"A：", "A:", "答：", "答:", "答案："};
    if (m->class != MARK_LABEL)
        return;
    for (size_t i = 0; i < COUNT(answers); i++) {
        size_t at = str_find(e->title, str_of(answers[i]));
        if (at == STR_NONE || at == 0 || is_alnum(e->title.at[at - 1]))
            continue;
        Str rest = str_drop(e->title, at + str_of(answers[i]).n);
        uint32_t skip = (uint32_t)(rest.at - line_text(c, e->line).at);
        e->title = str_trim(str_take(e->title, at));
        *vec_push(&e->slices, &c->source->arena) =
            (Slice){.part = PART_ANSWER, .from = e->line, .to = e->line, .skip = skip};
        return;
    }
}

/* An entry without an answer below may have it on its own line. */
static void answer_on_line(Cutter *c, Entry *e)
{
    Str line = line_text(c, e->line), question, answer;
    bool inside = e->title.at >= line.at && e->title.at + e->title.n <= line.at + line.n;
    if (e->answered || !inside || !same_line_answer(&c->wording, e->title, &question, &answer))
        return;
    e->title = question;
    e->answered = true;
    vec_push(&e->slices, &c->source->arena);
    memmove(e->slices.at + 1, e->slices.at, (e->slices.n - 1) * sizeof(Slice));
    e->slices.at[0] = (Slice){.part = PART_ANSWER, .from = e->line, .to = e->line, .keep = (uint32_t)answer.n,
                              .skip = (uint32_t)(answer.at - line.at)};
}

/* The parts where a dialect says where they stand. */
static void cut_extent(Cutter *c, Entry *e, const Extent *x, uint32_t last)
{
    for (uint32_t i = 0; i < x->piece_count; i++) {
        const Slice *p = &x->pieces[i];
        if (p->keep || p->quoted)
            put_slice(c, e, *p);
        else
            add_slice(c, e, p->part, p->from, p->to, p->skip);
    }
    if (x->pieces)
        return;
    uint32_t from = x->question_to > e->line ? x->question_to + 1 : e->line + 1;
    add_slice(c, e, PART_QUESTION, e->line + 1, from - 1, 0);
    if (x->answer_from)
        from = x->answer_from;
    if (!x->answer_keep && !x->quoted) {
        cut_parts(c, e, PART_ANSWER, from, last, x->answer_skip);
        return;
    }
    put_slice(c, e, (Slice){.part = PART_ANSWER, .from = from, .to = x->answer_keep ? from : last,
                            .skip = x->answer_skip, .keep = x->answer_keep, .quoted = x->quoted});
}

void parts_text(Cutter *c, Entry *e, uint32_t from, uint32_t to)
{
    add_slice(c, e, PART_ANSWER, from, to, 0);
}

void parts_cut(Cutter *c, const Mark *m, Entry *e, uint32_t last)
{
    const Extent *x = &m->extent;
    cut_title(c, m, e);
    uint32_t first = m->line + 1;
    if (x->question_to || x->answer_from || x->end)
        cut_extent(c, e, x, last);
    else
        cut_parts(c, e, PART_ANSWER, cut_choices(c, e, first, last), last, 0);
    settle_answer(c, m, e);
    if (e->kind == ENTRY_QUESTION && !mark_is_written(m))
        answer_on_line(c, e);
}
