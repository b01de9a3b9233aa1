/*
 * outline.c -- who lies in whom, and which lines are which part.
 *
 * Without a label all text below a question is its answer.  Where an answer is
 * labelled, what stands before the label goes on with the question, such as the
 * code that it asks about.
 */
#include "recognise/outline.h"

#include "recognise/choices.h"
#include "recognise/details.h"
#include "recognise/foreign.h"
#include "recognise/ids.h"
#include "recognise/label.h"
#include "recognise/lines.h"
#include "recognise/wording.h"

enum { DEEPEST = 16 };

typedef struct Outline {
    Source *source;
    const MarkVec *marks;
    const uint8_t *states;
    Wording wording;
    struct {
        uint32_t entry, rank; /* entry: 1 + index */
    } open[DEEPEST];
    uint32_t depth;
    bool dialogue; /* a label opened the question, so a reply may open the answer */
} Outline;

static Str line_text(const Outline *o, uint32_t line)
{
    return source_line(o->source, line);
}

/* --- parts ------------------------------------------------------------------- */

/* `ME:` over a rule: a label of the writer's own. */
static bool is_ruled_label(const Outline *o, uint32_t line, uint32_t end)
{
    Str text = wording_bare(line_text(o, line));
    bool colon = str_ends(text, STR(":")) || str_ends(text, STR("："));
    return colon && text.n < 30 && line < end && o->states[line] == LINE_RULE;
}

typedef struct Opening {
    Part part;
    bool strong;
    uint32_t lines; /* that the label takes whole */
    uint32_t skip;  /* bytes of the line after them */
} Opening;

/* A line that is only %, and no comment among others that begin with one. */
static bool is_percent(const Outline *o, uint32_t line)
{
    if (!str_eq(str_trim(line_text(o, line)), STR("%")))
        return false;
    bool above = line > 1 && str_starts(line_text(o, line - 1), STR("%"));
    return !above && (line == o->source->line_count || !str_starts(line_text(o, line + 1), STR("%")));
}

/* Whether a part opens on `line`. */
static bool part_opens(const Outline *o, uint32_t line, uint32_t end, Opening *opening)
{
    Str whole = line_text(o, line), text = str_trim(whole);
    Label label;
    bool heading = false;
    while (text.n && text.at[0] == '#') {
        text = str_trim(str_drop(text, 1));
        heading = true;
    }
    if (is_percent(o, line)) {
        *opening = (Opening){PART_ANSWER, true, 1, 0};
        return true;
    }
    if ((details_label(text, &label) || label_read(text, heading, &label)) && label.part != PART_QUESTION
        && (!label.reply || o->dialogue)) {
        bool ruled = !label.rest.n && is_ruled_label(o, line, end);
        bool strong = label.strong || label.reply || heading;
        *opening = (Opening){label.part, strong, label.rest.n ? 0 : 1u + ruled, 0};
        if (label.rest.n)
            opening->skip = (uint32_t)(label.rest.at - whole.at);
        return true;
    }
    *opening = (Opening){PART_ANSWER, true, 2, 0};
    return is_ruled_label(o, line, end);
}

/* The least indent of the lines that say something; what a lazy writer left out counts not. */
static uint32_t common_indent(const Outline *o, uint32_t from, uint32_t to)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t line = from; line <= to; line++) {
        if (o->states[line - 1] == LINE_BLANK || o->states[line - 1] == LINE_CODE)
            continue;
        uint32_t indent = line_indent(line_text(o, line));
        if (indent < least)
            least = indent;
    }
    return least == UINT32_MAX ? 0 : least;
}

/* Add `slice` without the lines at its ends that say nothing, if any are left. */
static void put_slice(Outline *o, Entry *e, Slice slice)
{
    uint32_t from = slice.from, to = slice.to;
    while (to >= from && !line_speaks(o->states[to - 1]))
        to--;
    while (from <= to && !slice.skip && !line_speaks(o->states[from - 1]))
        from++;
    if (from > to)
        return;
    if (to > e->end_line)
        e->end_line = to;
    slice.from = from;
    slice.to = to;
    slice.indent = common_indent(o, slice.skip ? from + 1 : from, to);
    *vec_push(&e->slices, &o->source->arena) = slice;
}

/* The bytes of `line`, after `skip` of them, that stand before an id; 0: it ends in none. */
static uint32_t bytes_before_id(const Outline *o, uint32_t line, uint32_t skip)
{
    Str text = str_drop(line_text(o, line), skip), rest = text;
    foreign_eat(&rest);
    bool cut = o->states[line - 1] == LINE_TEXT && rest.n < str_trim(text).n;
    return cut ? (uint32_t)(rest.at + rest.n - text.at) : 0;
}

/* The lines of one part, in slices that go around what is for other tools. */
static void add_slice(Outline *o, Entry *e, Part part, uint32_t from, uint32_t to, uint32_t skip)
{
    for (uint32_t line = from; line <= to; line++) {
        bool tool = o->states[line - 1] == LINE_TOOL || o->states[line - 1] == LINE_OFF;
        uint32_t keep = tool ? 0 : bytes_before_id(o, line, line == from ? skip : 0);
        if (!tool && !keep)
            continue;
        put_slice(o, e, (Slice){.part = part, .from = from, .to = line - tool, .skip = skip, .keep = keep});
        from = line + 1;
        skip = 0;
    }
    put_slice(o, e, (Slice){.part = part, .from = from, .to = to, .skip = skip});
}

/* An answer is labelled after all: what was taken for one before a hint goes on with the question. */
static void ask_before_hint(Entry *e, size_t first)
{
    for (size_t i = first; i < e->slices.n; i++)
        if (e->slices.at[i].part == PART_ANSWER)
            e->slices.at[i].part = PART_QUESTION;
}

/* Cut the lines `from` to `to`, without `skip` bytes, into parts at their labels. */
static void cut_parts(Outline *o, Entry *e, Part open, uint32_t from, uint32_t to, uint32_t skip)
{
    bool labelled = false, hinted = false;
    size_t first = e->slices.n;
    uint32_t start = from;
    for (uint32_t line = from; line <= to; line++) {
        Opening opening;
        if (o->states[line - 1] != LINE_TEXT || !part_opens(o, line, to, &opening)
            || (!opening.strong && !labelled))
            continue;
        if (!labelled && opening.part != PART_HINT)
            open = opening.part == PART_EXPLANATION ? PART_ANSWER : PART_QUESTION;
        if (line > start || skip)
            add_slice(o, e, open, start, line - 1, skip);
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
    add_slice(o, e, open, start, to, skip);
}

/* Whether a label opens the answer, or another part, in lines `from` to `to`. */
static bool is_labelled(const Outline *o, uint32_t from, uint32_t to)
{
    Opening opening;
    for (uint32_t line = from; line <= to; line++)
        if (o->states[line - 1] == LINE_TEXT && part_opens(o, line, to, &opening) && opening.strong)
            return true;
    return false;
}

/* Boxes are shown without their marks, and the checked ones are the answer. */
static void add_boxes(Outline *o, Entry *e, const Choices *c)
{
    bool checked;
    for (uint32_t line = c->from; line <= c->to; line++)
        add_slice(o, e, PART_CHOICES, line, line, choice_box(line_text(o, line), &checked));
    for (uint32_t line = c->from; line <= c->to; line++) {
        uint32_t skip = choice_box(line_text(o, line), &checked);
        if (checked)
            add_slice(o, e, PART_ANSWER, line, line, skip);
    }
}

/*
 * Take the options that stand before the answer, and the question's text above them, off
 * the lines `from` to `to`: the line after them.  Letters only count what the answer says
 * unless the question asks to choose, or a labelled answer follows.
 */
static uint32_t cut_choices(Outline *o, Entry *e, uint32_t from, uint32_t to)
{
    Choices c = {0};
    if (!choices_find(o->source, o->states, from, to, &c) || is_labelled(o, from, c.from - 1))
        return from;
    bool asked = choices_asked(e->title) || (c.boxes && wording_asks(&o->wording, e->title));
    if (!asked && (c.boxes || !is_labelled(o, c.to + 1, to)))
        return from;
    add_slice(o, e, PART_QUESTION, from, c.from - 1, 0);
    if (c.boxes)
        add_boxes(o, e, &c);
    else
        add_slice(o, e, PART_CHOICES, c.from, c.to, 0);
    return c.to + 1;
}

/* --- is there an answer? ------------------------------------------------------ */

static bool is_property(Str text)
{
    size_t at = str_find(text, STR(":: "));
    return at != STR_NONE && str_find_char(str_take(text, at), ' ') == STR_NONE;
}

/* `[^1]: …` or `[label]: address`: it defines something, and shows nothing itself. */
static bool is_definition(Str text)
{
    return text.n > 3 && text.at[0] == '[' && str_find(str_take(text, 1000), STR("]: ")) != STR_NONE;
}

static bool slice_answers(const Outline *o, const Slice *slice)
{
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = o->states[line - 1];
        Str text = str_drop(line_text(o, line), line == slice->from ? slice->skip : 0);
        text = str_trim(text);
        if (state == LINE_FENCE || state == LINE_RULE || !line_speaks(state) || !text.n)
            continue;
        if (!wording_todo(text) && !is_property(text) && !is_definition(text))
            return true;
    }
    return false;
}

static bool slice_speaks(const Outline *o, const Slice *slice)
{
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = o->states[line - 1];
        bool text = str_trim(line_text(o, line)).n > 0;
        if (state != LINE_FENCE && line_speaks(state) && text)
            return true;
    }
    return false;
}

static bool asks_about_code(Str title)
{
    static const char *const words[] = {"输出", "打印", "结果", "日志", "代码", "print", "output", "log"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_find(title, str_of(words[i])) != STR_NONE)
            return true;
    return false;
}

static bool is_only_code(const Outline *o, const Slice *slice)
{
    bool code = false;
    for (uint32_t line = slice->from; line <= slice->to; line++) {
        uint8_t state = o->states[line - 1];
        code = code || state == LINE_CODE;
        if (state == LINE_TEXT || state == LINE_TABLE)
            return false;
    }
    return code;
}

static void settle_answer(const Outline *o, const Mark *m, Entry *e)
{
    bool code_asked = e->slices.n == 1 && !mark_is_written(m) && asks_about_code(e->title) && is_only_code(o, &e->slices.at[0]);
    if (code_asked && e->slices.at[0].part == PART_ANSWER)
        e->slices.at[0].part = PART_QUESTION;
    e->answered = e->cloze != GAPS_NONE;
    for (size_t i = 0; i < e->slices.n; i++)
        if (part_answers[e->slices.at[i].part] && slice_answers(o, &e->slices.at[i]))
            e->answered = true;
    if (e->answered || e->kind != ENTRY_QUESTION)
        return;
    e->end_line = e->line;
    size_t kept = 0; /* an empty fence is not even shown */
    for (size_t i = 0; i < e->slices.n; i++)
        if (slice_speaks(o, &e->slices.at[i]))
            e->slices.at[kept++] = e->slices.at[i];
    e->slices.n = kept;
}

/* --- entries ------------------------------------------------------------------ */

/* `Q：…A：…` on one line: the answer begins inside the title. */
static void cut_title(const Outline *o, const Mark *m, Entry *e)
{
    static const char *const answers[] = {"A：", "A:", "答：", "答:", "答案："};
    if (m->class != MARK_LABEL)
        return;
    for (size_t i = 0; i < COUNT(answers); i++) {
        size_t at = str_find(e->title, str_of(answers[i]));
        if (at == STR_NONE || at == 0 || is_alnum(e->title.at[at - 1]))
            continue;
        Str rest = str_drop(e->title, at + str_of(answers[i]).n);
        uint32_t skip = (uint32_t)(rest.at - line_text(o, e->line).at);
        e->title = str_trim(str_take(e->title, at));
        *vec_push(&e->slices, &o->source->arena) =
            (Slice){.part = PART_ANSWER, .from = e->line, .to = e->line, .skip = skip};
        return;
    }
}

/* Entries that `m` closes are closed; what is left open holds it. */
static void find_parent(Outline *o, const Mark *m, Entry *e)
{
    while (o->depth && o->open[o->depth - 1].rank >= m->rank)
        o->depth--;
    /* only a heading, a nested number or a card with an end is part of a question */
    bool nests = m->level || m->class == MARK_NESTED || m->extent.end;
    while (o->depth && !nests
           && o->source->entries.at[o->open[o->depth - 1].entry - 1].kind == ENTRY_QUESTION)
        o->depth--;
    e->parent = o->depth ? o->open[o->depth - 1].entry : 0;
    e->depth = o->depth;
    if (o->depth == DEEPEST)
        o->depth--;
    o->open[o->depth].entry = (uint32_t)o->source->entries.n;
    o->open[o->depth++].rank = m->rank;
}

static Entry *entry_new(Outline *o, EntryKind kind, uint32_t line)
{
    Entry *e = vec_push(&o->source->entries, &o->source->kept);
    e->kind = kind;
    e->line = e->end_line = line;
    return e;
}

/* What other tools wrote right below an entry goes with it. */
static uint32_t skip_tools(const Outline *o, uint32_t last, uint32_t next)
{
    while (last + 1 < next && o->states[last] == LINE_TOOL)
        last++;
    return last;
}

static void add_ids(const Outline *o, const Mark *m, Entry *e, uint32_t next)
{
    Arena *kept = &o->source->kept;
    Str id = m->id.n ? m->id : ids_find(o->source, o->states, m->line, next);
    e->id = str_copy(kept, id);
    Str more = ids_tags(o->source, o->states, m->line, next, kept);
    Buf tags = {.arena = kept};
    buf_printf(&tags, "%.*s%s%.*s", STR_ARG(m->tags), m->tags.n && more.n ? " " : "", STR_ARG(more));
    e->tags = buf_str(&tags);
}

/* The parts where a dialect says where they stand. */
static void cut_extent(Outline *o, Entry *e, const Extent *x, uint32_t last)
{
    for (uint32_t i = 0; i < x->piece_count; i++)
        put_slice(o, e, x->pieces[i]);
    if (x->pieces)
        return;
    uint32_t from = x->question_to > e->line ? x->question_to + 1 : e->line + 1;
    add_slice(o, e, PART_QUESTION, e->line + 1, from - 1, 0);
    if (x->answer_from)
        from = x->answer_from;
    if (!x->answer_keep && !x->quoted) {
        cut_parts(o, e, PART_ANSWER, from, last, x->answer_skip);
        return;
    }
    put_slice(o, e, (Slice){.part = PART_ANSWER, .from = from, .to = x->answer_keep ? from : last,
                            .skip = x->answer_skip, .keep = x->answer_keep, .quoted = x->quoted});
}

/* Lines after the end of an entry that says where it ends. */
static void add_rest(Outline *o, uint32_t from, uint32_t next)
{
    while (from < next && !line_speaks(o->states[from - 1]))
        from++;
    if (from == next)
        return;
    Entry *e = entry_new(o, ENTRY_OTHER, from);
    e->rule = "text after a card";
    e->parent = o->depth > 1 ? o->open[o->depth - 2].entry : 0;
    e->depth = o->depth ? o->depth - 1 : 0;
    add_slice(o, e, PART_ANSWER, from, next - 1, 0);
}

static void add_entry(Outline *o, const Mark *m, uint32_t next)
{
    static const EntryKind kinds[] = {
        [ROLE_QUESTION] = ENTRY_QUESTION, [ROLE_SECTION] = ENTRY_SECTION, [ROLE_OTHER] = ENTRY_OTHER,
    };
    Entry *e = entry_new(o, kinds[m->role], m->line);
    e->rule = mark_name(m->class);
    o->dialogue = m->labelled;
    e->title = m->title;
    e->number = str_copy(&o->source->kept, m->number.text);
    e->reversed = m->reversed;
    e->cloze = m->cloze;
    find_parent(o, m, e);
    cut_title(o, m, e);
    uint32_t first = m->line + 1;
    if (m->line < next - 1 && o->states[m->line] == LINE_RULE
        && str_trim(line_text(o, m->line + 1)).at[0] == '=')
        first++; /* the underline of a setext heading */
    uint32_t last = m->extent.end ? skip_tools(o, m->extent.end, next) : next - 1;
    add_ids(o, m, e, last + 1);
    if (m->extent.question_to || m->extent.answer_from || m->extent.end)
        cut_extent(o, e, &m->extent, last);
    else
        cut_parts(o, e, PART_ANSWER, cut_choices(o, e, first, last), last, 0);
    settle_answer(o, m, e);
    e->title = str_copy(&o->source->kept, e->title);
    if (m->extent.end)
        add_rest(o, last + 1, next);
}

static void add_preface(Outline *o, uint32_t next)
{
    if (next == 1)
        return;
    Entry *e = entry_new(o, ENTRY_OTHER, 1);
    e->rule = "text before the first entry";
    add_slice(o, e, PART_ANSWER, 1, next - 1, 0);
}

static size_t count_openings(const MarkVec *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < marks->n; i++)
        n += (size_t)mark_opens(&marks->at[i]) + (marks->at[i].extent.end > 0);
    return n;
}

static size_t next_opening(const MarkVec *marks, size_t i)
{
    while (i < marks->n && !mark_opens(&marks->at[i]))
        i++;
    return i;
}

void outline(Source *s, const MarkVec *marks, const uint8_t *states)
{
    Outline o = {.source = s, .marks = marks, .states = states, .wording = wording_open()};
    uint32_t end = (uint32_t)s->line_count + 1;
    vec_reserve(&s->entries, &s->kept, count_openings(marks) + 1);
    size_t i = next_opening(marks, 0);
    add_preface(&o, i < marks->n ? marks->at[i].line : end);
    while (i < marks->n) {
        size_t next = next_opening(marks, i + 1);
        add_entry(&o, &marks->at[i], next < marks->n ? marks->at[next].line : end);
        i = next;
    }
}
